#ifndef RESTORE_PICK_H
#define RESTORE_PICK_H

#include "restore/restore.h"

/* 0; -1 (said) when a glob of --only fits no item of the bundle. */
int pick_check(const struct restore *r) MUST_CHECK;

/* 1 when the bundle has an item of that part that --only and --not let in. */
int pick_has(const struct restore *r, enum item_part part);

#endif
