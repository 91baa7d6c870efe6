#ifndef ARCHIVE_SNAPSHOT_BATCH_H
#define ARCHIVE_SNAPSHOT_BATCH_H

#include "archive/node/fileset.h"
#include "archive/snapshot/snapshot.h"

/**
 * snapshot_batch: files are read here, while a thread (errand.h) judges,
 * digests and packs those that were read before, one after the other, so that
 * the bundle is the same as without it.
 *
 *   snapshot_batch_new(s)
 *   snapshot_batch_file, for each
 *   snapshot_batch_end
 *   snapshot_batch_free, in any case
 *
 * From the first file until the end has returned, the thread has the bundle
 * and its manifest alone (snapshot_put), and whoever calls has the root alone
 * (snapshot_read).  Two batches are in memory at most: BATCH_FILES files each,
 * or BATCH_BYTES and one file more.
 */
#define BATCH_FILES 256u
#define BATCH_BYTES (1u << 20)

struct snapshot_batch;

/* NULL: out of memory, said. */
struct snapshot_batch *snapshot_batch_new(struct snapshot *s) MUST_CHECK;

/* fileset_fn: its cookie is the batch.  What failed may be a file before. */
int snapshot_batch_file(void *cookie, const struct fileset_entry *e) MUST_CHECK;

/* Wait until all are in the bundle: 0, or -1 said. */
int snapshot_batch_end(struct snapshot_batch *b) MUST_CHECK;
/* NULL is fine. */
void snapshot_batch_free(struct snapshot_batch *b);

#endif
