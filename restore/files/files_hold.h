#ifndef RESTORE_FILES_HOLD_H
#define RESTORE_FILES_HOLD_H

#include "archive/node/fileset.h"
#include "restore/restore.h"

/**
 * files_hold: files that a restore leaves alone as a whole (fileset_holds): the
 * machine's own network, what another program alone may write.
 */

/* Why the file item of this name is left alone; NULL: it is not, or --also
 * releases it. */
const struct fileset_hold *
files_hold(const struct restore *r, const char *item);

/**
 * files_hold_tell(r, hold, item, captured):
 * Add to the plan what ${hold} leaves as it is: the places here that the map
 * would change, or that the file is not made.  ${captured} are the item's
 * bytes.  0, or -1 said.
 */
int files_hold_tell(struct restore *r, const struct fileset_hold *hold,
    const struct item *item, const struct buf *captured) MUST_CHECK;

#endif
