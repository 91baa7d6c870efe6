#include <errno.h>
#include <ifaddrs.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/facts/facts_internal.h"

/* Whose driver says so is a bridge: the kernel's own, or Open vSwitch's.  Asked
 * of the kernel, as /sys may be another network namespace's. */
static int
is_bridge(int fd, const char *name)
{
	struct ethtool_drvinfo info;
	struct ifreq ifr;

	memset(&info, 0, sizeof(info));
	memset(&ifr, 0, sizeof(ifr));
	info.cmd = ETHTOOL_GDRVINFO;
	strncpy(ifr.ifr_name, name, sizeof(ifr.ifr_name) - 1);
	ifr.ifr_data = (char *)&info;
	if (ioctl(fd, SIOCETHTOOL, &ifr) == -1)
		return 0;
	return strcmp(info.driver, "bridge") == 0 ||
	       strcmp(info.driver, "openvswitch") == 0;
}

/* An address of an interface: 1, or 0 when it is none of ours. */
static int
take_address(const struct sockaddr *s, struct address *a)
{
	struct sockaddr_in6 s6;
	struct sockaddr_in s4;

	memset(a, 0, sizeof(*a));
	if (s == NULL)
		return 0;
	if (s->sa_family == AF_INET) {
		memcpy(&s4, s, sizeof(s4));
		a->family = 4;
		memcpy(a->bytes, &s4.sin_addr, 4);
		return 1;
	}
	if (s->sa_family != AF_INET6)
		return 0;
	memcpy(&s6, s, sizeof(s6));
	a->family = 6;
	memcpy(a->bytes, &s6.sin6_addr, 16);
	return 1;
}

/* "eth0:1" is a label of an address on eth0. */
static struct fact_interface *
find(struct facts *f, const char *label)
{
	size_t i, len = strcspn(label, ":");

	for (i = 0; i < f->ninterfaces; i++) {
		if (strlen(f->interfaces[i].name) == len &&
		    memcmp(f->interfaces[i].name, label, len) == 0)
			return &f->interfaces[i];
	}
	return NULL;
}

static int
add(struct facts *f, int fd, const struct ifaddrs *ifa)
{
	struct fact_interface *in;
	struct address a;

	if ((in = find(f, ifa->ifa_name)) == NULL) {
		if ((in = facts_new_interface(f, ifa->ifa_name)) == NULL)
			return -1;
		in->is_bridge = is_bridge(fd, ifa->ifa_name);
	}
	if (take_address(ifa->ifa_addr, &a) == 1)
		return facts_new_address(in, &a);
	return 0;
}

int
facts_interfaces(struct facts *f)
{
	struct ifaddrs *all, *ifa;
	int fd, rc = 0;

	if (getifaddrs(&all) == -1)
		return facts_unseen(
		    f, "the network interfaces: %s", strerror(errno));
	if ((fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) == -1)
		rc = facts_unseen(
		    f, "which interfaces are bridges: %s", strerror(errno));
	for (ifa = all; ifa != NULL && rc == 0; ifa = ifa->ifa_next)
		rc = add(f, fd, ifa);
	if (fd != -1)
		close(fd);
	freeifaddrs(all);
	return rc;
}
