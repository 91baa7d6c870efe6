#ifndef RESTORE_TOUCHED_H
#define RESTORE_TOUCHED_H

#include "restore/rows/cell_rule.h"

/**
 * touched: what a look at a captured row's cells tells quickly: most rows need
 * no more.
 */

/* The map could match in the cell; or there could be something inside it that
 * is only told of. */
#define TOUCHED_MAP   1
#define TOUCHED_INNER 2

/* Set ${touched} of each cell, 0: neither.  1 when it is set of any of them. */
int touched_find(struct addrmap *map, const struct cell_rules *rules,
    const struct db_value *captured, unsigned char *touched);

/* Are all cells that are text as captured? */
int touched_same(const struct cell_rules *rules,
    const struct db_value *captured, const struct db_value *current);

#endif
