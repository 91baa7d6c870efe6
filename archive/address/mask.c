#include "archive/address/mask.h"

#include <string.h>

#include "archive/address/place_walk.h"
#include "archive/address/secret.h"

/* [off, off + len) of a text that must not be shown. */
struct span {
	size_t off, len;
};

/* A text that is looked through, and how far each kind of secret is. */
struct text {
	const char *b;
	size_t len;
	int bare; /* what is coded is not looked into */
	size_t url, named, named_line, word, word_line, key, coded;
};

/* The next secret of one kind: 1, 0, or -1 (memory). */
typedef int next_fn(struct text *t, struct span *s);

/* The password of the next URL. */
static int
next_password(struct text *t, struct span *s)
{
	const char *colon;
	size_t off, len;

	while (place_userinfo(t->b, t->len, &t->url, &off, &len)) {
		if ((colon = memchr(t->b + off, ':', len)) == NULL)
			continue;
		s->off = (size_t)(colon - t->b) + 1;
		s->len = off + len - s->off;
		return 1;
	}
	return 0;
}

/* What is found in one line; names do not reach over its end. */
typedef int
line_fn(const char *bytes, size_t len, size_t *pos, size_t *off, size_t *vlen);

static int
next_in_line(
    struct text *t, line_fn *fn, size_t *pos, size_t *line, struct span *s)
{
	const char *nl;
	size_t e, at;

	while (*line < t->len) {
		nl = memchr(t->b + *line, '\n', t->len - *line);
		e = nl != NULL ? (size_t)(nl - t->b) : t->len;
		at = *pos > *line ? *pos - *line : 0;
		if (fn(t->b + *line, e - *line, &at, &s->off, &s->len)) {
			s->off += *line;
			*pos = s->off + s->len;
			return 1;
		}
		*pos = *line = e + 1;
	}
	return 0;
}

static int
next_named(struct text *t, struct span *s)
{

	return next_in_line(t, place_text_secret, &t->named, &t->named_line, s);
}

static int
next_word(struct text *t, struct span *s)
{

	return next_in_line(t, secret_line, &t->word, &t->word_line, s);
}

static int
next_key(struct text *t, struct span *s)
{

	return secret_key(t->b, t->len, &t->key, &s->off, &s->len);
}

static int has_secret(const char *bytes, size_t len);

static int
next_coded(struct text *t, struct span *s)
{

	return t->bare ? 0
		       : secret_coded(t->b, t->len, has_secret, &t->coded,
			     &s->off, &s->len);
}

/* What a text has to have, one of each, for a secret of a kind to be in it. */
#define BLANK 0x01u /* or a line's end */
#define PART  0x02u /* = : , */
#define AT    0x04u
#define COLON 0x08u
#define HASH  0x10u /* $ { */
#define DASH  0x20u
#define CODE  0x40u /* so many of what codes are written in */
#define CODES 16

static const struct {
	next_fn *next;
	unsigned one, other;
} kinds[] = {
	{ next_password, AT, COLON },
	{ next_named, PART | BLANK, PART | BLANK },
	{ next_word, BLANK | HASH | DASH, BLANK | HASH | DASH },
	{ next_key, DASH, BLANK },
	{ next_coded, CODE, CODE },
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))
/* From here on: what may reach over lines and places. */
#define MASK_KEYS  3
#define MASK_CODED 4

/* What a byte is: the above, and CODE for one that may stand in a code. */
static unsigned
class_of(unsigned char c)
{
	static const unsigned char classes[128] = { ['\t'] = BLANK,
		['\n'] = BLANK,
		['\v'] = BLANK,
		['\f'] = BLANK,
		['\r'] = BLANK,
		[' '] = BLANK,
		['='] = PART | CODE,
		[':'] = PART | COLON,
		[','] = PART,
		['@'] = AT,
		['$'] = HASH,
		['{'] = HASH,
		['-'] = DASH | CODE,
		['+'] = CODE,
		['/'] = CODE,
		['_'] = CODE,
		['%'] = CODE,
		['.'] = CODE,
		['~'] = CODE };

	if ((c | 0x20u) - 'a' < 26 || c - (unsigned)'0' < 10)
		return CODE;
	return c < 128 ? classes[c] : 0;
}

/* All that a text has. */
static unsigned
look_over(const char *b, size_t len)
{
	unsigned all = 0, is;
	size_t i, run = 0;

	for (i = 0; i < len; i++) {
		is = class_of((unsigned char)b[i]);
		run = is & CODE ? run + 1 : 0;
		all |= run < CODES ? is & ~CODE : is;
	}
	return all;
}

/* Can a secret of that kind be in a text that has these? */
static int
may_have(size_t kind, unsigned has)
{

	return (has & kinds[kind].one) != 0 && (has & kinds[kind].other) != 0;
}

/* secret_has_fn: nothing coded inside what was coded. */
static int
has_secret(const char *bytes, size_t len)
{
	struct text t = { .b = bytes, .len = len, .bare = 1 };
	unsigned has = look_over(bytes, len);
	struct span s = { 0, 0 };
	size_t i;

	for (i = 0; i < KINDS; i++)
		if (may_have(i, has) && kinds[i].next(&t, &s) == 1)
			return 1;
	return 0;
}

/* Text with everything in it masked that says it is a secret, by the kinds from
 * ${first} to ${end}. */
static int
mask_text(const char *b, size_t len, size_t first, size_t end, struct buf *out)
{
	struct text t = { .b = b, .len = len };
	struct span spans[KINDS] = { { 0, 0 } }, *s;
	int have[KINDS] = { 0 };
	unsigned has = look_over(b, len);
	size_t done = 0, i, at;

	for (i = first; i < end; i++)
		if (may_have(i, has) &&
		    (have[i] = kinds[i].next(&t, &spans[i])) == -1)
			return -1;
	for (;;) {
		for (at = KINDS, i = first; i < end; i++)
			if (have[i] &&
			    (at == KINDS || spans[i].off < spans[at].off))
				at = i;
		if (at == KINDS)
			break;
		s = &spans[at];
		if (s->off >= done && s->len > 0 &&
		    (buf_add(out, b + done, s->off - done) ||
			buf_adds(out, MASK_TEXT)))
			return -1;
		if (s->off + s->len > done)
			done = s->off + s->len;
		if ((have[at] = kinds[at].next(&t, s)) == -1)
			return -1;
	}
	return buf_add(out, b + done, len - done);
}

static int
mask_role(enum place_role role, const char *bytes, size_t len, size_t end,
    struct buf *out)
{

	if (role == PLACE_SECRET)
		return len > 0 ? buf_adds(out, MASK_TEXT) : 0;
	return mask_text(bytes, len, 0, end, out);
}

int
mask_value(enum place_role role, const char *bytes, size_t len, struct buf *out)
{

	return mask_role(role, bytes, len, KINDS, out);
}

/* What mask_item has to remember from place to place. */
struct pass {
	const char *bytes;
	size_t done;
	struct buf *out;
	size_t end; /* kinds that are looked for in each place */
};

static int
mask_place(void *cookie, const struct place *p)
{
	struct pass *m = cookie;

	if (buf_add(m->out, m->bytes + m->done, p->off - m->done) ||
	    mask_role(p->role, p->bytes, p->len, m->end, m->out))
		return -1;
	m->done = p->off + p->len;
	return 0;
}

int
mask_item(
    enum place_format format, const char *bytes, size_t len, struct buf *out)
{
	struct buf text = BUF_EMPTY;
	struct pass m = { NULL, 0, out, KINDS };
	int rc = -1;

	if (format == PLACE_OPAQUE)
		return buf_add(out, bytes, len);
	/* First what reaches over several places. */
	if (mask_text(bytes, len, MASK_KEYS, KINDS, &text))
		goto done;
	/* A code ends at a quote: in JSON none reaches over its place. */
	if (format == PLACE_JSON)
		m.end = MASK_CODED;
	m.bytes = text.len > 0 ? text.data : "";
	if (place_walk_any(format, m.bytes, text.len, mask_place, &m) ||
	    buf_add(out, m.bytes + m.done, text.len - m.done))
		goto done;
	rc = 0;
done:
	buf_wipe(&text);
	return rc;
}

/* What mask_none has seen. */
struct none {
	size_t len;
	struct buf masked;
	struct buf open; /* struct span: places in which nothing is hidden */
	size_t at;       /* of these, the first that may come again */
	int first;       /* they are noted */
};

static int
is_same(const struct buf *masked, const char *bytes, size_t len)
{

	return masked->len == len &&
	       (len == 0 || memcmp(masked->data, bytes, len) == 0);
}

/* Was the very same place seen in the first format?  Both come in the order of
 * the bytes. */
static int
was_open(struct none *m, const struct place *p)
{
	struct span s;

	for (; m->open.len - m->at >= sizeof(s); m->at += sizeof(s)) {
		memcpy(&s, m->open.data + m->at, sizeof(s));
		if (s.off >= p->off)
			return s.off == p->off && s.len == p->len;
	}
	return 0;
}

/* place_fn: 1 when something is hidden in it. */
static int
look_place(void *cookie, const struct place *p)
{
	struct span s = { p->off, p->len };
	struct none *m = cookie;
	int rc;

	if (p->role != PLACE_SECRET && !m->first && was_open(m, p))
		return 0;
	buf_clear(&m->masked);
	/* All of it was looked through for what reaches over places. */
	if (p->role != PLACE_SECRET && p->len == m->len)
		rc = mask_text(p->bytes, p->len, 0, MASK_KEYS, &m->masked);
	else
		rc = mask_value(p->role, p->bytes, p->len, &m->masked);
	if (rc != 0)
		return -1;
	if (!is_same(&m->masked, p->bytes, p->len))
		return 1;
	return m->first && p->role != PLACE_SECRET
		   ? buf_add(&m->open, &s, sizeof(s))
		   : 0;
}

int
mask_none(
    const enum place_format *formats, size_t n, const char *bytes, size_t len)
{
	struct none m = { len, BUF_EMPTY, BUF_EMPTY, 0, 1 };
	size_t i;
	int rc;

	rc = mask_text(bytes, len, MASK_KEYS, KINDS, &m.masked);
	if (rc == 0)
		rc = !is_same(&m.masked, bytes, len);
	for (i = 0; i < n && rc == 0; i++, m.first = 0, m.at = 0)
		rc = place_walk_any(formats[i], bytes, len, look_place, &m);
	buf_wipe(&m.masked);
	buf_free(&m.open);
	return rc == -1 ? -1 : rc == 0;
}
