#ifndef ARCHIVE_SNAPSHOT_BESIDE_H
#define ARCHIVE_SNAPSHOT_BESIDE_H

#include "archive/snapshot/snapshot.h"

/**
 * snapshot_beside(s, item, name, xml, o):
 * Warn of what the domain ${name} needs that stands beside its definition and
 * is not in the bundle, with what to do: files (UEFI variables, kernel,
 * ramdisk), snapshots and checkpoints, a managed-save image, the state of a
 * TPM.  ${o} (may be NULL: libvirt has lost the domain) is what libvirt tells.
 * The files of the bundle must be in the manifest already.  0, or -1 said.
 */
int snapshot_beside(struct snapshot *s, const char *item, const char *name,
    const char *xml, const struct virt_object *o) MUST_CHECK;

#endif
