#ifndef RESTORE_ROW_GROUP_H
#define RESTORE_ROW_GROUP_H

#include "restore/journal/step.h"
#include "restore/rows/target.h"

/**
 * row_group: rows of one table that change the same columns, turned together:
 * one query locks them, each is looked at (row_state.h), and those that are as
 * they should be before are written with one call.  What does not go as it
 * should is left for row_turn, one row after the other; nothing of the group is
 * changed then.
 *
 *   row_group_new, row_group_takes, row_group_add for each row, row_group_turn,
 *   row_group_clear; row_group_free
 */
struct row_group;

struct row_group *row_group_new(void) MUST_CHECK;
void row_group_free(struct row_group *g);

/* May the row, which is of ${t}, be turned together with those that are in the
 * group (of the same table; perhaps none)?  Rows that change their key, and
 * those of a table without transactions, are not. */
int row_group_takes(const struct row_group *g, const struct target *t,
    const struct plan_record *rec);

/* Copy it in; it is change ${n}.  0, or -1 said. */
int row_group_add(
    struct row_group *g, const struct plan_record *rec, uint64_t n) MUST_CHECK;

size_t row_group_rows(const struct row_group *g);
int row_group_full(const struct row_group *g);

/* Row i, until the next call, and its number: NULL when memory ends (said). */
const struct plan_record *
row_group_row(struct row_group *g, size_t i, uint64_t *n) MUST_CHECK;

/**
 * row_group_turn(g, t, way, turned):
 * Turn them on ${t}'s session, in the transaction that is open.  1: all are as
 * they should be now, ${*turned} of them by this; 0: nothing was changed, each
 * has to be turned by itself; -1 failed, and db_trouble tells (nothing is
 * said).
 */
int row_group_turn(struct row_group *g, const struct target *t,
    enum journal_way way, uint64_t *turned) MUST_CHECK;

void row_group_clear(struct row_group *g);

#endif
