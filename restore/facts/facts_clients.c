#include <stdlib.h>

#include "archive/libvirt/virt_clients.h"
#include "restore/facts/facts_internal.h"

int
facts_clients(struct facts *f)
{
	struct virt_client *list;
	const char *why, *name;
	size_t i, n;
	int rc;

	if (f->virt == NULL)
		return 0;
	if ((rc = virt_clients(f->virt, &list, &n, &why)) == 0 && why != NULL)
		rc = facts_unseen(
		    f, "who else is connected to libvirt: %s", why);
	for (i = 0; rc != -1 && i < n; i++) {
		name = list[i].pid != 0 ? list[i].name : "a hidden program";
		rc = facts_new_program(
		    &f->clients, &f->nclients, name, list[i].pid, NULL);
	}
	free(list);
	return rc == -1 ? -1 : 0;
}
