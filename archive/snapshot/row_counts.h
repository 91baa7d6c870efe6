#ifndef ARCHIVE_ROW_COUNTS_H
#define ARCHIVE_ROW_COUNTS_H

#include "archive/database/db.h"
#include "archive/manifest/manifest.h"

/**
 * row_counts: what a manifest says of the rows of a table, counted as they are
 * read: the addresses in them, the kinds of place (kind.h), the rows that are
 * history.  What the catalogue says of each column is looked up once.
 *
 *     row_counts_start(&k, t);
 *     row_counts_add(&k, m, t, cells) for each row
 *     row_counts_end(&k, m)
 *     row_counts_free(&k)
 */
struct row_counts {
	struct row_counts_cell {
		int text; /* an address may stand there */
		enum place_format format;
		size_t kind;     /* or KIND_NONE */
		uint64_t places; /* of that kind so far */
	} * cells;
	size_t n;             /* cells of a row */
	size_t deleted, over; /* cells that mark history; n: there is none */
};

/* 0, or -1 said. */
int
row_counts_start(struct row_counts *k, const struct item_table *t) MUST_CHECK;

/* One row of ${t}: its addresses go to the item that is added next; of a table
 * of the catalogue, its kinds are counted, or ${t} has one more of history.
 * ${cells} are those of the columns that are not generated.  0, or -1 said. */
int row_counts_add(struct row_counts *k, struct manifest *m,
    struct item_table *t, const struct db_value *cells) MUST_CHECK;

/* All rows are read: the kinds go to ${m}.  0, or -1 said. */
int row_counts_end(const struct row_counts *k, struct manifest *m) MUST_CHECK;
void row_counts_free(struct row_counts *k);

#endif
