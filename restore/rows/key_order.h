#ifndef RESTORE_KEY_ORDER_H
#define RESTORE_KEY_ORDER_H

#include "archive/database/db.h"

/**
 * key_order: the order in which a server gives rows by their key, as far as it
 * can be told from outside.
 */

/* Does what the server finds greater come behind, when it sorts by the column?
 * Of texts and whole numbers that is so; an ENUM, say, is sorted by number and
 * compared as text.  None that may be NULL is. */
int key_is_ordered(const struct item_column *c);

/* -1, 0, 1: two values of such a column, as the server writes them.  Of texts
 * it is a guess (no case; byte by byte), for the collation decides. */
int key_order(const struct item_column *c, const struct db_value *a,
    const struct db_value *b);

#endif
