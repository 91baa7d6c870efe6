#ifndef RESTORE_ROW_STATE_H
#define RESTORE_ROW_STATE_H

#include "restore/journal/step.h"

/**
 * row_state(rec, now, at, why):
 * Is a row as it was before the restore, or as the restore makes it?  ${now}
 * are its cells here (NULL: there is no such row), that of ${rec}'s cell i at
 * ${at}[i], or at i when ${at} is NULL.  Bytes are compared.  STEP_BEFORE,
 * STEP_AFTER; STEP_OTHER with ${why} (appended; it names the column, never a
 * value); STEP_FAILED when memory ends (said).
 */
enum step_state row_state(const struct plan_record *rec,
    const struct db_value *now, const size_t *at, struct buf *why) MUST_CHECK;

/**
 * row_state_two(rec, here, there, at, either, why):
 * The same where a cell changes the row's key: ${here} has the key before the
 * change, ${there} the one after it (NULL: no such row).  Where keys are passed
 * on from row to row one of them may be another row's: ${either} (STEP_BEFORE
 * or STEP_AFTER) is returned when both would do.
 */
enum step_state row_state_two(const struct plan_record *rec,
    const struct db_value *here, const struct db_value *there, const size_t *at,
    enum step_state either, struct buf *why) MUST_CHECK;

#endif
