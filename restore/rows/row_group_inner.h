#ifndef RESTORE_ROW_GROUP_INNER_H
#define RESTORE_ROW_GROUP_INNER_H

#include "restore/plan/plan_record.h"
#include "restore/rows/row_group.h"
#include "restore/rows/row_many.h"

/**
 * row_group_inner: inside the room of row_group only: what it gathers, and the
 * writing (row_group_write.c).
 */

/* Less than any server takes as one statement, however old. */
#define MOST_ROWS  500
#define MOST_BYTES (512u << 10)

/* A row: its record, in bytes, and what was found of it. */
struct member {
	size_t start, len;
	uint64_t n;
	int found, write;
};

struct row_group {
	struct buf bytes;
	struct member row[MOST_ROWS];
	size_t nrows;
	struct plan_decoded first; /* the first row: it stands for all */
	const char *base;          /* where its bytes stood when it was read */
	struct plan_decoded one;
	int look; /* new rows, too, are looked for first: some were there */
	struct buf sql;
	struct row_many *many;
	struct db_value *values; /* for all question marks of all rows */
	size_t nvalues;          /* of one row */
};

/* Read row ${i} into ${d}: 0, or -1 said. */
int row_group_decode(
    const struct row_group *g, size_t i, struct plan_decoded *d) MUST_CHECK;

/* Write the rows that are marked so, behind a savepoint: 1 and ${*turned} of
 * them are; 0, none was; -1 failed. */
int row_group_write(struct row_group *g, const struct target *t,
    enum journal_way way, uint64_t *turned) MUST_CHECK;

#endif
