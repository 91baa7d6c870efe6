#ifndef RESTORE_ROW_MANY_H
#define RESTORE_ROW_MANY_H

#include "restore/journal/step.h"
#include "restore/rows/target.h"

/**
 * row_many: many rows of one table, which change the same columns, written by
 * one statement: UPDATE ... SET column = CASE key WHEN ... THEN ? ... END WHERE
 * key IN (...), or DELETE ... WHERE key IN (...).  It tests nothing but the
 * key: who writes so has locked the rows, and seen that they are as they should
 * be.  A server does one such statement with half the work of one for each row.
 *
 *   row_many_new, row_many_start, row_many_add for each row, row_many_write
 *   when row_many_full and at the end; row_many_free
 */
struct row_many;

struct row_many *row_many_new(void) MUST_CHECK;
void row_many_free(struct row_many *m);

/* Can rows as ${rec}, of ${t}, be written so?  Their key is one column, whole
 * numbers, text or bytes, which a literal of the statement compares with by the
 * column's own rules; they are not inserted; the server is a MariaDB. */
int row_many_takes(const struct target *t, const struct plan_record *rec,
    enum journal_way way);

/* Rows of ${t} that are as ${rec} follow: 0 or -1 said. */
int row_many_start(struct row_many *m, const struct target *t,
    const struct plan_record *rec, enum journal_way way) MUST_CHECK;

/* What it points to is the caller's until the rows are written. */
void row_many_add(struct row_many *m, const struct plan_record *rec);
int row_many_full(const struct row_many *m);

/* Run the statement for the rows that were added (perhaps none), and forget
 * them: 0, ${*affected} grown by the rows that changed; -1 failed (db_trouble).
 */
int row_many_write(struct row_many *m, uint64_t *affected) MUST_CHECK;

#endif
