#ifndef RESTORE_TABLE_READ_H
#define RESTORE_TABLE_READ_H

#include "restore/rows/target.h"

/**
 * table_read: all rows of a table here, in the order of the key, by the piece:
 * 1 MiB of them, or one row.  While a piece is used, a thread reads the next
 * one (db_ahead): other calls on the session wait for it.
 *
 *   table_read_new; table_read_row, table_read_pass until there is none;
 *   table_read_free
 */
struct table_read;

/* The columns of ${rules}, which has a key that the server sorts by
 * (key_is_ordered) and is borrowed, as ${t} is.  NULL said. */
struct table_read *table_read_new(
    const struct target *t, const struct cell_rules *rules) MUST_CHECK;
void table_read_free(struct table_read *r);

/* The row at hand, until table_read_row is called behind table_read_pass: 1; 0:
 * there is no more; -1 said. */
int
table_read_row(struct table_read *r, const struct db_value **row) MUST_CHECK;

/* Go on to the next one. */
void table_read_pass(struct table_read *r);

#endif
