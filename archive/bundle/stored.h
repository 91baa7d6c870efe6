#ifndef ARCHIVE_STORED_H
#define ARCHIVE_STORED_H

#include <stddef.h>
#include <stdint.h>

#include "archive/aside.h"
#include "archive/outcome.h"

/* What standard input and output are called, where a file may be named. */
#define STORED_STREAM "-"

/**
 * stored: the bytes of a bundle as they are kept while it is open: in a regular
 * file, by a descriptor that is kept; or, what came by a pipe, laid aside.
 */
struct stored {
	const char *file; /* in messages; borrowed */
	int fd;
	struct aside *aside; /* NULL: they are in the file */
};

/* Nothing is open. */
#define STORED_EMPTY                                                           \
	{                                                                      \
		NULL, -1, NULL                                                 \
	}

/* The file, or for "-" standard input, which is read to its end.  ${file} lives
 * as long as ${s}.  DONE; FAILED, REFUSED (it cannot be a bundle), said.  To be
 * closed in all cases. */
enum outcome stored_open(const char *file, struct stored *s) MUST_CHECK;

/* What ${file} is called in messages: "-" is "standard input". */
const char *stored_name(const char *file);

void stored_close(struct stored *s);

/* How many bytes there are: DONE, or FAILED said. */
enum outcome stored_size(const struct stored *s, uint64_t *size) MUST_CHECK;

/**
 * stored_read(s, buf, len, off):
 * Read exactly ${len} bytes at ${off}: DONE, FAILED (said), or REFUSED (said):
 * the file is shorter than it was.
 */
enum outcome stored_read(
    const struct stored *s, void *buf, size_t len, uint64_t off) MUST_CHECK;

#endif
