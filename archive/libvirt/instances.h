#ifndef ARCHIVE_INSTANCES_H
#define ARCHIVE_INSTANCES_H

#include "archive/libvirt/virt.h"
#include "archive/manifest/manifest.h"
#include "archive/node/root.h"

/**
 * instances: the libvirt.xml files below nova's instances folder, and which of
 * them libvirt has lost the domain of.
 */
struct instance_file {
	char *name, *uuid; /* as the file says; uuid may be NULL */
	char *path;        /* /var/lib/nova/instances/X/libvirt.xml */
	char *item;        /* the item name of that file */
	int lost;          /* libvirt has no domain of that name */
};

struct instances {
	struct instance_file *f; /* by name, then by path */
	size_t n;
};

#define INSTANCES_EMPTY                                                        \
	{                                                                      \
		NULL, 0                                                        \
	}

/**
 * instances_read(list, root, dir, m):
 * Find and read them all.  No such folder: none.  One that is no domain
 * definition is a warning in ${m}.  0, or -1 said.
 */
int instances_read(struct instances *list, struct root *root, const char *dir,
    struct manifest *m) MUST_CHECK;

/**
 * instances_match(list, o, n, m):
 * Mark what libvirt has lost, given its domains, sorted by name.  Warn in ${m}
 * of a file that has the uuid of another domain (not lost: it could not be
 * defined), another uuid than its domain, or the name of another file (the
 * first by path counts).  0, or -1 said.
 */
int instances_match(struct instances *list, const struct virt_object *o,
    size_t n, struct manifest *m) MUST_CHECK;

/* The first file with that domain's name, or NULL. */
const struct instance_file *
instances_find(const struct instances *list, const char *name);

void instances_free(struct instances *list);

#endif
