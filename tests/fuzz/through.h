#ifndef TESTS_FUZZ_THROUGH_H
#define TESTS_FUZZ_THROUGH_H

/**
 * through: bytes of one format through the map, with all that has to hold:
 * places come in order and lie in the bytes; what is between them stays; what
 * is in them becomes what the slow reference says; and there and back again
 * changes nothing more.
 */

#include "restore/map/rewrite.h"
#include "tests/fuzz/maps.h"

struct through {
	const struct rewrite_options *opt;
	enum place_format format;
	const char *bytes;
	size_t len;
	size_t done; /* of the bytes, in ${want} */
	struct buf want;
};

/* How much of a place is held, from its begin? */
static inline size_t
through_held(const struct through *t, const struct place *p)
{
	enum place_role role = p->role;
	const char *pool = NULL;

	if (role == PLACE_PLAIN &&
	    (t->format == PLACE_VALUE || t->format == PLACE_JSON))
		role = t->opt->role;
	if (role == PLACE_HOST && t->opt->hosts == CATALOG_POOL)
		pool = memchr(p->bytes, '#', p->len);
	if (t->opt->hold_all == NULL && pool != NULL)
		return (size_t)(pool - p->bytes);
	return t->opt->hold_all != NULL || role == PLACE_COMMENT ||
		       role == PLACE_SECRET || role == PLACE_HOST ||
		       role == PLACE_TENANT
		   ? p->len
		   : 0;
}

/* Logins of URLs: where novark sees them. */
static inline void
through_logins(const struct place *p)
{
	size_t pos = 0, off, len, last = 0;

	while (place_userinfo(p->bytes, p->len, &pos, &off, &len)) {
		MUST(off >= last && off + len < p->len && pos == off + len);
		MUST(p->bytes[pos] == '@');
		MUST(off > 0 && strchr("/,", p->bytes[off - 1]) != NULL);
		last = off + len;
	}
	MUST(pos == p->len);
}

/* Can the reference tell?  It ends at a NUL byte, and knows no spelling but the
 * plain one, and no login but of a URL as it should be. */
static inline int
through_known(const struct place *p)
{
	struct address_token t;
	size_t pos = 0;

	if (p->len == 0)
		return 1;
	while (address_next(p->bytes, p->len, &pos, &t))
		if (t.spelling == ADDRESS_PADDED ||
		    t.spelling == ADDRESS_DASHED)
			return 0;
	return memchr(p->bytes, '\0', p->len) == NULL &&
	       (memchr(p->bytes, '/', p->len) == NULL ||
		   memchr(p->bytes, '@', p->len) == NULL);
}

/* What novark makes of one place, where the reference cannot tell. */
static inline void
through_one(struct through *t, const struct place *p)
{
	struct rewrite_options opt = *t->opt;
	struct buf after = BUF_EMPTY;
	struct rewrite_place r;

	opt.map = maps_get()->there;
	MUST(rewrite_one(&opt, t->format, p, &after, &r) == 0);
	MUST(buf_add(&t->want, r.after, r.after_len) == 0);
	buf_free(&after);
}

/* place_fn */
static inline int
through_place(void *cookie, const struct place *p)
{
	struct through *t = cookie;
	struct buf value = BUF_EMPTY;
	size_t held = through_held(t, p);

	MUST(p->label != NULL && p->off >= t->done);
	MUST(p->off <= t->len && p->len <= t->len - p->off);
	MUST(p->bytes == t->bytes + p->off);
	MUST(buf_add(&t->want, t->bytes + t->done, p->off - t->done) == 0);
	t->done = p->off + p->len;
	through_logins(p);
	if (!through_known(p)) {
		through_one(t, p);
		return 0;
	}
	MUST(buf_add(&t->want, p->bytes, held) == 0);
	MUST(buf_add(&value, p->bytes + held, p->len - held) == 0);
	MUST(buf_adds(&value, "") == 0);
	slow_value(&maps_get()->slow, value.data, &t->want);
	buf_free(&value);
	return 0;
}

/* rewrite_fn: what is told of a place agrees with itself. */
static inline int
through_told(void *cookie, const struct rewrite_place *r)
{

	(void)cookie;
	MUST(r->label != NULL && r->matches + r->nheld > 0);
	MUST((r->nheld > 0) == (r->held != NULL));
	MUST((r->matches > 0) ==
	     (r->before_len != r->after_len ||
		 memcmp(r->before, r->after, r->after_len) != 0));
	return 0;
}

/* ${in} through ${map} into ${out}, which is empty: 0 or -1. */
static inline int
through_map(const struct through *t, struct addrmap *map, const char *bytes,
    size_t len, struct buf *out)
{
	struct rewrite_options opt = *t->opt;

	opt.map = map;
	buf_clear(out);
	MUST(buf_adds(out, "") == 0);
	return rewrite(&opt, t->format, bytes, len, out, through_told, NULL);
}

/* Does the format take the bytes?  Then they are in ${out} through the map. */
static inline int
through(const struct rewrite_options *opt, enum place_format format,
    const char *bytes, size_t len, struct buf *out)
{
	struct through t = { opt, format, bytes, len, 0, BUF_EMPTY };
	struct maps *maps = maps_get();
	struct buf back = BUF_EMPTY, once = BUF_EMPTY, twice = BUF_EMPTY;
	int fits = place_fits(format, bytes, len);

	MUST(fits >= 0);
	MUST(buf_adds(&t.want, "") == 0);
	MUST((place_walk(format, bytes, len, through_place, &t) == 0) == fits);
	MUST((through_map(&t, maps->there, bytes, len, out) == 0) == fits);
	if (fits) {
		MUST(buf_add(&t.want, bytes + t.done, len - t.done) == 0);
		MUST(fuzz_same(out, &t.want));
		MUST(place_fits(format, out->data, out->len) == 1);
		/* What is spelled as novark spells stays so. */
		MUST(through_map(&t, maps->back, out->data, out->len, &back) ==
		     0);
		MUST(through_map(&t, maps->there, back.data, back.len, &once) ==
		     0);
		MUST(through_map(&t, maps->back, once.data, once.len, &back) ==
		     0);
		MUST(through_map(
			 &t, maps->there, back.data, back.len, &twice) == 0);
		MUST(fuzz_same(&once, &twice));
	}
	buf_free(&t.want);
	buf_free(&back);
	buf_free(&once);
	buf_free(&twice);
	return fits;
}

#endif
