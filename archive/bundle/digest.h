#ifndef ARCHIVE_DIGEST_H
#define ARCHIVE_DIGEST_H

#include <stddef.h>

#include "archive/outcome.h"

/* SHA-256, in pieces: digest_new, digest_add ..., digest_hex (which ends it).
 */
struct digest;

struct digest *digest_new(void) MUST_CHECK;
int digest_add(struct digest *d, const void *bytes, size_t len) MUST_CHECK;
/* What is added from here to digest_hex is digested in a thread of its own
 * (lane.h), which has ended then: for many bytes.  0, or -1 when memory ends
 * (said). */
int digest_aside(struct digest *d) MUST_CHECK;
/* Lower-case hex and NUL into ${hex}; ${d} starts again from nothing. */
int digest_hex(struct digest *d, char hex[65]) MUST_CHECK;
void digest_free(struct digest *d);

/* Bytes as lower-case hex, and NUL behind them. */
void digest_print(const unsigned char *md, size_t len, char *hex);

/* All at once. */
int digest_bytes(const void *bytes, size_t len, char hex[65]) MUST_CHECK;

#endif
