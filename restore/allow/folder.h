#ifndef RESTORE_ALLOW_FOLDER_H
#define RESTORE_ALLOW_FOLDER_H

#include "restore/restore.h"

/**
 * folder: where the files that a definition names may be (folder_table.h).
 */
struct folders;

/* With the instances folder and shares of ${r}'s site.  NULL, said. */
struct folders *folders_new(struct restore *r) MUST_CHECK;
void folders_free(struct folders *f);

/* Disks may be in the folder ${path} of a captured pool, unless it is one of
 * the system.  0, or -1 said. */
int folders_pool(struct folders *f, const char *path) MUST_CHECK;

/**
 * folders_judge(f, sort, path, why):
 * May a file of that sort be there?  Links below the root are looked behind,
 * where the folder is one that the bundle names.  ${sort} "pool": is it a
 * folder that a pool may have?  1; 0 with the reason appended to ${why}; -1
 * said.  Untrusted input: yes.
 */
int folders_judge(struct folders *f, const char *sort, const char *path,
    struct buf *why) MUST_CHECK;

#endif
