#ifndef RESTORE_OUTSIDE_H
#define RESTORE_OUTSIDE_H

#include "restore/rows/target.h"

/**
 * outside: rows that the sweep captured, of tables outside the catalogue.  They
 * are held, and what is not here is not made, unless --also names them.
 */

/* Is it such a table, of which --also names no row? */
int outside_held(const struct restore *r, const struct item *item);

/* The table that is held is not here as it was: a note.  0, or -1 said. */
int outside_differs(struct restore *r, const struct item *item) MUST_CHECK;

/* Is it such a row, which is not here and is not to be made?  1, told; 0; -1
 * said. */
int outside_absent(
    struct restore *r, const struct item *item, const char *row) MUST_CHECK;

#endif
