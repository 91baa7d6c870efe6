#include "archive/libvirt/virt_daemon.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_kind.h"

/* Where qemu:///system is answered: by one daemon, or by one for each driver.
 */
#define ALL_DRIVERS "/run/libvirt/libvirt-sock"
#define QEMU_DRIVER "/run/libvirt/virtqemud-sock"

int
virt_daemon_sockets(const struct virt *v, struct virt_sockets *s)
{
	const char *uri = v->uri, *at;
	size_t len;

	memset(s, 0, sizeof(*s));
	s->path[0] = ALL_DRIVERS;
	s->path[1] = QEMU_DRIVER;
	if (strcmp(uri, "qemu:///system") == 0 ||
	    strcmp(uri, "qemu+unix:///system") == 0)
		return 1;
	if ((at = strstr(uri, "socket=")) == NULL || strstr(uri, "///") == NULL)
		return 0;
	at += strlen("socket=");
	len = strcspn(at, "&");
	if (len >= sizeof(s->own))
		return 0;
	memcpy(s->own, at, len);
	s->path[0] = strncmp(s->own, "/var/run/", 9) == 0 ? s->own + 4 : s->own;
	s->path[1] = NULL;
	return 1;
}

/* The one of the ${path}s that a descriptor of ours is connected to, or NULL.
 */
static const char *
peer_name(int fd, const char *const *path)
{
	struct sockaddr_un peer;
	socklen_t len = sizeof(peer);

	memset(&peer, 0, sizeof(peer));
	if (getpeername(fd, (struct sockaddr *)&peer, &len) ||
	    peer.sun_family != AF_UNIX || len >= sizeof(peer))
		return NULL;
	for (; *path != NULL; path++)
		if (strcmp(*path, peer.sun_path) == 0)
			return *path;
	return NULL;
}

/* Who listens there: its number, or 0; ${*name} is where. */
static int
listener(const char *const *path, const char **name)
{
	struct ucred peer = { 0, 0, 0 };
	socklen_t len = sizeof(peer);
	struct dirent *e;
	int fd;
	DIR *d;

	*name = NULL;
	if ((d = opendir("/proc/self/fd")) == NULL)
		return 0;
	while (*name == NULL && (e = readdir(d)) != NULL) {
		fd = (int)strtol(e->d_name, NULL, 10);
		if (e->d_name[0] == '.' ||
		    (*name = peer_name(fd, path)) == NULL)
			continue;
		if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len))
			peer.pid = 0;
	}
	(void)closedir(d);
	return peer.pid;
}

/* Does ${folder} of that process's root lead to ours? */
static int
same_folder(int pid, const char *folder)
{
	struct stat here, seen;
	char name[256];
	int n;

	n = snprintf(name, sizeof(name), "/proc/%d/root%s", pid, folder);
	return n > 0 && (size_t)n < sizeof(name) && stat(folder, &here) == 0 &&
	       stat(name, &seen) == 0 && here.st_dev == seen.st_dev &&
	       here.st_ino == seen.st_ino;
}

int
virt_daemon_reads(struct virt *v, enum item_kind kind, const char *folder)
{
	struct virt_sockets s;
	unsigned long ours, its;
	const char *name;
	int pid;

	if (virGetVersion(&ours, NULL, NULL) != 0 ||
	    virConnectGetLibVersion(v->conn, &its) != 0 || ours != its)
		return 0;
	if (strstr(v->uri, "/embed") != NULL)
		return 1;
	if (!virt_daemon_sockets(v, &s) ||
	    (pid = listener(s.path, &name)) <= 0 ||
	    /* It hands on what is not its own driver's. */
	    (strcmp(name, QEMU_DRIVER) == 0 && kind != ITEM_DOMAIN))
		return 0;
	return same_folder(pid, folder);
}
