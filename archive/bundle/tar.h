#ifndef ARCHIVE_TAR_H
#define ARCHIVE_TAR_H

#include <stddef.h>
#include <sys/types.h>

#include "archive/outcome.h"

struct archive_entry;

/**
 * tar: reads the tar of a part in the one form that FORMAT.md gives it: ustar
 * headers of files, folders and symlinks, a pax header in front of one with
 * records that are known here, zero bytes as padding, two zero blocks as the
 * end.  Lines of our own instead of libarchive's: that takes sparse files,
 * GNU's and Solaris' names, volume headers, types that nobody knows, and hands
 * names out composed anew, so that it reads more than what was signed as the
 * items, and what is read could depend on its version.
 */
struct tar_reader;

/* Up to ${len} bytes of the tar, fewer at its end only; -1 said. */
typedef ssize_t tar_source(void *cookie, void *buf, size_t len);

/* NULL: out of memory (silent). */
struct tar_reader *tar_new(tar_source *source, void *cookie) MUST_CHECK;
void tar_free(struct tar_reader *t);

/**
 * tar_next(t, entry):
 * Fill in the next header; what is left of the entry before is passed.  1, or 0
 * behind the two zero blocks, or -1: tar_why tells.  Untrusted input: yes.
 */
int tar_next(struct tar_reader *t, struct archive_entry *entry) MUST_CHECK;

/* Up to ${len} bytes of the entry, 0 at its end (its padding was zero), or -1.
 */
ssize_t tar_read(struct tar_reader *t, void *buf, size_t len) MUST_CHECK;

/* Why the last -1 came (static); NULL: the source has said it. */
const char *tar_why(const struct tar_reader *t);

#endif
