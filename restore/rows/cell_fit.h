#ifndef RESTORE_CELL_FIT_H
#define RESTORE_CELL_FIT_H

#include "restore/rows/target.h"

/**
 * cell_fit(r, t, i, item, bytes, len):
 * Does a new value fit cell ${i} of the table here?  What does not is a
 * finding of ${item}, "too-long" or "charset": said now, not by the server.
 * 0, or -1 said.
 */
int cell_fit(struct restore *r, const struct target *t, size_t i,
    const char *item, const char *bytes, size_t len) MUST_CHECK;

#endif
