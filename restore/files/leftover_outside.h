#ifndef RESTORE_LEFTOVER_OUTSIDE_H
#define RESTORE_LEFTOVER_OUTSIDE_H

#include "archive/node/fileset.h"
#include "restore/restore.h"

/**
 * leftover_outside_file(r, e):
 * Add to the plan what the map would change in a file that neither the file set
 * nor the bundle has (fileset_outside.h): as held, "outside the catalogue", or
 * as a leftover where --also releases it; in an image as held, always.  0, or
 * -1 said.
 */
int leftover_outside_file(
    struct restore *r, const struct fileset_entry *e) MUST_CHECK;

#endif
