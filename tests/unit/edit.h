#ifndef TESTS_EDIT_H
#define TESTS_EDIT_H

/* Include behind cmocka.h: change a text in one place. */

#include <string.h>

#include "archive/buf.h"

/* The first ${from} becomes ${to}; it has to be there. */
static inline void
edit(struct buf *b, const char *from, const char *to)
{
	char *at = memmem(b->data, b->len, from, strlen(from));
	struct buf rest = BUF_EMPTY;
	size_t off;

	if (at == NULL)
		fail_msg("not there: %s", from);
	off = (size_t)(at - b->data);
	assert_int_equal(
	    buf_add(&rest, at + strlen(from), b->len - off - strlen(from)), 0);
	b->len = off;
	assert_int_equal(buf_adds(b, to), 0);
	assert_int_equal(buf_add(b, rest.data, rest.len), 0);
	buf_free(&rest);
}

/* ${good} with that one change, in ${bad}. */
static inline void
edit_copy(
    const struct buf *good, const char *from, const char *to, struct buf *bad)
{

	buf_clear(bad);
	assert_int_equal(buf_add(bad, good->data, good->len), 0);
	edit(bad, from, to);
}

#endif
