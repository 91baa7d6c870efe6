#include "archive/libvirt/virt_clients.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/libvirt/unix_peers.h"
#include "archive/libvirt/virt_kind.h"
#include "archive/node/socket_owner.h"
#include "archive/warn.h"

/* Where qemu:///system is answered: by one daemon, or by one for each driver.
 */
static const char *const system_sockets[] = { "/run/libvirt/libvirt-sock",
	"/run/libvirt/virtqemud-sock", NULL };

/* The sockets behind a session: 1, or 0 when it is not with a daemon of this
 * machine.  ${own} is room for one that the URI names. */
static int
sockets_of(const char *uri, char *own, size_t room, const char *const **paths,
    const char *only[2])
{
	const char *at;
	size_t len;

	*paths = system_sockets;
	if (strcmp(uri, "qemu:///system") == 0 ||
	    strcmp(uri, "qemu+unix:///system") == 0)
		return 1;
	if ((at = strstr(uri, "socket=")) == NULL || strstr(uri, "///") == NULL)
		return 0;
	at += strlen("socket=");
	len = strcspn(at, "&");
	if (len >= room)
		return 0;
	memcpy(own, at, len);
	own[len] = '\0';
	only[0] = strncmp(own, "/var/run/", 9) == 0 ? own + 4 : own;
	only[1] = NULL;
	*paths = only;
	return 1;
}

/* The programs behind the sockets, each once, without ourselves. */
static int
list(const uint64_t *inode, size_t n, struct virt_client **out, size_t *nout)
{
	struct socket_owner *o;
	size_t i, j;
	int rc = -1;

	o = calloc(n + 1, sizeof(*o));
	*out = calloc(n + 1, sizeof(**out));
	if (o == NULL || *out == NULL) {
		warn_msg("out of memory");
		goto out;
	}
	for (i = 0; i < n; i++)
		o[i].inode = inode[i];
	if ((rc = socket_owners(o, n)) == -1) {
		rc = 0;
		goto out;
	}
	for (i = 0; i < n; i++) {
		for (j = 0; j < *nout && (*out)[j].pid != o[i].pid; j++)
			continue;
		if (o[i].pid == (uint64_t)getpid() ||
		    (j < *nout && o[i].pid != 0))
			continue;
		(*out)[*nout].pid = o[i].pid;
		memcpy((*out)[*nout].name, o[i].name, sizeof(o[i].name));
		(*nout)++;
	}
	rc = 1;
out:
	free(o);
	return rc;
}

int
virt_clients(
    struct virt *v, struct virt_client **out, size_t *n, const char **why)
{
	const char *const *paths;
	const char *only[2];
	uint64_t *inode;
	size_t ninode;
	char own[256];
	int rc;

	*out = NULL;
	*n = 0;
	*why = NULL;
	if (strstr(v->uri, "/embed") != NULL ||
	    strncmp(v->uri, "test:", 5) == 0)
		return 0;
	*why = "its daemon is not on this machine";
	if (!sockets_of(v->uri, own, sizeof(own), &paths, only))
		return 0;
	/* Without rights our own session could not be told from others. */
	*why = "that only root may see";
	if (geteuid() != 0)
		return 0;
	*why = "the kernel does not tell who is at its socket";
	if (unix_peers(paths, &inode, &ninode) == -1)
		return 0;
	rc = list(inode, ninode, out, n);
	free(inode);
	return rc;
}
