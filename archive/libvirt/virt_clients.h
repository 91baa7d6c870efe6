#ifndef ARCHIVE_VIRT_CLIENTS_H
#define ARCHIVE_VIRT_CLIENTS_H

#include "archive/libvirt/virt.h"

/**
 * virt_clients: who else is connected to the daemon that a session is with, and
 * may write.  The kernel is asked who stands at the other end of the daemon's
 * socket for writers (libvirt's own library for administration cannot be used
 * in a process that uses libvirt).  Clients from other machines are not seen.
 */
struct virt_client {
	uint64_t pid;  /* 0: not seen from here */
	char name[64]; /* the program's */
};

/**
 * virt_clients(v, out, n, why):
 * List them (to be freed), without ourselves.  1; 0 when they cannot be asked
 * for, with ${*why} in words (static; NULL when there can be none, as the
 * driver is inside this process); -1 said.
 */
int virt_clients(struct virt *v, struct virt_client **out, size_t *n,
    const char **why) MUST_CHECK;

#endif
