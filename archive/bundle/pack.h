#ifndef ARCHIVE_PACK_H
#define ARCHIVE_PACK_H

#include <stddef.h>
#include <sys/types.h>

#include "archive/bundle/zst.h"
#include "archive/manifest/manifest.h"
#include "archive/outcome.h"

/**
 * pack: a part, a tar (pax where ustar is too narrow) in one zstd frame.  What
 * an entry says of itself follows from its item alone; the reader holds the two
 * against each other and never acts on what the tar says.
 *
 * A libvirt secret with a value has a second entry behind its XML, the value.
 */
enum pack_entry {
	PACK_ITEM, /* the item's own bytes */
	PACK_VALUE /* a secret's value */
};

struct pack_writer;
struct pack_reader;

/* The compressed bytes go to ${sink}. */
struct pack_writer *pack_writer_new(zst_sink *sink, void *cookie) MUST_CHECK;

/* Start an entry, of item->size or item->virt->value_size bytes, all of which
 * must follow by pack_write: 0, or -1 said. */
int pack_begin(struct pack_writer *w, const struct item *item,
    enum pack_entry which) MUST_CHECK;
int pack_write(struct pack_writer *w, const void *bytes, size_t len) MUST_CHECK;

/* End tar and frame: 0, or -1 said. */
int pack_end(struct pack_writer *w) MUST_CHECK;
void pack_writer_free(struct pack_writer *w);

/**
 * pack_reader_new(what, budget, source, cookie):
 * Read a part from ${source}; ${what} names it in messages and must outlive the
 * reader.  More than ${budget} decompressed bytes are refused: see pack_budget.
 */
struct pack_reader *pack_reader_new(const char *what, uint64_t budget,
    zst_source *source, void *cookie) MUST_CHECK;

/* What an item may take up in its part, headers and padding included. */
uint64_t pack_budget(const struct item *item);

/**
 * pack_next(r, item, which):
 * Go to the next entry, which must be just the one that pack_begin makes of
 * ${item}: 0, or -1 (said) when it is another, or none.  ${item} is borrowed
 * until the next call has returned: messages name it.
 */
int pack_next(struct pack_reader *r, const struct item *item,
    enum pack_entry which) MUST_CHECK;

/* Up to ${len} bytes of the entry, 0 at its end, -1 said. */
ssize_t pack_read(struct pack_reader *r, void *buf, size_t len) MUST_CHECK;

/* The tar, the frame and the source must end here: 0, or -1 said. */
int pack_finish(struct pack_reader *r) MUST_CHECK;
void pack_reader_free(struct pack_reader *r);

#endif
