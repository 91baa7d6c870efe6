#ifndef RESTORE_CELL_WIDTH_H
#define RESTORE_CELL_WIDTH_H

#include "archive/database/db.h"

/**
 * cell_width: columns of a fixed number of bytes, binary(N): the server fills
 * what is shorter with zero bytes, which are no part of the value.
 */

/* The value without them; that of any other column as it is. */
struct db_value
cell_width_cut(const struct item_column *c, const struct db_value *v);

/* Fill a new value as the server would: 0 or -1. */
int cell_width_fill(const struct item_column *c, struct buf *value) MUST_CHECK;

#endif
