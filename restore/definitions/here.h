#ifndef RESTORE_HERE_H
#define RESTORE_HERE_H

#include "archive/libvirt/virt.h"
#include "restore/restore.h"

/**
 * here: what stands in this libvirt of one kind, to be looked up by name and by
 * uuid.  Start from zeros; here_load goes from kind to kind; end with
 * here_free.
 */
struct here {
	int loaded;
	enum item_kind kind;
	struct virt_object *o; /* by name */
	size_t n;
	struct virt_object **uuids; /* the same, by uuid */
};

/* Read all of a kind, unless it is what was read last: 0, or -1 said. */
int
here_load(struct here *h, struct restore *r, enum item_kind kind) MUST_CHECK;

/* NULL: there is none. ${uuid} may be NULL. */
const struct virt_object *here_name(const struct here *h, const char *name);
const struct virt_object *here_uuid(const struct here *h, const char *uuid);

void here_free(struct here *h);

#endif
