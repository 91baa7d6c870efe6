#ifndef ARCHIVE_INNER_H
#define ARCHIVE_INNER_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * inner: what a value holds in a coded form that no search over text finds:
 * base64 (nova's user_data), gzip, gzip in base64.  Only ever looked into and
 * reported, never rewritten.
 */

/* ${how}: "base64", "gzip", "base64 gzip" ... (static).  0 to go on; anything
 * else ends the walk and is its result. */
typedef int
inner_fn(void *cookie, const char *how, const char *bytes, size_t len);

/**
 * inner_walk(bytes, len, fn, cookie):
 * Call ${fn} with what ${bytes} decode to, when they are, as a whole, base64 of
 * text (line breaks, the alphabet for URLs and a missing padding are fine) or
 * gzip; what that holds is looked into in the same way once more.  Text is what
 * has no control bytes and is mostly ASCII: many a word could be base64.  A
 * gzip that is cut short, or whose end is damaged, counts as far as it goes.
 * At most LIMIT_INNER bytes of each layer are decoded.  Return 0, what ${fn}
 * returned, or -1 said (memory).  Untrusted input: yes.
 */
int inner_walk(
    const char *bytes, size_t len, inner_fn *fn, void *cookie) MUST_CHECK;

/* Quickly, most have none: where it is 0, inner_walk finds nothing in these
 * bytes ... */
int inner_may(const char *bytes, size_t len);

/* ... nor in what stands between two quotes in them as JSON has it, which has
 * no gzip. */
int inner_may_quoted(const char *bytes, size_t len);

/* Why a map leaves alone what was found so: "inside base64" (static). */
const char *inner_held(const char *how);

/* 1 when that reason is one of inner_held. */
int inner_is_held(const char *why);

#endif
