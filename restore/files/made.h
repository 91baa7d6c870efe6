#ifndef RESTORE_MADE_H
#define RESTORE_MADE_H

#include "restore/restore.h"

/**
 * made: which files a restore has made, to tell what is somebody else's in a
 * folder that it made too: an undo that must leave that folder is refused
 * before it begins.  Eight bytes for each file that was made.
 */
struct made;

struct made *made_new(void) MUST_CHECK;
void made_free(struct made *m);

/* Remember what a change makes; others than PLAN_CREATE of files are passed.
 * 0, or -1 said. */
int made_add(struct made *m, const struct plan_record *rec) MUST_CHECK;

/**
 * made_others(m, r, rec, why):
 * When ${rec} makes a folder that stands: 1 with what else is in it appended to
 * ${why}; 0: nothing else is, or it is no such folder; -1 said.
 */
int made_others(struct made *m, struct restore *r,
    const struct plan_record *rec, struct buf *why) MUST_CHECK;

#endif
