#ifndef RESTORE_BATCH_H
#define RESTORE_BATCH_H

#include "restore/rows/target.h"

/**
 * batch: some captured rows, and the rows with the same keys that are here now,
 * fetched with one query.  Where the map changes a row's key, the row with the
 * new one is fetched too.
 */
struct batch;
#define BATCH_ROWS 500

struct batch *batch_new(const struct target *t) MUST_CHECK;
void batch_free(struct batch *b);

/* Copy a captured row in, and the other key that it will have: a value for each
 * part, or NULL: the same.  0 or -1. */
int batch_add(struct batch *b, const struct db_value *cells,
    const struct db_value *key) MUST_CHECK;

/* Enough rows, or bytes of them, for one query? */
int batch_full(const struct batch *b);
size_t batch_rows(const struct batch *b);

/* Fetch what is here (nothing, of a description): 0, or -1 said. */
int batch_fetch(struct batch *b) MUST_CHECK;

/* The cells of row i; those of the row that has its key here, and of the one
 * that has its other key: NULL when there is none.  They live until
 * batch_clear. */
const struct db_value *batch_captured(const struct batch *b, size_t i);
const struct db_value *batch_current(const struct batch *b, size_t i);
const struct db_value *batch_moved(const struct batch *b, size_t i);

/* Has row i another key to have? */
int batch_moves(const struct batch *b, size_t i);

void batch_clear(struct batch *b);

#endif
