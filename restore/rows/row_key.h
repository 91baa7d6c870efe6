#ifndef RESTORE_ROW_KEY_H
#define RESTORE_ROW_KEY_H

#include "restore/rows/target.h"

/**
 * row_key: the primary key of a row in a plan or a journal: the record's own
 * before the change, with what its cells set afterwards.
 */

/* Part ${k} of it, before or after the change; ${t} has the record's key. */
struct db_value row_key(
    const struct target *t, const struct plan_record *rec, size_t k, int after);

/* 1 when a cell changes the key. */
int row_key_moves(const struct target *t, const struct plan_record *rec);

#endif
