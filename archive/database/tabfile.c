#include "archive/database/tabfile.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
	uint64_t row;
	struct buf text; /* the decoded values of a row, one behind the other */
	size_t *starts;  /* where each begins; SIZE_MAX: NULL */
	struct db_value *cells;
};

static int
encode_value(struct buf *out, const struct db_value *v)
{
	size_t i;
	char *to;

	if (v->data == NULL)
		return buf_adds(out, "\\N");
	if (v->len > SIZE_MAX / 2 ||
	    (to = buf_reserve(out, v->len * 2)) == NULL)
		return -1;
	for (i = 0; i < v->len; i++) {
		switch (v->data[i]) {
		case '\t':
		case '\n':
		case '\\':
			*to++ = '\\';
			*to++ = v->data[i];
			break;
		case '\0':
			*to++ = '\\';
			*to++ = '0';
			break;
		default:
			*to++ = v->data[i];
		}
	}
	out->len = (size_t)(to - out->data);
	*to = '\0';
	return 0;
}

int
tabfile_encode(struct buf *out, const struct db_value *cells, size_t ncells)
{
	size_t i;

	for (i = 0; i < ncells; i++)
		if ((i > 0 && buf_addc(out, '\t')) ||
		    encode_value(out, &cells[i]))
			return -1;
	return buf_addc(out, '\n');
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
	if ((t->starts = calloc(ncells + 1, sizeof(*t->starts))) == NULL ||
	    (t->cells = calloc(ncells + 1, sizeof(*t->cells))) == NULL)
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

/* The length of the row at pos, without its newline: 1, 0 at the end, -1. */
static int
find_row(struct tabfile *t, size_t *len)
{
	size_t i = 0;
	char c;

	for (;;) {
		for (; i < t->in.len - t->pos; i++) {
			c = t->in.data[t->pos + i];
			if (c == '\n') {
				*len = i;
				return 1;
			}
			if (c == '\\') {
				if (i + 1 == t->in.len - t->pos)
					break;
				i++;
			}
		}
		if (t->eof && t->in.len == t->pos)
			return 0;
		if (t->eof)
			return bad(t, "is not finished");
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

/* Decode one value that ends at a tab or at end; its length in the row. */
static int
decode_value(struct tabfile *t, const char *s, const char *end, size_t cell,
    const char **next)
{
	int c;

	t->starts[cell] = t->text.len;
	if (end - s >= 2 && s[0] == '\\' && s[1] == 'N' &&
	    (s + 2 == end || s[2] == '\t')) {
		t->starts[cell] = SIZE_MAX;
		*next = s + 2;
		return 0;
	}
	for (; s < end && *s != '\t'; s++) {
		c = (unsigned char)*s;
		if (c == '\\') {
			if (++s == end || (c = unescape(*s)) < 0)
				return bad(t, "has an escape that is none");
		}
		t->text.data[t->text.len++] = (char)c;
	}
	*next = s;
	return 0;
}

static int
decode_row(struct tabfile *t, const char *s, size_t len)
{
	const char *end = s + len;
	size_t i, stop;

	buf_clear(&t->text);
	if (buf_reserve(&t->text, len) == NULL)
		return -1;
	for (i = 0; i < t->ncells; i++) {
		if (decode_value(t, s, end, i, &s))
			return -1;
		if ((s == end) != (i + 1 == t->ncells))
			return bad(t, "has another number of columns");
		s++;
	}
	for (i = t->ncells, stop = t->text.len; i-- > 0;) {
		if (t->starts[i] == SIZE_MAX) {
			t->cells[i].data = NULL;
			t->cells[i].len = 0;
			continue;
		}
		t->cells[i].data = t->text.data + t->starts[i];
		t->cells[i].len = stop - t->starts[i];
		stop = t->starts[i];
	}
	return 0;
}

int
tabfile_next(struct tabfile *t, const struct db_value **cells)
{
	size_t len;
	int rc;

	if ((rc = find_row(t, &len)) != 1)
		return rc;
	if (decode_row(t, t->in.data + t->pos, len))
		return -1;
	t->pos += len + 1;
	t->row++;
	*cells = t->cells;
	return 1;
}

void
tabfile_close(struct tabfile *t)
{

	if (t == NULL)
		return;
	buf_free(&t->in);
	buf_free(&t->text);
	free(t->starts);
	free(t->cells);
	free(t);
}
