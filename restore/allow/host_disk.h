#ifndef RESTORE_ALLOW_HOST_DISK_H
#define RESTORE_ALLOW_HOST_DISK_H

#include "archive/buf.h"
#include "archive/node/root.h"

/**
 * host_disk(r, path, why):
 * Is what stands at ${path}, links followed, something that a domain may not
 * have for a disk: a device that this host has mounted, swaps to, or has built
 * something on (LVM, RAID, crypt), it or one of its partitions; or no block
 * device at all?  1 with the reason appended to ${why}; 0 not, or nothing is
 * there; -1 said.
 */
int host_disk(struct root *r, const char *path, struct buf *why) MUST_CHECK;

#endif
