#ifndef RESTORE_LOCK_H
#define RESTORE_LOCK_H

#include "archive/outcome.h"

/**
 * lock: one restore at a time.  The lock is on DIR/lock and ends with the
 * descriptor, so that a killed restore leaves nothing to be cleared away.
 */

/**
 * lock_take(dir):
 * Make ${dir} (0700; its parents too) when it is not there, and lock it. Return
 * a descriptor for the caller to close, or -1: said, and when another restore
 * has it, with the name of the file.
 */
int lock_take(const char *dir) MUST_CHECK;

/* As lock_take where DIR/lock is there already: 1 with ${*fd}; 0 when it is
 * not, and nothing is made; -1 said. */
int lock_there(const char *dir, int *fd) MUST_CHECK;

#endif
