#ifndef ARCHIVE_SNAPSHOT_CERTIFICATES_H
#define ARCHIVE_SNAPSHOT_CERTIFICATES_H

#include "archive/snapshot/snapshot.h"

/**
 * snapshot_certificates: the TLS certificates that name an own address, into
 * the manifest: those that stand in files of the set, and those that the
 * configuration names, wherever they are below the root.
 *
 *   note   each captured file, as it is read
 *   end    once all files are read: looks at what they named
 *   free   in any case
 */
struct named_certificates;

/* 0, or -1 said. */
int snapshot_certificates_note(struct snapshot *s, const struct item *item,
    const struct buf *bytes) MUST_CHECK;
int snapshot_certificates_end(struct snapshot *s) MUST_CHECK;
void snapshot_certificates_free(struct snapshot *s);

#endif
