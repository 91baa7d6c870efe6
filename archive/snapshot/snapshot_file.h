#ifndef ARCHIVE_SNAPSHOT_FILE_H
#define ARCHIVE_SNAPSHOT_FILE_H

#include "archive/node/fileset.h"
#include "archive/snapshot/snapshot.h"

/**
 * snapshot_file: what the capture of the file set and the sweep of the other
 * files have in common.  The cookie is the snapshot.
 */

/* --not names the folder: what is below it is left out with it. */
int snapshot_skip_folder(void *cookie, const char *path);

/* fileset_fn: capture one file, folder or link, if it is wanted. */
int snapshot_file(void *cookie, const struct fileset_entry *e) MUST_CHECK;

/* Search the files below /etc and the instances that are not in the set for the
 * node's own addresses; those that hold one are captured as FILESET_OUTSIDE,
 * images are told of.  0, or -1 said. */
int snapshot_outside(struct snapshot *s, const struct fileset *fs) MUST_CHECK;

#endif
