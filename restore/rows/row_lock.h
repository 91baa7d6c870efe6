#ifndef RESTORE_ROW_LOCK_H
#define RESTORE_ROW_LOCK_H

#include "restore/journal/step.h"
#include "restore/rows/target.h"

/**
 * row_lock(t, rec, way, why):
 * Lock the row of ${rec} (which the table fits, row_sql.h) under the key that
 * it has before the change and the one that it has afterwards, and look at it
 * as row_state_two does: on the way ${way} a row that may be either is still to
 * be turned.
 */
enum step_state row_lock(const struct target *t, const struct plan_record *rec,
    enum journal_way way, struct buf *why) MUST_CHECK;

#endif
