#ifndef RESTORE_SOCKETS_H
#define RESTORE_SOCKETS_H

#include "archive/address/address.h"
#include "archive/node/socket_owner.h"

/* A TCP socket that waits for connections. */
struct socket_row {
	struct address addr;
	unsigned int port;
	uint64_t inode;
	struct socket_owner owner; /* pid 0: not seen */
};

/* All of this network namespace, by /proc/net: 0 with ${*out} to be freed, or
 * -1 said. */
int sockets_listening(struct socket_row **out, size_t *n) MUST_CHECK;

#endif
