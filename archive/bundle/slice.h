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
 *     while ((rc = slice_next(&s)) == 1) ... s.key, s.value, s.len ...
 *
 * A large value is walked only once where the walk goes into it:
 *
 *     while ((rc = slice_peek(&s)) == 1)
 *             one of slice_whole; slice_took; slice_into, the walk of the
 *             other until that gives 0, and slice_out
 */
struct slice {
	const char *key; /* between the quotes; NULL in an array */
	size_t keylen;   /* a key with an escape is refused */
	const char *value;
	size_t len;
	const char *pos, *end;
	char close;
	int state;
	int inner;    /* of slice_into: more follows its end */
	size_t depth; /* that it stands in */
};

/* ${open} is '{' or '['. */
void slice_start(struct slice *s, char open, const char *bytes, size_t len);

/* 1 with the next element, 0 when object or array and the bytes are at their
 * end, -1 (silent) when it is no such thing or nests deeper than
 * LIMIT_JSON_DEPTH. */
int slice_next(struct slice *s) MUST_CHECK;

/* As slice_next, but the element is one only once its value was walked: it
 * begins at ${value}, and ends before ${end}. */
int slice_peek(struct slice *s) MUST_CHECK;

/* Walk the value: 0 with its length, or -1 (silent). */
int slice_whole(struct slice *s) MUST_CHECK;

/* The caller has seen that the value is so long, and what it is. */
void slice_took(struct slice *s, size_t len);

/* Begin with the elements of the value: ${in}, which is no deeper than the
 * whole may be... */
void slice_into(struct slice *s, char open, struct slice *in);
/* ... and go on behind it: slice_next has given 0 for ${in}. */
void slice_out(struct slice *s, const struct slice *in);

#endif
