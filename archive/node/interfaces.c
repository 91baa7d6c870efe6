#include "archive/node/interfaces.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>

#include "archive/warn.h"

/* Bits that are set at the start of a netmask. */
static int
prefix_of(const unsigned char *mask, size_t len)
{
	int n = 0;
	size_t i;

	for (i = 0; i < len * 8; i++, n++)
		if ((mask[i / 8] & (0x80 >> (i % 8))) == 0)
			break;
	return n;
}

/* Address and prefix of an interface: 1, or 0 when it has none of ours. */
static int
interface_address(const struct ifaddrs *ifa, struct address *a, int *prefix)
{
	const struct sockaddr_in6 *s6, *m6;
	const struct sockaddr_in *s4, *m4;
	const void *s = ifa->ifa_addr, *m = ifa->ifa_netmask;

	if (s == NULL)
		return 0;
	memset(a, 0, sizeof(*a));
	*prefix = -1;
	switch (ifa->ifa_addr->sa_family) {
	case AF_INET:
		s4 = s;
		m4 = m;
		a->family = 4;
		memcpy(a->bytes, &s4->sin_addr, 4);
		if (m4 != NULL)
			*prefix =
			    prefix_of((const unsigned char *)&m4->sin_addr, 4);
		return 1;
	case AF_INET6:
		s6 = s;
		m6 = m;
		a->family = 6;
		memcpy(a->bytes, &s6->sin6_addr, 16);
		if (m6 != NULL)
			*prefix = prefix_of(
			    (const unsigned char *)&m6->sin6_addr, 16);
		return 1;
	default:
		return 0;
	}
}

int
interfaces_foreign(const struct address *a)
{

	if (address_special(a))
		return 1;
	if (a->family == 4)
		return a->bytes[0] == 169 && a->bytes[1] == 254;
	return a->bytes[0] == 0xfe && (a->bytes[1] & 0xc0) == 0x80;
}

int
interfaces_each(interfaces_fn *fn, void *cookie)
{
	struct ifaddrs *all, *ifa;
	struct address a;
	int prefix, rc = 0;

	if (getifaddrs(&all)) {
		warn_errno("the network interfaces cannot be listed");
		return -1;
	}
	for (ifa = all; ifa != NULL && rc == 0; ifa = ifa->ifa_next) {
		if ((ifa->ifa_flags & IFF_LOOPBACK) != 0 ||
		    !interface_address(ifa, &a, &prefix) ||
		    interfaces_foreign(&a))
			continue;
		rc = fn(cookie, ifa->ifa_name, &a, prefix);
	}
	freeifaddrs(all);
	return rc;
}
