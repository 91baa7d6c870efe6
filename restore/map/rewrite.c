#include "restore/map/rewrite.h"

#include <string.h>

#include "archive/address/inner.h"
#include "restore/map/rewrite_match.h"

/* What the walk over an item has to remember from place to place. */
struct pass {
	const struct rewrite_options *opt;
	enum place_format format;
	const char *bytes;
	size_t done; /* bytes that are in ${out} already */
	struct buf *out, label;
	const struct place *place; /* the one at hand */
	rewrite_fn *fn;
	void *cookie;
	/* What the map matches in the bytes as they stand, wherever the places
	 * are, from left to right; NULL: no more. */
	struct matcher *raw;
	const struct match *spot;
};

/* The passwords of the URLs in a place, as they come. */
struct passwords {
	const char *bytes;
	size_t len, pos, off, ulen;
	int have;
};

/* Does [off, end) touch the next password?  Asked from left to right. */
static int
in_password(struct passwords *p, size_t off, size_t end)
{

	while (p->have && p->off + p->ulen <= off)
		p->have = place_userinfo(
		    p->bytes, p->len, &p->pos, &p->off, &p->ulen);
	return p->have && p->off < end;
}

static const char *
role_reason(enum place_role role)
{

	switch (role) {
	case PLACE_COMMENT:
		return HELD_COMMENT;
	case PLACE_SECRET:
		return HELD_SECRET;
	case PLACE_HOST:
		return HELD_HOST;
	case PLACE_TENANT:
		return HELD_TENANT;
	case PLACE_PLAIN:
	case PLACE_MACHINE:
	case PLACE_BRIDGE:
		break;
	}
	return NULL;
}

/* The role of a place that its format cannot tell. */
static enum place_role
role_of(const struct rewrite_options *opt, enum place_format format,
    const struct place *place)
{

	if (place->role == PLACE_PLAIN &&
	    (format == PLACE_VALUE || format == PLACE_JSON))
		return opt->role;
	return place->role;
}

/* Where the pool of "host@backend#pool" begins, which is no part of the host's
 * name ("ip:/export"); len: nowhere. */
static size_t
pool_of(const struct rewrite_options *opt, const struct place *place)
{
	const char *at = NULL;

	if (opt->hosts == CATALOG_POOL && place->len > 0)
		at = memchr(place->bytes, '#', place->len);
	return at == NULL ? place->len : (size_t)(at - place->bytes);
}

/* As rewrite_one, but append to ${out}: first what stands between ${from} and
 * the place, which follows it.  Nothing, when nothing is replaced. */
static int
put_place(const struct rewrite_options *opt, enum place_format format,
    const struct place *place, const char *from, struct buf *out,
    struct rewrite_place *r)
{
	enum place_role role = role_of(opt, format, place);
	struct passwords p = { place->bytes, place->len, 0, 0, 0, 1 };
	const char *hold, *reason, *at;
	const struct match *n;
	struct matcher m;
	size_t pool = pool_of(opt, place),
	       start = out->len + (size_t)(place->bytes - from);
	int released = -1;

	*r = (struct rewrite_place){ place->label, role, place->bytes,
		place->len, place->bytes, place->len, NULL, 0, 0 };
	hold = opt->hold_all != NULL ? opt->hold_all : role_reason(role);
	match_start(&m, opt->map, role, host_place(format, place, opt->hosts),
	    place->bytes, place->len, opt->count);
	while ((n = match_next(&m)) != NULL) {
		at = place->bytes + n->off;
		if (n->len == n->new_len && memcmp(at, n->new, n->len) == 0)
			continue;
		if (n->host)
			reason = opt->hold_all;
		else
			reason = hold != NULL && (n->off < pool ||
						     opt->hold_all != NULL)
				     ? hold
				     : n->held;
		if (reason == NULL && !n->host &&
		    in_password(&p, n->off, n->off + n->len))
			reason = HELD_PASSWORD;
		if (reason != NULL && released < 0)
			released = opt->released != NULL &&
				   opt->released(opt->cookie, place->label);
		if (reason != NULL && !released) {
			r->held = r->held != NULL ? r->held : reason;
			r->nheld++;
			continue;
		}
		if (buf_add(out, from, (size_t)(at - from)) ||
		    buf_add(out, n->new, n->new_len))
			return -1;
		from = at + n->len;
		r->matches++;
	}
	if (r->matches == 0)
		return 0;
	at = place->bytes + place->len;
	if (buf_add(out, from, (size_t)(at - from)))
		return -1;
	r->after = out->data + start;
	r->after_len = out->len - start;
	return 0;
}

int
rewrite_one(const struct rewrite_options *opt, enum place_format format,
    const struct place *place, struct buf *after, struct rewrite_place *r)
{

	buf_clear(after);
	return put_place(opt, format, place, place->bytes, after, r);
}

/* inner_fn: what the map would change in decoded bytes is held, always. */
static int
rewrite_inside(void *cookie, const char *how, const char *bytes, size_t len)
{
	struct pass *p = cookie;
	struct rewrite_place r = { .role =
				       role_of(p->opt, p->format, p->place) };
	const struct match *n;
	struct matcher m;

	match_start(&m, p->opt->map, PLACE_PLAIN, HOST_PLACE_NONE, bytes, len,
	    p->opt->count);
	while ((n = match_next(&m)) != NULL) {
		if (n->len == n->new_len &&
		    memcmp(bytes + n->off, n->new, n->len) == 0)
			continue;
		if (r.nheld++ > 0)
			continue;
		r.before = r.after = bytes + n->off;
		r.before_len = r.after_len = n->len;
	}
	if (r.nheld == 0)
		return 0;
	buf_clear(&p->label);
	if (buf_addf(&p->label, "%s%s(%s)", p->place->label,
		p->place->label[0] != '\0' ? " " : "", how))
		return -1;
	r.label = p->label.data;
	r.held = inner_held(how);
	return p->fn(p->cookie, &r);
}

static int
rewrite_place(void *cookie, const struct place *place)
{
	struct pass *p = cookie;
	struct rewrite_place r;
	int rc;

	p->place = place;
	if (p->fn != NULL &&
	    (rc = inner_walk(place->bytes, place->len, rewrite_inside, p)) != 0)
		return rc;
	if (put_place(p->opt, p->format, place, p->bytes + p->done, p->out, &r))
		return -1;
	if (r.matches == 0 && r.nheld == 0)
		return 0;
	if (r.matches > 0)
		p->done = place->off + place->len;
	return p->fn != NULL ? p->fn(p->cookie, &r) : 0;
}

/* Is a match in the bytes as they stand all that the map could do to a place?
 * What it says of whole places needs them to be made out; and addresses that
 * are kept are no match, but are counted. */
static int
is_raw(const struct addrmap *map, enum place_format format)
{

	return (format == PLACE_VALUE || format == PLACE_JSON) &&
	       !addrmap_has_hosts(map) && !addrmap_has_words(map) &&
	       !addrmap_has_keeps(map);
}

static void
find_spot(struct matcher *m, struct addrmap *map, const char *bytes, size_t len,
    const struct match **spot)
{

	match_start(m, map, PLACE_PLAIN, HOST_PLACE_NONE, bytes, len, 0);
	*spot = match_next(m);
}

int
rewrite_may(struct addrmap *map, enum place_format format, const char *bytes,
    size_t len)
{
	const struct match *spot;
	struct matcher m;

	if (!is_raw(map, format))
		return 1;
	find_spot(&m, map, bytes, len, &spot);
	return spot != NULL;
}

int
rewrite_may_tell(enum place_format format, const char *bytes, size_t len)
{

	return format == PLACE_JSON ? inner_may_quoted(bytes, len)
				    : inner_may(bytes, len);
}

/* place_glance: none of quotes and what is between two strings is part of a
 * match. */
static int
is_worth(void *cookie, size_t off, size_t len)
{
	struct pass *p = cookie;

	while (p->spot != NULL && p->spot->off + p->spot->len <= off)
		p->spot = match_next(p->raw);
	return (p->spot != NULL && p->spot->off < off + len) ||
	       (p->fn != NULL && inner_may(p->bytes + off, len));
}

int
rewrite(const struct rewrite_options *opt, enum place_format format,
    const char *bytes, size_t len, struct buf *out, rewrite_fn *fn,
    void *cookie)
{
	struct pass p = { .opt = opt,
		.format = format,
		.bytes = bytes,
		.out = out,
		.fn = fn,
		.cookie = cookie };
	place_glance *glance = NULL;
	struct matcher raw;
	int rc;

	if (is_raw(opt->map, format)) {
		p.raw = &raw;
		find_spot(&raw, opt->map, bytes, len, &p.spot);
		if (p.spot == NULL &&
		    (fn == NULL || !rewrite_may_tell(format, bytes, len)))
			return buf_add(out, bytes, len);
		glance = is_worth;
	}
	rc = place_walk_some(format, bytes, len, glance, rewrite_place, &p);
	if (rc == 0)
		rc = buf_add(out, bytes + p.done, len - p.done);
	buf_free(&p.label);
	return rc;
}
