#include "archive/database/tabfile.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "archive/database/tab_plain.h"
#include "archive/database/tabcheck.h"
#include "archive/limits.h"
#include "archive/warn.h"

#define READ_SIZE (64u << 10)

struct tabfile {
	const char *name;
	size_t ncells;
	tabfile_read *read;
	void *cookie;
	struct buf in; /* read, not decoded yet from pos on */
	size_t pos;
	int eof;
	size_t most; /* a row that is longer is not held */
	uint64_t row;
	struct buf text; /* values of a row that had escapes */
	struct db_value *cells;
};

/* One byte of a value, behind a backslash where it needs one. */
static char *
put_byte(char *to, char c)
{

	switch (c) {
	case '\t':
	case '\n':
	case '\\':
		*to++ = '\\';
		*to++ = c;
		break;
	case '\0':
		*to++ = '\\';
		*to++ = '0';
		break;
	default:
		*to++ = c;
	}
	return to;
}

#ifdef __SSE2__
/* Which of 16 bytes need a backslash, a bit for each. */
static unsigned
need_backslash(__m128i v)
{
	__m128i hit = _mm_cmpeq_epi8(v, _mm_setzero_si128());

	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\t')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\n')));
	hit = _mm_or_si128(hit, _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
	return (unsigned)_mm_movemask_epi8(hit);
}

/* As many bytes as can be taken 16 at a time. */
static char *
put_blocks(char *to, const char **from, const char *end)
{
	const char *s = *from;
	unsigned hit, n;
	__m128i v;

	while (end - s >= 16) {
		v = _mm_loadu_si128((const __m128i *)(const void *)s);
		_mm_storeu_si128((__m128i *)(void *)to, v);
		if ((hit = need_backslash(v)) == 0) {
			s += 16;
			to += 16;
			continue;
		}
		n = (unsigned)__builtin_ctz(hit);
		s += n;
		to = put_byte(to + n, *s++);
	}
	*from = s;
	return to;
}
#endif

/* There is room for twice its bytes. */
static char *
put_value(char *to, const struct db_value *v)
{
	const char *s = v->data, *end = s + v->len;

#ifdef __SSE2__
	to = put_blocks(to, &s, end);
#endif
	while (s < end)
		to = put_byte(to, *s++);
	return to;
}

int
tabfile_encode(struct buf *out, const struct db_value *cells, size_t ncells)
{
	size_t i, need = 1;
	char *to;

	/* Twice its bytes, or \N, and what stands behind it. */
	for (i = 0; i < ncells; i++) {
		if (cells[i].len > (SIZE_MAX - need) / 4)
			return -1;
		need += cells[i].len * 2 + 3;
	}
	if ((to = buf_reserve(out, need)) == NULL)
		return -1;
	for (i = 0; i < ncells; i++) {
		if (i > 0)
			*to++ = '\t';
		if (cells[i].data != NULL) {
			to = put_value(to, &cells[i]);
			continue;
		}
		*to++ = '\\';
		*to++ = 'N';
	}
	*to++ = '\n';
	*to = '\0';
	out->len = (size_t)(to - out->data);
	return 0;
}

struct tabfile *
tabfile_open(const char *name, size_t ncells, tabfile_read *read, void *cookie)
{
	struct tabfile *t;

	if ((t = calloc(1, sizeof(*t))) == NULL)
		goto err0;
	t->name = name;
	t->ncells = ncells;
	t->read = read;
	t->cookie = cookie;
	t->most = LIMIT_ITEM;
	if ((t->cells = calloc(ncells + 1, sizeof(*t->cells))) == NULL)
		goto err1;
	return t;

err1:
	tabfile_close(t);
err0:
	warn_msg("out of memory");
	return NULL;
}

static int
bad(const struct tabfile *t, const char *why)
{

	warn_msg(
	    "%s: row %llu %s", t->name, (unsigned long long)t->row + 1, why);
	return -1;
}

/* More bytes behind those not decoded yet: 0 or -1. */
static int
fill(struct tabfile *t)
{
	ssize_t n;
	char *to;

	if (t->pos > 0) {
		memmove(t->in.data, t->in.data + t->pos, t->in.len - t->pos);
		t->in.len -= t->pos;
		t->pos = 0;
	}
	if (t->in.len > LIMIT_ITEM)
		return bad(t, "is too long");
	if ((to = buf_reserve(&t->in, READ_SIZE)) == NULL ||
	    (n = t->read(t->cookie, to, READ_SIZE)) < 0)
		return -1;
	t->in.len += (size_t)n;
	t->eof = n == 0;
	return 0;
}

/* The length of the row at pos, without its newline: 1, 0 at the end, -1; 2: it
 * is longer than it may be held. */
static int
find_row(struct tabfile *t, size_t *len)
{
	size_t i = 0, left;
	const char *row;

	for (;;) {
		left = t->in.len - t->pos;
		row = left > 0 ? t->in.data + t->pos : NULL;
		while (i < left && (i += tab_plain(row + i, left - i)) < left) {
			if (row[i] == '\n') {
				*len = i;
				return 1;
			}
			/* What a backslash is in front of does not count. */
			if (row[i] == '\\' && ++i == left) {
				i--;
				break;
			}
			i++;
		}
		if (t->eof && left == 0)
			return 0;
		if (t->eof)
			return bad(t, "is not finished");
		if (left > t->most && t->most < LIMIT_ITEM)
			return 2;
		if (fill(t))
			return -1;
	}
}

/* One escape: the byte it stands for, or -1. */
static int
unescape(char c)
{

	if (c == '\\' || c == '\t' || c == '\n')
		return c;
	return c == '0' ? 0 : -1;
}

/* The value at ${s} with its escapes undone, into ${t->text}; ${*end} is where
 * it ends, at a tab or newline, or NULL: not in these bytes.  0 or -1. */
static int
decode_value(struct tabfile *t, const char *s, const char *over,
    struct db_value *v, const char **end)
{
	size_t n, start = t->text.len;
	int c;

	*end = NULL;
	for (;;) {
		n = tab_plain(s, (size_t)(over - s));
		memcpy(t->text.data + t->text.len, s, n);
		t->text.len += n;
		s += n;
		if (s == over)
			return 0;
		if (*s != '\\')
			break;
		if (++s == over)
			return 0;
		if ((c = unescape(*s++)) < 0)
			return bad(t, "has an escape that is none");
		t->text.data[t->text.len++] = (char)c;
	}
	v->data = t->text.data + start;
	v->len = t->text.len - start;
	*end = s;
	return 0;
}

/* The value at ${s}: as decode_value, but most are only pointed at. */
static int
take_value(struct tabfile *t, const char *s, const char *over,
    struct db_value *v, const char **end)
{
	size_t n = tab_plain(s, (size_t)(over - s));

	*end = NULL;
	if (s + n < over && s[n] == '\\') {
		if (n == 0 && over - s == 2 && s[1] == 'N')
			return 0;
		if (n > 0 || over - s < 3 || s[1] != 'N' ||
		    (s[2] != '\t' && s[2] != '\n'))
			return decode_value(t, s, over, v, end);
		*v = (struct db_value){ NULL, 0 };
		*end = s + 2;
		return 0;
	}
	*v = (struct db_value){ s, n };
	*end = s + n < over ? s + n : NULL;
	return 0;
}

/* Decode the row at pos: 1 and its length with the newline, 0 when it does not
 * end in what was read so far, -1. */
static int
decode_row(struct tabfile *t, size_t *len)
{
	size_t left = t->in.len - t->pos, i;
	const char *row, *s, *end;

	buf_clear(&t->text);
	if (left == 0)
		return 0;
	if (t->ncells == 0)
		return bad(t, "has another number of columns");
	/* No value is longer than what is stored of it. */
	if (buf_reserve(&t->text, left) == NULL)
		return -1;
	row = s = t->in.data + t->pos;
	for (i = 0; i < t->ncells; i++, s = end + 1) {
		if (take_value(t, s, row + left, &t->cells[i], &end) == -1)
			return -1;
		if (end == NULL)
			return 0;
		if ((*end == '\n') != (i + 1 == t->ncells))
			return bad(t, "has another number of columns");
	}
	*len = (size_t)(s - row);
	return 1;
}

void
tabfile_limit(struct tabfile *t, size_t most)
{

	t->most = most;
}

int
tabfile_next(struct tabfile *t, const struct db_value **cells)
{
	size_t len;
	int rc;

	if ((rc = decode_row(t, &len)) == 0) {
		if ((rc = find_row(t, &len)) == 1)
			rc = decode_row(t, &len);
	}
	if (rc != 1)
		return rc;
	t->pos += len;
	t->row++;
	*cells = t->cells;
	return 1;
}

/* Behind the last row that ends in the ${len} bytes, of which the first ${from}
 * end none; or 0.  A newline with a backslash in front ends no row, unless that
 * one has one in front. */
static size_t
rows_end(const char *bytes, size_t from, size_t len)
{
	const char *nl;
	size_t i;

	while (len > from &&
	       (nl = memrchr(bytes + from, '\n', len - from)) != NULL) {
		len = (size_t)(nl - bytes);
		for (i = len; i > 0 && bytes[i - 1] == '\\';)
			i--;
		if ((len - i) % 2 == 0)
			return len + 1;
	}
	return 0;
}

/* Pass the next ${len} bytes, whole rows: 0 or -1. */
static int
pass(struct tabfile *t, size_t len)
{
	struct tabcheck check = { .ncells = t->ncells };
	int rc;

	if (len == 0)
		return 0;
	rc = tabcheck_add(&check, t->in.data + t->pos, len);
	t->row += check.rows;
	t->pos += len;
	return rc == -1 ? bad(t, check.why) : 0;
}

int
tabfile_pass(struct tabfile *t, tabfile_glance *glance, void *cookie)
{
	size_t len, at, left, begun = 0;
	const char *bytes;

	for (;;) {
		left = t->in.len - t->pos;
		bytes = left > 0 ? t->in.data + t->pos : "";
		len = rows_end(bytes, begun, left);
		at = len > 0 ? glance(cookie, bytes, len) : 0;
		if (pass(t, at < len ? rows_end(bytes, 0, at) : len) == -1)
			return -1;
		if (at < len || t->eof)
			return 0;
		begun = left - len;
		if (fill(t) == -1)
			return -1;
	}
}

uint64_t
tabfile_row(const struct tabfile *t)
{

	return t->row;
}

void
tabfile_close(struct tabfile *t)
{

	if (t == NULL)
		return;
	buf_free(&t->in);
	buf_free(&t->text);
	free(t->cells);
	free(t);
}
