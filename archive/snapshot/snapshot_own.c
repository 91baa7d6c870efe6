#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "archive/snapshot/snapshot.h"
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

/* 169.254.0.0/16 and fe80::/10 are of the wire, not of the node. */
static int
link_local(const struct address *a)
{

	if (a->family == 4)
		return a->bytes[0] == 169 && a->bytes[1] == 254;
	return a->bytes[0] == 0xfe && (a->bytes[1] & 0xc0) == 0x80;
}

static int
own_add(
    struct manifest *m, const struct address *a, int prefix, const char *where)
{

	if (address_special(a) || link_local(a))
		return 0;
	return manifest_add_own(m, a, prefix, where);
}

static int
interfaces(struct manifest *m)
{
	char where[sizeof("interface ") + IF_NAMESIZE];
	struct ifaddrs *all, *ifa;
	struct address a;
	int prefix, rc = 0;

	if (getifaddrs(&all)) {
		warn_errno("the network interfaces cannot be listed");
		return -1;
	}
	for (ifa = all; ifa != NULL && rc == 0; ifa = ifa->ifa_next) {
		if ((ifa->ifa_flags & IFF_LOOPBACK) != 0 ||
		    !interface_address(ifa, &a, &prefix))
			continue;
		snprintf(where, sizeof(where), "interface %s", ifa->ifa_name);
		rc = own_add(m, &a, prefix, where);
	}
	freeifaddrs(all);
	return rc;
}

/* What the configuration says, each address once. */
static int
configured(struct manifest *m, const struct site *site)
{
	size_t i, j, first = m->nown;
	struct address a;

	for (i = 0; i < site->naddresses; i++) {
		if (address_parse(site->addresses[i].text, &a))
			continue;
		for (j = first; j < m->nown; j++)
			if (address_compare(&m->own[j].addr, &a) == 0)
				break;
		if (j == m->nown &&
		    own_add(m, &a, -1, site->addresses[i].where))
			return -1;
	}
	return 0;
}

/* What the operator adds, unless it is there. */
static int
given(struct manifest *m, const char *const *texts)
{
	struct address a;
	size_t i;

	for (; texts != NULL && *texts != NULL; texts++) {
		if (address_parse(*texts, &a)) {
			warn_msg("%s is no address", *texts);
			return -1;
		}
		for (i = 0; i < m->nown; i++)
			if (address_compare(&m->own[i].addr, &a) == 0)
				break;
		if (i == m->nown && own_add(m, &a, -1, "--address"))
			return -1;
	}
	return 0;
}

int
snapshot_own(struct snapshot *s)
{
	struct manifest *m = bundle_new_manifest(s->bundle);

	/* Files below another root are those of another machine. */
	if (strcmp(root_dir(s->root), "/") == 0 && interfaces(m))
		return -1;
	return configured(m, s->site) || given(m, s->opt->addresses) ? -1 : 0;
}
