#include "restore/rows/row_turn.h"

#include "archive/database/db_trouble.h"
#include "archive/warn.h"
#include "restore/rows/row_lock.h"
#include "restore/rows/row_sql.h"

/* The one row, or another number of them. */
static enum row_turned
count(const struct plan_record *rec, uint64_t affected)
{

	if (affected == 1)
		return ROW_TURNED;
	warn_msg("%s: %llu rows were changed instead of one", rec->item,
	    (unsigned long long)affected);
	return ROW_FAILED;
}

/* A write failed: is it for other rows to change first? */
static enum row_turned
refused(const struct target *t, struct buf *why)
{

	if (db_trouble(t->server->db) != DB_REFUSED)
		return ROW_FAILED;
	return buf_adds(why, db_why(t->server->db)) ? ROW_FAILED : ROW_WAITS;
}

/* Lock the row and look; what is locked may be changed by its key alone. */
static enum row_turned
look(const struct target *t, const struct plan_record *rec,
    enum journal_way way, struct buf *why)
{
	enum step_state from, state;
	uint64_t affected;

	from = way == JOURNAL_FORWARD ? STEP_BEFORE : STEP_AFTER;
	if ((state = row_lock(t, rec, way, why)) == STEP_FAILED)
		return ROW_FAILED;
	if (state == STEP_OTHER)
		return ROW_OTHER;
	if (state != from)
		return ROW_THERE;
	if (row_sql_write(t, rec, way, 0, &affected))
		return refused(t, why);
	return count(rec, affected);
}

/* A row with that key may be there: this one, from a commit whose answer was
 * lost, or another.  If there is none, something else forbids it. */
static enum row_turned
insert_refused(
    const struct target *t, const struct plan_record *rec, struct buf *why)
{
	struct buf reason = BUF_EMPTY;
	enum row_turned rc;

	if ((rc = refused(t, &reason)) != ROW_WAITS)
		goto out;
	switch (row_lock(t, rec, JOURNAL_FORWARD, why)) {
	case STEP_BEFORE:
		rc = buf_adds(why, reason.data) ? ROW_FAILED : ROW_WAITS;
		break;
	case STEP_AFTER:
		rc = ROW_THERE;
		break;
	case STEP_OTHER:
		rc = ROW_OTHER;
		break;
	default:
		rc = ROW_FAILED;
	}
out:
	buf_free(&reason);
	return rc;
}

enum row_turned
row_turn(const struct target *t, const struct plan_record *rec,
    enum journal_way way, struct buf *why)
{
	uint64_t affected;
	int rc;

	if ((rc = row_sql_fits(t, rec, why)) != 1)
		return rc == 0 ? ROW_OTHER : ROW_FAILED;
	if (!row_sql_tests(t, rec, way))
		return look(t, rec, way, why);
	if (row_sql_write(t, rec, way, 1, &affected))
		return rec->type == PLAN_CREATE && way == JOURNAL_FORWARD
			   ? insert_refused(t, rec, why)
			   : refused(t, why);
	return affected == 0 ? look(t, rec, way, why) : count(rec, affected);
}

int
row_turn_passed(
    const struct target *t, const struct plan_record *rec, enum journal_way way)
{
	enum journal_way back =
	    way == JOURNAL_FORWARD ? JOURNAL_BACK : JOURNAL_FORWARD;
	struct buf why = BUF_EMPTY;
	enum step_state state;

	/* Where it may be either, it is as it should be afterwards. */
	state = row_lock(t, rec, back, &why);
	buf_free(&why);
	if (state == STEP_FAILED)
		return -1;
	return state == (way == JOURNAL_FORWARD ? STEP_AFTER : STEP_BEFORE);
}
