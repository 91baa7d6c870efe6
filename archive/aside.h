#ifndef ARCHIVE_ASIDE_H
#define ARCHIVE_ASIDE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "archive/outcome.h"

/**
 * aside: bytes laid aside by this process, to be read again anywhere: what
 * comes or goes through a pipe while it has to wait.
 *
 * Purpose: a bundle is signed in front and read at several places, so it is
 * never read or written in one go.
 *
 * Calling sequence: aside_new; aside_add, and aside_read of what was added, as
 * often as needed; aside_free.  Several threads may read at once.
 *
 * Where: in memory (LIMIT_ASIDE_MEMORY), then in a file without a name in
 * TMPDIR or /tmp; in both encrypted, with a key that only this process has, and
 * at most LIMIT_ASIDE.
 *
 * On exit or crash: nothing of it is left, and nobody can read what a disk
 * still holds.
 */
struct aside;

/* ${what} it is for, in messages ("standard input"); it is borrowed.  NULL:
 * said. */
struct aside *aside_new(const char *what) MUST_CHECK;

/* Behind what is there: 0, or -1 said: no room, or more than the limit. */
int aside_add(struct aside *a, const void *bytes, size_t len) MUST_CHECK;

/* Up to ${len} bytes from byte ${off} on; fewer at the end only.  Their number,
 * or -1 said. */
ssize_t
aside_read(struct aside *a, void *to, size_t len, uint64_t off) MUST_CHECK;

uint64_t aside_size(const struct aside *a);

/* NULL is fine. */
void aside_free(struct aside *a);

/* A private file (0600) without a name in TMPDIR or /tmp, for bytes that are
 * encrypted before they come there: a descriptor for the caller to close, or -1
 * said. */
int aside_file(void) MUST_CHECK;

#endif
