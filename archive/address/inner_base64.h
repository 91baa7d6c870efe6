#ifndef ARCHIVE_INNER_BASE64_H
#define ARCHIVE_INNER_BASE64_H

#include <stddef.h>

#include "archive/buf.h"

/**
 * inner_base64: bytes that are, as a whole, base64 of text or of gzip; for
 * inner.h alone, which says what counts as base64 and as text.
 */

/* Shorter base64 holds no address that is worth the guess: "1.1.1.1" has ten
 * digits, "nova" is a word. */
#define INNER_BASE64_MIN 8

/* 1 when the bytes begin as gzip. */
int inner_is_gzip(const char *bytes, size_t len);

/**
 * inner_base64(bytes, len, out):
 * Decode into ${out}, which is empty, at most LIMIT_INNER bytes.  Return 1, 0
 * when it is nothing such (${out} has what it has), or -1 said (memory).
 */
int inner_base64(const char *bytes, size_t len, struct buf *out) MUST_CHECK;

/* 0 when inner_base64 gives 0, quickly: what is no base64, and what is but
 * stands for no text, mostly shows by its first bytes. */
int inner_base64_may(const char *bytes, size_t len);

#endif
