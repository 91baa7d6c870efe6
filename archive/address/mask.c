#include "archive/address/mask.h"

#include <string.h>

#include "archive/address/place_walk.h"

/* [off, off + len) of a text that must not be shown. */
struct span {
	size_t off, len;
};

/* The password of the next URL at or behind *pos. */
static int
next_password(const char *b, size_t len, size_t *pos, struct span *s)
{
	const char *colon;
	size_t off, ulen;

	while (place_userinfo(b, len, pos, &off, &ulen)) {
		if ((colon = memchr(b + off, ':', ulen)) == NULL)
			continue;
		s->off = (size_t)(colon - b) + 1;
		s->len = off + ulen - s->off;
		return 1;
	}
	return 0;
}

/* The next secret by its name; names do not reach over a line's end. */
static int
next_named(const char *b, size_t len, size_t *pos, size_t *line, struct span *s)
{
	const char *nl;
	size_t e, at;

	while (*line < len) {
		nl = memchr(b + *line, '\n', len - *line);
		e = nl != NULL ? (size_t)(nl - b) : len;
		at = *pos > *line ? *pos - *line : 0;
		if (place_text_secret(
			b + *line, e - *line, &at, &s->off, &s->len)) {
			s->off += *line;
			*pos = s->off + s->len;
			return 1;
		}
		*pos = *line = e + 1;
	}
	return 0;
}

/* Text with everything in it masked that says it is a secret. */
static int
mask_text(const char *b, size_t len, struct buf *out)
{
	struct span url = { 0, 0 }, named = { 0, 0 }, *s;
	size_t done = 0, upos = 0, npos = 0, line = 0;
	int have_url, have_named;

	have_url = next_password(b, len, &upos, &url);
	have_named = next_named(b, len, &npos, &line, &named);
	while (have_url || have_named) {
		s = !have_named || (have_url && url.off < named.off) ? &url
								     : &named;
		if (s->off >= done) {
			if (buf_add(out, b + done, s->off - done) ||
			    buf_adds(out, MASK_TEXT))
				return -1;
			done = s->off + s->len;
		} else if (s->off + s->len > done) {
			done = s->off + s->len;
		}
		if (s == &url)
			have_url = next_password(b, len, &upos, &url);
		else
			have_named = next_named(b, len, &npos, &line, &named);
	}
	return buf_add(out, b + done, len - done);
}

int
mask_value(enum place_role role, const char *bytes, size_t len, struct buf *out)
{

	if (role == PLACE_SECRET)
		return len > 0 ? buf_adds(out, MASK_TEXT) : 0;
	return mask_text(bytes, len, out);
}

/* What mask_item has to remember from place to place. */
struct pass {
	const char *bytes;
	size_t done;
	struct buf *out;
};

static int
mask_place(void *cookie, const struct place *p)
{
	struct pass *m = cookie;

	if (buf_add(m->out, m->bytes + m->done, p->off - m->done) ||
	    mask_value(p->role, p->bytes, p->len, m->out))
		return -1;
	m->done = p->off + p->len;
	return 0;
}

int
mask_item(
    enum place_format format, const char *bytes, size_t len, struct buf *out)
{
	struct pass m = { bytes, 0, out };

	if (place_walk_any(format, bytes, len, mask_place, &m))
		return -1;
	return buf_add(out, bytes + m.done, len - m.done);
}
