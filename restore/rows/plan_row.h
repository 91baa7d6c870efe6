#ifndef RESTORE_PLAN_ROW_H
#define RESTORE_PLAN_ROW_H

#include "restore/rows/may_write.h"
#include "restore/rows/target.h"

/**
 * plan_row: one row, captured and current, into the plan.  A column that the
 * map does not touch is never changed and never drift; a row that is not here
 * is created whole.
 */
struct plan_row;

struct plan_row *
plan_row_new(struct restore *r, const struct target *t) MUST_CHECK;
void plan_row_free(struct plan_row *p);

/* ${current} NULL: there is no such row here.  Against a description the row is
 * only looked at, as if it stood there as captured.  0, or -1 said. */
int plan_row_add(struct plan_row *p, const struct db_value *captured,
    const struct db_value *current) MUST_CHECK;

/* Was that row one in which nothing can be left over: is each cell that is text
 * either what the map makes of a captured one that it changes, or as captured
 * and the map matches nothing in it? */
int plan_row_settled(const struct plan_row *p);

/* Behind the last row of the table; what is to be written to it is noted in
 * ${may}.  0, or -1 said. */
int plan_row_end(struct plan_row *p, struct may_write *may) MUST_CHECK;

#endif
