#ifndef ARCHIVE_ROWS_H
#define ARCHIVE_ROWS_H

#include "archive/bundle.h"
#include "archive/tabfile.h"

/**
 * rows: the rows of a table in a bundle, one after the other, with the names
 * under which users see them.
 */
struct rows;

/* Read the rows of the item that is current in ${p}, a table.  The item and
 * ${p} must outlive it.  NULL when memory ends (said). */
struct rows *
rows_open(struct bundle_part *p, const struct item *item) MUST_CHECK;

/* The next row: 1 with its cells (borrowed until the next call), 0 at the end,
 * -1 said: refused. */
int rows_next(struct rows *r, const struct db_value **cells) MUST_CHECK;
void rows_close(struct rows *r);

/* How many cells a row has (generated columns have none), and whose they are.
 */
size_t rows_width(const struct rows *r);
const struct item_column *rows_column(const struct rows *r, size_t cell);

/**
 * rows_name(r, cells, out):
 * Append "row:SCHEMA.TABLE:KEY" of the current row; several key columns are
 * joined by commas.  Without a primary key it is the row's number: "#12".
 */
int rows_name(const struct rows *r, const struct db_value *cells,
    struct buf *out) MUST_CHECK;

/* Has the table a primary key? */
int rows_keyed(const struct rows *r);

#endif
