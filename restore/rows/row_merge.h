#ifndef RESTORE_ROW_MERGE_H
#define RESTORE_ROW_MERGE_H

#include "restore/rows/target.h"

/**
 * row_merge: all rows of a table here, read once (table_read.h), in the order
 * of the key: each is looked through for leftovers (proof.h), and given to the
 * captured row that comes with the same key.
 *
 *   row_merge_new; for each captured row row_merge_find, and where that gave
 *   one, row_merge_look; row_merge_end; row_merge_free
 */
struct row_merge;

/* 1 with ${*out}; 0: of this table, rows have to be asked for by their keys
 * (the server's order is not for certain, or nothing in it is left over); -1
 * said. */
int row_merge_new(struct restore *r, const struct target *t,
    struct row_merge **out) MUST_CHECK;
void row_merge_free(struct row_merge *m);

/* The row here with the key of the captured row, cell by cell as that one
 * (until the next call): 1; 0: it did not come where it was expected, so that
 * it has to be asked for; -1 said. */
int row_merge_find(struct row_merge *m, const struct db_value *captured,
    const struct db_value **current) MUST_CHECK;

/* Look through the row that was given last.  ${settled}: each of its cells that
 * is text is as the map makes it of another captured one, or as captured
 * without a match: nothing in it is left over.  0, or -1 said. */
int row_merge_look(struct row_merge *m, int settled) MUST_CHECK;

/* Behind the last captured row: look through what is left.  0, or -1 said. */
int row_merge_end(struct row_merge *m) MUST_CHECK;

#endif
