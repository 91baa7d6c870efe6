#ifndef RESTORE_STATE_DIR_H
#define RESTORE_STATE_DIR_H

#include "archive/outcome.h"

/**
 * state_dir: the folder where restores keep their lock and their journals
 * (--state-dir, else var/lib/novark below the root).  No link on the way to it
 * is followed, so that nobody who puts one there while a restore runs gets a
 * journal written elsewhere; where links may lead, state_dir_resolve follows
 * them once, first.
 */

/* ${dir} without the links that there are on its way, malloced; NULL said. */
char *state_dir_resolve(const char *dir) MUST_CHECK;

/**
 * state_dir_make(dir):
 * Make ${dir} (0700; its parents too, open to all) where it is not there, so
 * that it outlives a power cut, and open it.  Return a descriptor for the
 * caller to close, or -1 said.
 */
int state_dir_make(const char *dir) MUST_CHECK;

/* Open it: 1 with ${*fd}, 0 when there is none, -1 said. */
int state_dir_open(const char *dir, int *fd) MUST_CHECK;

#endif
