#ifndef ARCHIVE_UNIX_PEERS_H
#define ARCHIVE_UNIX_PEERS_H

#include <stddef.h>
#include <stdint.h>

#include "archive/outcome.h"

/**
 * unix_peers(paths, out, n):
 * The sockets (by number) at the other ends of all connections to the unix
 * sockets that are bound to one of the ${paths} (NULL-terminated), in this
 * network namespace.  0 with ${*out} to be freed, or -1 with errno.
 */
int unix_peers(const char *const *paths, uint64_t **out, size_t *n) MUST_CHECK;

#endif
