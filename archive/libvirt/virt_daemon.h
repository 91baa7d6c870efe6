#ifndef ARCHIVE_VIRT_DAEMON_H
#define ARCHIVE_VIRT_DAEMON_H

#include "archive/libvirt/virt.h"

/**
 * virt_daemon: who a session is with, as the kernel knows it.
 */

/**
 * virt_daemon_sockets(v, s):
 * The sockets at which the daemon of a session may be: 1 with s->path, which
 * ends with NULL; 0 when it is not one of this machine.
 */
struct virt_sockets {
	const char *path[3];
	char own[256]; /* room for one that the URI names */
};
int virt_daemon_sockets(const struct virt *v, struct virt_sockets *s);

/**
 * virt_daemon_reads(v, kind, folder):
 * Is what stands in ${folder} here what the driver, too, finds under that name,
 * where definitions of that kind go, and is it of the library's own version?
 * 1: it is in this process, or the one that listens at the daemon's socket sees
 * the same folder.  0: not so, or that is not known (only root may see it).
 */
int virt_daemon_reads(struct virt *v, enum item_kind kind, const char *folder);

#endif
