#ifndef ARCHIVE_SNAPSHOT_KINDS_H
#define ARCHIVE_SNAPSHOT_KINDS_H

#include "archive/database/db.h"
#include "archive/snapshot/snapshot.h"

/**
 * snapshot_kinds: count the kinds of place (kind.h) of rows as they are read,
 * and the rows that are history; at the end, what was looked at.
 */
struct row_kinds {
	size_t *kind;         /* of each cell, or KIND_NONE */
	size_t n;             /* cells of a row */
	size_t deleted, over; /* cells that mark history; n: there is none */
};

/* For a table of the catalogue: 0, or -1 said. */
int row_kinds_start(struct row_kinds *k, const struct item_table *t) MUST_CHECK;

/* One row: its cells, or one more of the history in ${t}. */
int row_kinds_count(const struct row_kinds *k, struct manifest *m,
    struct item_table *t, const struct db_value *cells) MUST_CHECK;
void row_kinds_free(struct row_kinds *k);

/* All parts are read: keep the kinds of the groups that were looked at. */
int snapshot_kinds(struct snapshot *s) MUST_CHECK;

#endif
