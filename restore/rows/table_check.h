#ifndef RESTORE_TABLE_CHECK_H
#define RESTORE_TABLE_CHECK_H

#include "restore/rows/target.h"

/**
 * table_check(r, t, created, changed):
 * Behind the last row of a table: what stands in the way of making and changing
 * so many rows of it, as findings ("no-default", "no-transactions") and notes
 * (triggers).  Against a description: ${changed} rows are touched by the map,
 * and whether any must be made is known only where the table there is empty.
 * 0, or -1 said.
 */
int table_check(struct restore *r, const struct target *t, uint64_t created,
    uint64_t changed) MUST_CHECK;

#endif
