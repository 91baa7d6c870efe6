#ifndef RESTORE_MOVED_H
#define RESTORE_MOVED_H

#include "restore/restore.h"

/**
 * moved: which items of the bundle have another name on this host once they are
 * restored; for the leftover scan.
 */
struct moved;

/* NULL, said. */
struct moved *moved_new(struct restore *r) MUST_CHECK;
void moved_free(struct moved *m);

/* The name here of the bundle's ${item}, and the reverse; a name that does not
 * change is returned itself. */
const char *moved_to(const struct moved *m, const char *item);
const char *moved_from(const struct moved *m, const char *item);

/* Does the name of what stands here, and is no item that was renamed, hold an
 * address that its program looks for it by?  Then it is a leftover of the plan,
 * or held.  0, or -1 said. */
int moved_leftover(struct restore *r, const char *item) MUST_CHECK;

#endif
