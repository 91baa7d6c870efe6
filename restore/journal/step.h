#ifndef RESTORE_STEP_H
#define RESTORE_STEP_H

#include "restore/journal/journal.h"
#include "restore/restore.h"

/**
 * step: one change of a journal on this host: looked at, made, taken back.
 * Needs the journal's record only, no bundle: an undo comes weeks later.  Every
 * step may have been cut anywhere, so each first looks, and acts by what is
 * there: making what is made, or taking back what was never made, does nothing.
 */
enum step_state {
	STEP_FAILED = -1, /* said */
	STEP_BEFORE,      /* as it was before the restore */
	STEP_HALF,        /* some of its cells are as before, some as after */
	STEP_AFTER,       /* as the restore makes it */
	STEP_OTHER /* neither: changed since; ${why} (appended) says what */
};

/* Files: content, type, mode, owner and xattrs.  A temporary file that a cut
 * left beside it is removed by make and unmake, and is no difference. */
enum step_state file_look(struct restore *r, const struct plan_record *rec,
    struct buf *why) MUST_CHECK;
int file_make(struct restore *r, const struct plan_record *rec) MUST_CHECK;
int file_unmake(struct restore *r, const struct plan_record *rec) MUST_CHECK;

/* Definitions, autostart, secret values. */
enum step_state virt_look(struct restore *r, const struct plan_record *rec,
    struct buf *why) MUST_CHECK;
int virt_make(struct restore *r, const struct plan_record *rec) MUST_CHECK;
int virt_unmake(struct restore *r, const struct plan_record *rec) MUST_CHECK;

/* Accounts: renamed, with all that hangs on them; by a statement that commits
 * itself, so in front of the rows' transactions. */
enum step_state account_look(struct restore *r, const struct plan_record *rec,
    struct buf *why) MUST_CHECK;
int account_make(struct restore *r, const struct plan_record *rec) MUST_CHECK;
int account_unmake(struct restore *r, const struct plan_record *rec) MUST_CHECK;

/* 1: a change that is a step of its own; 0: a row. */
int step_is(const struct plan_record *rec);

/**
 * Rows: one transaction for each server, so a server's rows are all before or
 * all after, whatever was cut.
 *
 * rows_look     calls ${tell} for each row of the journal that is not as
 *               before: STEP_AFTER, or STEP_OTHER with ${why}
 * rows_make     all rows of each server in one transaction; journal_intend
 *               before the commit.  A deadlock, a lock wait, a certification
 *               failure, a lost connection and a server that went away, in the
 *               commit too, are tried again from that server's first row: rows
 *               that are as wanted already are passed, so what became of the
 *               commit is seen, never assumed.
 * rows_unmake   the same, backwards
 *
 * DONE; FAILED: no server's rows were changed (said); PARTIAL: those of some
 * servers were; UNSAFE: a row is neither (said), and nothing was committed.
 */
typedef int row_tell(void *cookie, const struct plan_record *rec,
    enum step_state state, const char *why);
int rows_look(struct restore *r, struct journal *j, row_tell *tell,
    void *cookie) MUST_CHECK;
enum outcome rows_make(struct restore *r, struct journal *j, restore_tick *tick,
    void *cookie) MUST_CHECK;
enum outcome rows_unmake(struct restore *r, struct journal *j,
    restore_tick *tick, void *cookie) MUST_CHECK;

#endif
