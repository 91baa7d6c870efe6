#ifndef RESTORE_KEY_REFS_H
#define RESTORE_KEY_REFS_H

#include "restore/rows/target.h"

/**
 * key_refs_tell(r, t):
 * Rows of the table get other primary keys: a note for each foreign key here
 * that refers to it, and for what the server does then.  0, or -1 said.
 */
int key_refs_tell(struct restore *r, const struct target *t) MUST_CHECK;

#endif
