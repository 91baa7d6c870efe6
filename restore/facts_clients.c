#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/virt_clients.h"
#include "archive/warn.h"
#include "restore/facts_internal.h"

/* "virsh (user root)", as far as its process can be seen. */
static void
name_of(const struct virt_client *c, char *name, size_t room)
{
	char path[64], comm[64] = "";
	ssize_t n;
	int fd;

	snprintf(name, room, "%s", c->who);
	if (c->pid == 0)
		return;
	snprintf(path, sizeof(path), "/proc/%ju/comm", (uintmax_t)c->pid);
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return;
	n = read(fd, comm, sizeof(comm) - 1);
	close(fd);
	if (n <= 0)
		return;
	comm[strcspn(comm, "\n")] = '\0';
	snprintf(name, room, "%s (%s)", comm, c->who);
}

int
facts_clients(struct facts *f)
{
	struct virt_client *list;
	char name[256];
	const char *why;
	size_t i, n;
	int rc;

	if (f->virt == NULL)
		return 0;
	if ((rc = virt_clients(f->virt, &list, &n, &why)) == 0) {
		free(list);
		return why == NULL
			   ? 0
			   : facts_unseen(f,
				 "who else is connected to libvirt: %s", why);
	}
	for (i = 0; rc == 1 && i < n; i++) {
		name_of(&list[i], name, sizeof(name));
		if (facts_new_program(
			&f->clients, &f->nclients, name, list[i].pid, NULL))
			rc = -1;
	}
	free(list);
	return rc == -1 ? -1 : 0;
}
