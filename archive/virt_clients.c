#include "archive/virt_clients.h"

#include <libvirt/libvirt-admin.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/virt_kind.h"
#include "archive/warn.h"

/* The daemons that may stand behind qemu:///system, the newer first. */
static const char *const daemons[] = { "virtqemud", "libvirtd" };
#define DAEMONS (sizeof(daemons) / sizeof(daemons[0]))

/* Where a session's daemon has its sockets: 1 with ${dir}, 0 when it is not on
 * this machine, or no daemon at all. */
static int
socket_dir(const char *uri, char *dir, size_t room)
{
	const char *at, *end;

	if ((at = strstr(uri, "socket=")) != NULL) {
		at += strlen("socket=");
		end = at + strcspn(at, "&");
		while (end > at && *end != '/')
			end--;
		if (end == at || (size_t)(end - at) >= room)
			return 0;
		memcpy(dir, at, (size_t)(end - at));
		dir[end - at] = '\0';
		return 1;
	}
	if (strcmp(uri, "qemu:///system") != 0 &&
	    strcmp(uri, "qemu+unix:///system") != 0)
		return 0;
	snprintf(dir, room, "/run/libvirt");
	return 1;
}

/* Open the administration of one of the daemons; NULL when none answers. */
static virAdmConnectPtr
open_admin(const char *dir, const char **daemon)
{
	virAdmConnectPtr admin;
	char path[256], uri[384];
	size_t i;

	for (i = 0; i < DAEMONS; i++) {
		snprintf(path, sizeof(path), "%s/%s-admin-sock", dir,
		    i == 1 ? "libvirt" : daemons[i]);
		if (access(path, F_OK) == -1)
			continue;
		snprintf(uri, sizeof(uri), "%s:///system?socket=%s", daemons[i],
		    path);
		if ((admin = virAdmConnectOpen(uri, 0)) != NULL) {
			*daemon = daemons[i];
			return admin;
		}
	}
	return NULL;
}

static void
take_who(virTypedParameterPtr p, int n, struct virt_client *to)
{
	const char *user = NULL, *addr = NULL;
	int pid = 0;

	(void)virTypedParamsGetInt(p, n, VIR_CLIENT_INFO_UNIX_PROCESS_ID, &pid);
	(void)virTypedParamsGetString(
	    p, n, VIR_CLIENT_INFO_UNIX_USER_NAME, &user);
	(void)virTypedParamsGetString(p, n, VIR_CLIENT_INFO_SOCKET_ADDR, &addr);
	to->pid = pid > 0 ? (uint64_t)pid : 0;
	snprintf(to->who, sizeof(to->who), "%s%s", user != NULL ? "user " : "",
	    user != NULL   ? user
	    : addr != NULL ? addr
			   : "unknown");
}

/* One client into the list, unless it only reads or is gone by now. */
static void
take_client(virAdmClientPtr client, struct virt_client *out, size_t *n)
{
	virTypedParameterPtr params = NULL;
	int nparams = 0, readonly = 0;

	if (virAdmClientGetInfo(client, &params, &nparams, 0) == -1)
		return;
	(void)virTypedParamsGetBoolean(
	    params, nparams, VIR_CLIENT_INFO_READONLY, &readonly);
	if (!readonly)
		take_who(params, nparams, &out[(*n)++]);
	virTypedParamsFree(params, nparams);
}

/* Our own session goes out of the list.  A daemon in a container of its own
 * does not know our pid: then one without a pid is ours. */
static void
drop_own(struct virt_client *out, size_t *n)
{
	uint64_t own = (uint64_t)getpid();
	size_t i, pass;

	for (pass = 0; pass < 2; pass++, own = 0) {
		for (i = 0; i < *n; i++) {
			if (out[i].pid != own)
				continue;
			memmove(
			    &out[i], &out[i + 1], (*n - i - 1) * sizeof(*out));
			(*n)--;
			return;
		}
	}
}

static int
list(virAdmServerPtr server, struct virt_client **out, size_t *n)
{
	virAdmClientPtr *clients = NULL;
	int i, all, rc = 1;

	if ((all = virAdmServerListClients(server, &clients, 0)) == -1)
		return 0;
	*out = calloc((size_t)all + 1, sizeof(**out));
	if (*out == NULL) {
		warn_msg("out of memory");
		rc = -1;
	}
	for (i = 0; i < all; i++) {
		if (rc == 1)
			take_client(clients[i], *out, n);
		(void)virAdmClientFree(clients[i]);
	}
	free(clients);
	if (rc == 1)
		drop_own(*out, n);
	return rc;
}

int
virt_clients(
    struct virt *v, struct virt_client **out, size_t *n, const char **why)
{
	virAdmServerPtr server = NULL;
	virAdmConnectPtr admin;
	const char *daemon;
	char dir[200];
	int rc = 0;

	*out = NULL;
	*n = 0;
	*why = NULL;
	if (strstr(v->uri, "/embed") != NULL ||
	    strncmp(v->uri, "test:", 5) == 0)
		return 0;
	*why = "its daemon is not on this machine";
	if (!socket_dir(v->uri, dir, sizeof(dir)))
		return 0;
	*why = "its socket for administration does not answer (it is for root "
	       "only)";
	if (virAdmInitialize() == -1 ||
	    (admin = open_admin(dir, &daemon)) == NULL)
		return 0;
	if ((server = virAdmConnectLookupServer(admin, daemon, 0)) != NULL)
		rc = list(server, out, n);
	if (server != NULL)
		(void)virAdmServerFree(server);
	(void)virAdmConnectClose(admin);
	return rc;
}
