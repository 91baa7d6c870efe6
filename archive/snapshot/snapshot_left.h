#ifndef ARCHIVE_SNAPSHOT_LEFT_H
#define ARCHIVE_SNAPSHOT_LEFT_H

#include "archive/manifest/manifest.h"
#include "archive/node/oslo.h"
#include "archive/snapshot/snapshot.h"

/**
 * snapshot_left_source(s):
 * The configuration as it stands below ${s}->root, but for files that --not
 * names outright ("file:/etc/cinder/cinder.conf"): those are as if they were
 * not there, so that a file nobody can parse does not stop a snapshot.
 */
struct oslo_source snapshot_left_source(struct snapshot *s);

/**
 * snapshot_left_warn(s, m):
 * Keep in the manifest what the operator left out, so that whoever audits the
 * bundle sees it.  0, or -1 when memory ends.
 */
int snapshot_left_warn(const struct snapshot *s, struct manifest *m) MUST_CHECK;

#endif
