#ifndef ARCHIVE_SNAPSHOT_KINDS_H
#define ARCHIVE_SNAPSHOT_KINDS_H

#include "archive/snapshot/snapshot.h"

/* All parts are read: keep the kinds of place (kind.h) of the groups that were
 * looked at.  0, or -1 said. */
int snapshot_kinds(struct snapshot *s) MUST_CHECK;

#endif
