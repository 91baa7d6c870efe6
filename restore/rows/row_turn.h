#ifndef RESTORE_ROW_TURN_H
#define RESTORE_ROW_TURN_H

#include "restore/journal/step.h"
#include "restore/rows/target.h"

/**
 * row_turn(t, rec, way, why):
 * Make one row's change, or take it back, in the transaction that is open on
 * ${t}'s session, which is hushed (db_trouble.h).
 *
 *   ROW_TURNED   the row was as it should be before, and is changed
 *   ROW_THERE    it was changed already
 *   ROW_WAITS    a key forbids it, until other rows have changed: ${why}
 *   ROW_OTHER    it is neither: ${why}
 *   ROW_FAILED   db_trouble tells; said when nothing helps
 *
 * ${why} is appended to.
 */
enum row_turned {
	ROW_FAILED = -1,
	ROW_TURNED,
	ROW_THERE,
	ROW_WAITS,
	ROW_OTHER
};

enum row_turned row_turn(const struct target *t, const struct plan_record *rec,
    enum journal_way way, struct buf *why) MUST_CHECK;

/* May the row, which waits, have been changed already, and hold what it holds
 * as another row's successor?  1 or 0, -1 failed as above. */
int row_turn_passed(const struct target *t, const struct plan_record *rec,
    enum journal_way way) MUST_CHECK;

#endif
