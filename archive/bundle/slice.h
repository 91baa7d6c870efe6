#ifndef ARCHIVE_SLICE_H
#define ARCHIVE_SLICE_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * slice: walk the elements of one JSON object or array without building a tree,
 * so that a large document is parsed element by element.  What is inside an
 * element is not checked here beyond strings and brackets: whoever takes it
 * parses it.  Untrusted input: yes.  Allocates: nothing.
 *
 *     slice_start(&s, '{', bytes, len);
 *     while ((rc = slice_next(&s)) == 1) ... s.key, s.value ...
 */
struct slice {
	const char *key; /* between the quotes; NULL in an array */
	size_t keylen;   /* a key with an escape is refused */
	const char *value;
	size_t len;
	const char *pos, *end;
	char close;
	int state;
};

/* ${open} is '{' or '['. */
void slice_start(struct slice *s, char open, const char *bytes, size_t len);

/* 1 with the next element, 0 when object or array and the bytes are at their
 * end, -1 (silent) when it is no such thing or nests deeper than
 * LIMIT_JSON_DEPTH. */
int slice_next(struct slice *s) MUST_CHECK;

#endif
