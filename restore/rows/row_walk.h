#ifndef RESTORE_ROW_WALK_H
#define RESTORE_ROW_WALK_H

#include "restore/rows/target.h"

/**
 * row_walk: every captured row of every table that --only and --not let in,
 * with the row of the same key that is here now.
 *
 * Tables that are not here, differ, or have no key are passed over; ${say}: the
 * plan gets a record for each.  The sessions must be in a reading transaction.
 */
struct row_walk {
	int say;
	/* Read each table here once, as row_merge does, where r->proof takes
	 * what is left over in it. */
	int merge;
	/* A table, before its rows: 0, or -1 said. */
	int (*table)(void *cookie, const struct target *t);
	/* A row; current NULL: there is none here. */
	int (*row)(void *cookie, const struct db_value *captured,
	    const struct db_value *current);
	/* Was the row that was given last settled, as row_merge_look has it?
	 * NULL: nobody knows. */
	int (*settled)(void *cookie);
	/* Behind its last row; NULL: nothing to do. */
	int (*end)(void *cookie);
	void *cookie;
};

/* DONE, FAILED, or REFUSED: the bundle does not hold. */
enum outcome row_walk(struct restore *r, const struct row_walk *w) MUST_CHECK;

/* A consistent reading transaction on every server: row_walk_begin, and
 * row_walk_end whether that failed or not.  0, or -1 said. */
int row_walk_begin(struct restore *r) MUST_CHECK;
int row_walk_end(struct restore *r) MUST_CHECK;

#endif
