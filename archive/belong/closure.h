#ifndef ARCHIVE_CLOSURE_H
#define ARCHIVE_CLOSURE_H

#include "archive/database/db_query.h"

/**
 * closure: which rows belong to some compute hosts, with all that these rows
 * need (belong.h), in the databases of a site.
 *
 *   closure_find    asks the servers until nothing new comes
 *   closure_next    the rows of a table, batch by batch
 *   closure_free
 *
 * The sessions have to be within the transaction in which the rows are read
 * (db_begin_reading).  Memory holds the keys of the rows that are taken, and
 * the values that lead to others; no row.
 */
struct closure;

/**
 * closure_find(set, hosts, m, out):
 * ${hosts}: names, ended by NULL.  What cannot be told apart is taken whole,
 * with a warning in ${m}.  0 with ${*out}; -1 said, also when the databases
 * know no host of such a name (those that they know are told).
 */
int closure_find(struct db_set *set, const char *const *hosts,
    struct manifest *m, struct closure **out) MUST_CHECK;
void closure_free(struct closure *c);

/**
 * closure_next(c, server, t, cursor, rows):
 * The next rows of table ${t}, as db_read_table gives them: 1 with ${*rows},
 * which the caller reads and frees before the next call; 0 at the end; -1 said.
 * ${*cursor} is 0 at first.  A table that is whole comes in one batch.
 */
int closure_next(struct closure *c, struct db_server *server,
    const struct item_table *t, size_t *cursor,
    struct db_rows **rows) MUST_CHECK;

#endif
