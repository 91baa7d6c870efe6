#ifndef RESTORE_RESTORE_CELLS_H
#define RESTORE_RESTORE_CELLS_H

#include "restore/restore.h"

/**
 * restore_cells(r):
 * Add to ${r}->site the databases of nova's cells that the bundle has rows of:
 * as its cell_mappings name them, through the map.  DONE, FAILED, REFUSED.
 */
enum outcome restore_cells(struct restore *r) MUST_CHECK;

#endif
