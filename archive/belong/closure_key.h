#ifndef ARCHIVE_CLOSURE_KEY_H
#define ARCHIVE_CLOSURE_KEY_H

#include "archive/belong/closure_private.h"

/**
 * closure_key: the primary key of a row as one value of a set, and back: each
 * cell with its length in front.
 */
int closure_key_add(struct buf *key, const struct db_value *cell) MUST_CHECK;

/* The next cell, borrowed from ${v}; ${*at} is 0 at first. */
void closure_key_cell(
    const struct idset_value *v, size_t *at, struct db_value *cell);

/* Put the rows of a table in order: numbers as numbers, all else by bytes. */
int closure_key_sort(struct closure_table *t) MUST_CHECK;

#endif
