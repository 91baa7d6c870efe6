#ifndef ARCHIVE_BASE64_H
#define ARCHIVE_BASE64_H

#include <stddef.h>

#include "archive/buf.h"

/* base64 of RFC 4648 section 4, padded, in one piece.  Append: 0 or -1. */
int base64_encode(const void *bytes, size_t len, struct buf *out) MUST_CHECK;

/* The reverse, strict: 0, or -1 (silent unless memory ends) for anything that
 * base64_encode would not write.  Untrusted input: yes. */
int base64_decode(const char *text, size_t len, struct buf *out) MUST_CHECK;

#endif
