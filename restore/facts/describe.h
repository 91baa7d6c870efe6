#ifndef RESTORE_DESCRIBE_H
#define RESTORE_DESCRIBE_H

#include <jansson.h>

#include "archive/snapshot/snapshot.h"

/**
 * describe_host(s):
 * What a description says of this host beyond its items (archive/FORMAT.md,
 * "description"): for snapshot_options.describe.  A new object, or NULL said.
 */
json_t *describe_host(struct snapshot *s) MUST_CHECK;

#endif
