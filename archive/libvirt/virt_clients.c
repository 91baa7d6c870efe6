#include "archive/libvirt/virt_clients.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/libvirt/unix_peers.h"
#include "archive/libvirt/virt_daemon.h"
#include "archive/libvirt/virt_kind.h"
#include "archive/node/socket_owner.h"
#include "archive/warn.h"

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
	struct virt_sockets s;
	uint64_t *inode;
	size_t ninode;
	int rc;

	*out = NULL;
	*n = 0;
	*why = NULL;
	if (strstr(v->uri, "/embed") != NULL ||
	    strncmp(v->uri, "test:", 5) == 0)
		return 0;
	*why = "its daemon is not on this machine";
	if (!virt_daemon_sockets(v, &s))
		return 0;
	/* Without rights our own session could not be told from others. */
	*why = "that only root may see";
	if (geteuid() != 0)
		return 0;
	*why = "the kernel does not tell who is at its socket";
	if (unix_peers(s.path, &inode, &ninode) == -1)
		return 0;
	rc = list(inode, ninode, out, n);
	free(inode);
	return rc;
}
