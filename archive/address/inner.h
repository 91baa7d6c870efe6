#ifndef ARCHIVE_INNER_H
#define ARCHIVE_INNER_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * inner: what a value holds in a coded form that no search over text finds:
 * base64 (nova's user_data), gzip, gzip in base64.  Only ever looked into and
 * reported, never rewritten.
 */

/* ${how}: "base64", "gzip", "base64 gzip" (static).  0 to go on; anything else
 * ends the walk and is its result. */
typedef int
inner_fn(void *cookie, const char *how, const char *bytes, size_t len);

/**
 * inner_walk(bytes, len, fn, cookie):
 * Call ${fn} with the decoded bytes of each layer when ${bytes}, as a whole,
 * are base64 (line breaks allowed) or gzip; otherwise do nothing.  What does
 * not decode to its end is no such thing.  At most LIMIT_INNER bytes of each
 * layer are decoded, two layers deep.  Return 0, what ${fn} returned, or -1
 * said (memory).  Untrusted input: yes.
 */
int inner_walk(
    const char *bytes, size_t len, inner_fn *fn, void *cookie) MUST_CHECK;

#endif
