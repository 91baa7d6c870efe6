#include "archive/database/tabcheck.h"

#include <string.h>

#include "archive/database/tab_plain.h"
#include "archive/limits.h"

/* Where in a value the next byte stands. */
enum { START, INSIDE, ESCAPE_AT_START, ESCAPE, NULL_VALUE };

static int
bad(struct tabcheck *t, const char *why)
{

	t->why = why;
	return -1;
}

/* A tab, or with ${last} the newline. */
static int
end_cell(struct tabcheck *t, int last)
{

	t->cells++;
	t->state = START;
	if (last ? t->cells != t->ncells : t->cells >= t->ncells)
		return bad(t, "has another number of columns");
	if (last) {
		t->rows++;
		t->cells = 0;
		t->bytes = 0;
	}
	return 0;
}

static int
one(struct tabcheck *t, char c)
{

	if (++t->bytes > LIMIT_ITEM)
		return bad(t, "is too long");
	if (t->state == ESCAPE_AT_START && c == 'N') {
		t->state = NULL_VALUE;
		return 0;
	}
	if (t->state == ESCAPE || t->state == ESCAPE_AT_START) {
		if (memchr("\\\t\n0", c, 4) == NULL)
			return bad(t, "has an escape that is none");
		t->state = INSIDE;
		return 0;
	}
	if (c == '\t' || c == '\n')
		return end_cell(t, c == '\n');
	if (t->state == NULL_VALUE)
		return bad(t, "has an escape that is none");
	t->state = c != '\\'           ? INSIDE
		   : t->state == START ? ESCAPE_AT_START
				       : ESCAPE;
	return 0;
}

/* Bytes of a value that are only themselves. */
static int
some(struct tabcheck *t, size_t n)
{

	t->bytes += n;
	if (t->bytes > LIMIT_ITEM)
		return bad(t, "is too long");
	t->state = INSIDE;
	return 0;
}

int
tabcheck_add(struct tabcheck *t, const char *bytes, size_t len)
{
	size_t i = 0, n;

	if (t->why != NULL)
		return -1;
	while (i < len) {
		if (t->state == START || t->state == INSIDE) {
			n = tab_plain(bytes + i, len - i);
			if (n > 0 && some(t, n) == -1)
				return -1;
			if ((i += n) == len)
				break;
		}
		if (one(t, bytes[i++]) == -1)
			return -1;
	}
	return 0;
}

int
tabcheck_end(struct tabcheck *t)
{

	if (t->why != NULL)
		return -1;
	return t->bytes > 0 ? bad(t, "is not finished") : 0;
}
