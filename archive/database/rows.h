#ifndef ARCHIVE_ROWS_H
#define ARCHIVE_ROWS_H

#include "archive/bundle/bundle.h"
#include "archive/database/external.h"
#include "archive/database/tabfile.h"

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

/* tabfile_limit: rows_next may give 2. */
void rows_limit(struct rows *r, size_t most);

/* Pass by rows that are not worth a look (tabfile_pass): 0, or -1 said. */
int rows_pass(struct rows *r, tabfile_glance *glance, void *cookie) MUST_CHECK;

/* How many there were so far, read or passed by. */
uint64_t rows_count(const struct rows *r);
void rows_close(struct rows *r);

/* What is known of the cells of one column. */
struct rows_cell {
	const struct item_column *column;
	enum place_format form; /* PLACE_VALUE or PLACE_JSON */
	enum place_role role;   /* PLACE_SECRET also by the column's name */
	const char *what;       /* kind of place, for people, or NULL */
	const char *held;       /* why a map leaves all of them alone, or NULL
				 */
	size_t through; /* the cell that leads to the row's network: only on
			 * external ones the map applies; ROWS_NONE */
};
#define ROWS_NONE ((size_t)-1)

/* How many cells a row has (generated columns have none), and what they are. */
size_t rows_width(const struct rows *r);
const struct rows_cell *rows_cell(const struct rows *r, size_t cell);

/* Is the cell a secret: by its column, or because the row calls it one (key
 * "admin_password", value "x")? */
int
rows_secret(const struct rows *r, const struct db_value *cells, size_t cell);

/* Is the row history: deleted, or over (catalog.h)? */
int rows_deleted(const struct rows *r, const struct db_value *cells);

/* Why a map leaves this cell of this row alone, by its column, its row or its
 * network (${e} may be NULL: none is external); or NULL. */
const char *rows_held(const struct rows *r, const struct external *e,
    const struct db_value *cells, size_t cell);

/* What rows_held may say; and whether it says that this is history. */
#define ROWS_HISTORY "a deleted row (history)"
#define ROWS_OVER    "what was (history)"
int rows_is_past(const char *held);
#define ROWS_TENANT "on a network that is not external: a tenant's own"

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
