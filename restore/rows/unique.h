#ifndef RESTORE_UNIQUE_H
#define RESTORE_UNIQUE_H

#include "restore/rows/target.h"

/**
 * unique: would a row that is made or changed hit a unique key: of a row that
 * stands here, or of another row that is made or changed?  The server compares
 * (collations, prefixes), many rows with one query.  Against a description
 * only the bundle's own rows are compared, byte by byte but for case where the
 * collation has none.
 *
 *   unique_new, unique_row for each row in turn, unique_end, unique_free
 */
struct unique;

/* NULL said; a table without unique keys costs nothing further. */
struct unique *unique_new(struct restore *r, const struct target *t) MUST_CHECK;
void unique_free(struct unique *u);

/**
 * unique_row(u, name, current, cells, n):
 * The row ${name} is to be changed by ${cells}, or made of them (${current}
 * NULL).  0, or -1 said.
 */
int
unique_row(struct unique *u, const char *name, const struct db_value *current,
    const struct plan_cell *cells, size_t n) MUST_CHECK;

/* Behind the last row: each clash is a finding "unique-key".  0, or -1 said. */
int unique_end(struct unique *u) MUST_CHECK;

#endif
