#ifndef ARCHIVE_SOCKET_OWNER_H
#define ARCHIVE_SOCKET_OWNER_H

#include <stddef.h>
#include <stdint.h>

#include "archive/outcome.h"

/**
 * socket_owner: which program holds a socket, by the number that the kernel
 * gives each.  Only root sees the sockets of others' programs.
 */
struct socket_owner {
	uint64_t inode; /* asked for */
	uint64_t pid;   /* found, or 0; the lowest where several hold it */
	char name[64];  /* the program's: as /proc/PID/comm, or "" */
};

/* Look for all of them at once: 0, or -1 with errno (/proc cannot be read). */
int socket_owners(struct socket_owner *o, size_t n) MUST_CHECK;

#endif
