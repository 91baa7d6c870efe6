#ifndef ARCHIVE_BUF_H
#define ARCHIVE_BUF_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * buf: bytes that grow.  Start from BUF_EMPTY, end with buf_free.  ${data} is
 * NULL while nothing was ever added; afterwards a NUL byte (not counted in
 * ${len}) always follows the bytes, so that text can be read as a string.
 */
struct buf {
	char *data;
	size_t len;
	size_t cap;
};

#define BUF_EMPTY                                                              \
	{                                                                      \
		NULL, 0, 0                                                     \
	}

/**
 * buf_add(b, data, len):
 * Append ${len} bytes.  Return 0, or -1 when memory ends (said by warn) and
 * ${b} is as it was.
 */
int buf_add(struct buf *b, const void *data, size_t len) MUST_CHECK;

/* As buf_add, for a NUL-terminated string. */
int buf_adds(struct buf *b, const char *s) MUST_CHECK;

/* As buf_add, for one byte. */
int buf_addc(struct buf *b, char c) MUST_CHECK;

/* As buf_add, for text formatted as by printf. */
int buf_addf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3))) MUST_CHECK;

/**
 * buf_reserve(b, len):
 * Make room for ${len} more bytes behind ${b}->len, and return where they
 * start, or NULL.  The caller writes there and adds what it wrote to ${len}.
 */
char *buf_reserve(struct buf *b, size_t len) MUST_CHECK;

/* Forget the bytes, keep the memory. */
void buf_clear(struct buf *b);

/**
 * buf_steal(b):
 * Hand the bytes over as a malloced NUL-terminated string ("" when empty);
 * ${b} is empty afterwards.  NULL when memory ends.
 */
char *buf_steal(struct buf *b) MUST_CHECK;

/* Free the memory and leave ${b} empty.  Safe on an empty buf. */
void buf_free(struct buf *b);

/* As buf_free, but wipe the bytes first: for passwords and keys. */
void buf_wipe(struct buf *b);

#endif
