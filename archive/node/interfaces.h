#ifndef ARCHIVE_INTERFACES_H
#define ARCHIVE_INTERFACES_H

#include "archive/address/address.h"

/* ${prefix} is that of the interface's network, or -1.  0 to go on; anything
 * else ends the walk and is its result. */
typedef int interfaces_fn(
    void *cookie, const char *interface, const struct address *a, int prefix);

/**
 * interfaces_each(fn, cookie):
 * Call ${fn} for each address of this machine's interfaces that is the
 * machine's own: not those of loopback, nor those of the wire (169.254.0.0/16,
 * fe80::/10).  Return 0, what ${fn} returned, or -1 said.
 */
int interfaces_each(interfaces_fn *fn, void *cookie) MUST_CHECK;

/* 1 for an address that is of the wire, or special (address.h). */
int interfaces_foreign(const struct address *a);

#endif
