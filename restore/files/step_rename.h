#ifndef RESTORE_STEP_RENAME_H
#define RESTORE_STEP_RENAME_H

#include "restore/journal/step.h"

/**
 * step_rename: the change of a name, for file_look, file_make and file_unmake
 * alone, as they say (step.h).  One name there and the other not is before or
 * after; anything else is neither.
 */
enum step_state rename_look(struct restore *r, const struct plan_record *rec,
    struct buf *why) MUST_CHECK;
int rename_make(struct restore *r, const struct plan_record *rec) MUST_CHECK;
int rename_unmake(struct restore *r, const struct plan_record *rec) MUST_CHECK;

#endif
