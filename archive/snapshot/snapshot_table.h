#ifndef ARCHIVE_SNAPSHOT_TABLE_H
#define ARCHIVE_SNAPSHOT_TABLE_H

#include "archive/database/db.h"
#include "archive/snapshot/snapshot.h"

/**
 * snapshot_table: what the capture of the catalogue's tables and the sweep of
 * the others have in common.
 */

/* Before any row is sent: has one a value that is longer than a bundle takes?
 * Only the longest types can.  0, or -1 said. */
int snapshot_check_rows(struct db *db, const struct item_table *t) MUST_CHECK;

/* Append one row as the bundle has it.  One that no reader would take is
 * refused: 0, or -1 said. */
int snapshot_put_row(struct buf *out, const struct item_table *t,
    const struct db_value *cells) MUST_CHECK;

/* Warn of what makes this table less than the others (no transactions, no
 * primary key): 0, or -1 when memory ends. */
int snapshot_check_table(
    struct manifest *m, const struct item *item, int innodb) MUST_CHECK;

/* Search all tables of all schemas that are outside the catalogue, within the
 * transactions that are open; the rows that hold an own address are captured
 * as outside.  0, or -1 said. */
int snapshot_sweep_db(struct snapshot *s) MUST_CHECK;

#endif
