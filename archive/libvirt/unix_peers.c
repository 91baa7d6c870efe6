#include "archive/libvirt/unix_peers.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* The kernel's state of a connection, and of one that nobody took yet. */
#define ESTABLISHED 1

/* In front of an attribute's value. */
#define HEAD sizeof(struct nlattr)

struct peers {
	const char *const *paths;
	uint64_t *inode;
	size_t n;
};

static int
ask(int fd)
{
	struct {
		struct nlmsghdr head;
		struct unix_diag_req req;
	} m;

	memset(&m, 0, sizeof(m));
	m.head.nlmsg_len = sizeof(m);
	m.head.nlmsg_type = SOCK_DIAG_BY_FAMILY;
	m.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	m.req.sdiag_family = AF_UNIX;
	m.req.udiag_states = 1u << ESTABLISHED;
	m.req.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER;
	return send(fd, &m, sizeof(m), 0) == (ssize_t)sizeof(m) ? 0 : -1;
}

/* Is it the name of one of the sockets?  /var/run is /run. */
static int
is_path(const struct peers *p, const char *name, size_t len)
{
	const char *const *path;

	if (len > 4 && memcmp(name, "/var/run/", 9 < len ? 9 : len) == 0) {
		name += 4;
		len -= 4;
	}
	for (path = p->paths; *path != NULL; path++) {
		if (strlen(*path) == len && memcmp(*path, name, len) == 0)
			return 1;
	}
	return 0;
}

static int
take(struct peers *p, const struct nlmsghdr *head)
{
	struct unix_diag_msg msg;
	struct nlattr attr;
	const char *at = (const char *)head + NLMSG_HDRLEN, *value;
	size_t left = head->nlmsg_len - NLMSG_HDRLEN, len;
	uint32_t peer = 0;
	uint64_t *more;
	int found = 0;

	if (left < sizeof(msg))
		return 0;
	at += NLMSG_ALIGN(sizeof(msg));
	left -= NLMSG_ALIGN(sizeof(msg));
	while (left >= sizeof(attr)) {
		memcpy(&attr, at, sizeof(attr));
		if (attr.nla_len < HEAD || attr.nla_len > left)
			break;
		value = at + HEAD;
		len = attr.nla_len - HEAD;
		if (attr.nla_type == UNIX_DIAG_NAME)
			found = is_path(p, value, strnlen(value, len));
		else if (attr.nla_type == UNIX_DIAG_PEER && len == 4)
			memcpy(&peer, value, sizeof(peer));
		len = ((size_t)attr.nla_len + 3) / 4 * 4;
		if (len > left)
			break;
		at += len;
		left -= len;
	}
	if (!found || peer == 0)
		return 0;
	more = reallocarray(p->inode, p->n + 1, sizeof(*more));
	if (more == NULL)
		return -1;
	p->inode = more;
	p->inode[p->n++] = peer;
	return 0;
}

/* One datagram of the answer: 1 more to come, 0 the end, -1 with errno. */
static int
take_all(struct peers *p, const char *bytes, size_t len)
{
	struct nlmsghdr head;
	struct nlmsgerr err;
	size_t at = 0;

	for (; len - at >= sizeof(head); at += NLMSG_ALIGN(head.nlmsg_len)) {
		memcpy(&head, bytes + at, sizeof(head));
		if (head.nlmsg_len < sizeof(head) || head.nlmsg_len > len - at)
			break;
		if (head.nlmsg_type == NLMSG_DONE)
			return 0;
		if (head.nlmsg_type == NLMSG_ERROR) {
			memcpy(&err, bytes + at + NLMSG_HDRLEN, sizeof(err));
			errno = -err.error;
			return -1;
		}
		if (head.nlmsg_type == SOCK_DIAG_BY_FAMILY &&
		    take(p, (const struct nlmsghdr *)(const void *)(bytes +
								    at)) == -1)
			return -1;
		if (NLMSG_ALIGN(head.nlmsg_len) > len - at)
			break;
	}
	return 1;
}

int
unix_peers(const char *const *paths, uint64_t **out, size_t *n)
{
	struct peers p = { .paths = paths };
	_Alignas(struct nlmsghdr) char bytes[32768];
	ssize_t len;
	int fd, rc = -1, err;

	fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	if (fd == -1)
		return -1;
	if (ask(fd) == -1)
		goto out;
	do {
		if ((len = recv(fd, bytes, sizeof(bytes), 0)) == -1)
			rc = errno == EINTR ? 1 : -1;
		else
			rc = take_all(&p, bytes, (size_t)len);
	} while (rc == 1);
out:
	err = errno;
	close(fd);
	if (rc == -1) {
		free(p.inode);
		errno = err;
		return -1;
	}
	*out = p.inode;
	*n = p.n;
	return 0;
}
