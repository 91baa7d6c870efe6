#ifndef ARCHIVE_VIRT_CLIENTS_H
#define ARCHIVE_VIRT_CLIENTS_H

#include "archive/virt.h"

/**
 * virt_clients: who else is connected to the daemon that a session is with, and
 * may write.  Asked through the daemon's socket for administration, which only
 * root may use.
 */
struct virt_client {
	uint64_t pid;  /* 0: not on this machine, or not seen from here */
	char who[128]; /* "user nova", "10.2.116.20:41522" */
};

/**
 * virt_clients(v, out, n, why):
 * List them (to be freed); ourselves and those that only read are left out.  1;
 * 0 when they cannot be asked for, with ${*why} in words (static; NULL when
 * there can be none, as the driver is inside this process); -1 said.
 */
int virt_clients(struct virt *v, struct virt_client **out, size_t *n,
    const char **why) MUST_CHECK;

#endif
