#ifndef RESTORE_ROW_SQL_H
#define RESTORE_ROW_SQL_H

#include "restore/journal/step.h"
#include "restore/rows/target.h"

/**
 * row_sql: the statements that change one row, one way or the other.  A row
 * that the restore creates is inserted, and deleted on the way back; one that
 * it changes is updated.  Names are the server's own, values go through
 * prepared statements, text compares byte for byte.
 */

/* Has the table here the record's columns and key?  1; 0 with ${why}
 * (appended), -1 said. */
int row_sql_fits(const struct target *t, const struct plan_record *rec,
    struct buf *why) MUST_CHECK;

/* 1 when the statement itself can test all that the row must hold before it is
 * changed; else it has to be locked and looked at first. */
int row_sql_tests(const struct target *t, const struct plan_record *rec,
    enum journal_way way);

/* Run the statement, WHERE the key is the row's and, when ${tested}, the row
 * still holds what it held: 0 with the rows it changed, -1 failed
 * (db_trouble). */
int row_sql_write(const struct target *t, const struct plan_record *rec,
    enum journal_way way, int tested, uint64_t *affected) MUST_CHECK;

/**
 * row_sql_build(t, rec, way, sql, values, n):
 * That statement, not tested: append it to ${sql}, and put the ${*n} values of
 * its question marks, which ${rec} keeps, at ${values}; row_sql_most tells how
 * many there are at most.  Rows that change the same columns have the same
 * text, but where a key can be a literal only.  0, or -1 said.
 */
int row_sql_build(const struct target *t, const struct plan_record *rec,
    enum journal_way way, struct buf *sql, struct db_value *values,
    size_t *n) MUST_CHECK;
size_t row_sql_most(const struct plan_record *rec);

/* A value's place in a statement. */
const char *row_sql_mark(const struct item_column *c);

/* Append to a SET that times which the server would set by itself stay, so that
 * the way back leads to the same row: 0 or -1 said. */
int row_sql_keep_times(const struct target *t, struct buf *sql) MUST_CHECK;

/* The column of a cell, or NULL. */
const struct item_column *row_sql_column(
    const struct target *t, const struct plan_record *rec, size_t cell);

#endif
