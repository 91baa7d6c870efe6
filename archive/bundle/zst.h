#ifndef ARCHIVE_ZST_H
#define ARCHIVE_ZST_H

#include <stddef.h>
#include <sys/types.h>

#include "archive/outcome.h"

/**
 * zst: one zstd frame as a stream.  libzstd itself, not libarchive's filter:
 * that one lets a frame ask for a window of 2 GiB and reads on behind the
 * frame, while here a window over LIMIT_ZSTD_WINDOW_LOG is refused and the
 * frame's end must be the source's end.
 */
struct zst_writer;
struct zst_reader;

/* 0 or -1 (said by the sink). */
typedef int zst_sink(void *cookie, const void *bytes, size_t len);
/* Bytes read, 0 at the end, -1 (said by the source). */
typedef ssize_t zst_source(void *cookie, void *buf, size_t len);

/* Levels: a part is kept, a spool is read once and gone. */
#define ZST_KEEP 3
#define ZST_FAST 1

struct zst_writer *
zst_writer_new(int level, zst_sink *sink, void *cookie) MUST_CHECK;
/* 0, or -1 said. */
int zst_write(struct zst_writer *w, const void *bytes, size_t len) MUST_CHECK;
/* End the frame: 0, or -1 said. */
int zst_end(struct zst_writer *w) MUST_CHECK;
void zst_writer_free(struct zst_writer *w);

/* ${what} names the data in messages; it must live as long as the reader. */
struct zst_reader *
zst_reader_new(const char *what, zst_source *source, void *cookie) MUST_CHECK;
/* Up to ${len} bytes; 0 when frame and source are at their end; -1 said. */
ssize_t zst_read(struct zst_reader *r, void *buf, size_t len) MUST_CHECK;
void zst_reader_free(struct zst_reader *r);

#endif
