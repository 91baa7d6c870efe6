#ifndef ARCHIVE_SNAPSHOT_HOSTS_H
#define ARCHIVE_SNAPSHOT_HOSTS_H

#include "archive/belong/closure.h"
#include "archive/snapshot/snapshot.h"

/**
 * snapshot_hosts(s):
 * Which rows --host lets in, into ${s}->closure: NULL without that option.
 * Within the transaction of the rows.  The manifest gets the hosts, and
 * warnings of what is not in the bundle because of them.  0, or -1 said.
 */
int snapshot_hosts(struct snapshot *s) MUST_CHECK;

/**
 * snapshot_elsewhere(s):
 * The other compute hosts and their live instances, into the manifest: what
 * other bundles have to have (audit joins them).  0, or -1 said.
 */
int snapshot_elsewhere(struct snapshot *s) MUST_CHECK;

#endif
