#ifndef RESTORE_MOVES_H
#define RESTORE_MOVES_H

#include "restore/rows/batch.h"

/**
 * moves: rows whose primary key the map changes, and which row here each of
 * them is.  A row stands under its captured key, or under the new one once it
 * was changed.  Where both are taken, the captured key may have become that of
 * another row (a chain of keys), which is known behind the last row only.
 *
 *   moves_new, then for each row moves_key, batch_add, batch_fetch and
 *   moves_find; moves_end behind the last row; moves_free
 */
struct moves;

/* ${say}: that two rows stand for one is a finding.  NULL, said. */
struct moves *
moves_new(struct restore *r, const struct target *t, int say) MUST_CHECK;
void moves_free(struct moves *m);

/* The key that the map makes of a captured row's, a value for each part, until
 * the next call; ${*key} NULL: the same.  0, or -1 said. */
int moves_key(struct moves *m, const struct db_value *captured,
    const struct db_value **key) MUST_CHECK;

/* The row here (NULL: none) that row i of a fetched batch is: 1 with
 * ${*current}; 0: moves_end will tell (the row was copied); -1 said. */
int moves_find(struct moves *m, const struct batch *b, size_t i,
    const struct db_value **current) MUST_CHECK;

/* ${fn} for each row that was not told: 0, what ${fn} returned, or -1 said. */
typedef int moves_fn(void *cookie, const struct db_value *captured,
    const struct db_value *current);
int moves_end(struct moves *m, moves_fn *fn, void *cookie) MUST_CHECK;

#endif
