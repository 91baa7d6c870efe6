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

/* Why a file is not in the bundle. */
enum snapshot_left {
	SNAPSHOT_IN,      /* it is */
	SNAPSHOT_OTHER,   /* neither file, folder nor link */
	SNAPSHOT_REFUSED, /* ${why}: it may not stand there */
	SNAPSHOT_LARGE,
	SNAPSHOT_GONE /* while it was read */
};

/* A file, folder or link as it was read. */
struct snapshot_read {
	enum snapshot_left left;
	struct item *item; /* but for OTHER, which has a path alone */
	struct buf path;
	const char *why;
	struct buf bytes;
	int torn;   /* somebody wrote to it meanwhile, twice */
	int no_xml; /* it should be, and is captured as text */
};

/**
 * snapshot_read(s, e, f): read what is there, if it is wanted, digest it and
 * judge its format: 1 with ${f} for the caller to free; 0; -1 said.  Of the
 * snapshot it uses options and root. snapshot_put(s, f): capture it, or tell
 * why it is left out: 0, or -1 said. It uses all but the root, and no two
 * threads may do it at once.
 */
int snapshot_read(struct snapshot *s, const struct fileset_entry *e,
    struct snapshot_read *f) MUST_CHECK;
int snapshot_put(struct snapshot *s, struct snapshot_read *f) MUST_CHECK;
void snapshot_read_free(struct snapshot_read *f);

/* fileset_fn: both. */
int snapshot_file(void *cookie, const struct fileset_entry *e) MUST_CHECK;

/* Search the files below /etc and the instances that are not in the set for the
 * node's own addresses; those that hold one are captured as FILESET_OUTSIDE,
 * images are told of.  0, or -1 said. */
int snapshot_outside(struct snapshot *s, const struct fileset *fs) MUST_CHECK;

#endif
