#ifndef ARCHIVE_ACCOUNT_HOST_H
#define ARCHIVE_ACCOUNT_HOST_H

#include <stddef.h>

#include "archive/address/address.h"

/**
 * account_host: the host part of a MySQL account, which says from where one may
 * log in: an address, a pattern (LIKE: % and _), a network with its mask
 * (10.2.116.0/255.255.255.0, MySQL also /24), a name.
 */
enum account_bound {
	ACCOUNT_ANYWHERE, /* wildcards alone, localhost, loopback: moves along
			   */
	ACCOUNT_ADDRESS,
	ACCOUNT_NETWORK, /* a pattern, or a network with its mask */
	ACCOUNT_NAME
};

struct account_host {
	enum account_bound bound;
	/* ACCOUNT_ADDRESS; ACCOUNT_NETWORK: what all addresses that fit have in
	 * common, so far as it is whole octets (of IPv6: whole groups). */
	struct address net;
	int prefix;
	/* ACCOUNT_NETWORK: where the text behind that begins ("%", "1%",
	 * "/255.255.255.0"); 0: the text does not show where. */
	size_t tail;
};

/* Untrusted input: yes. */
void account_host_read(const char *host, struct account_host *h);

#endif
