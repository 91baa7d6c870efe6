#ifndef RESTORE_HERE_H
#define RESTORE_HERE_H

#include <stdio.h>
#include <sys/types.h>

#include "archive/libvirt/virt.h"
#include "restore/restore.h"

/**
 * here: what stands in this libvirt of one kind, to be looked up by name and by
 * uuid.  Start from zeros; here_load goes from kind to kind; end with
 * here_free.  Of all kinds but secrets the definitions are laid aside in a file
 * (spool.h): memory holds names.
 */
struct here_object {
	struct virt_object o;
	off_t at; /* where its definition lies */
	size_t len;
};

struct here_item {
	const struct item *item;
	size_t nth; /* of the bundle's */
};

struct here {
	int loaded;
	enum item_kind kind;
	struct here_object *o; /* by name */
	size_t n, cap;
	struct here_object **uuids; /* the same, by uuid */
	FILE *aside;
	struct here_object *out; /* whose definition is in memory, or NULL */
	struct here_item *items; /* the bundle's of the kind, by uuid */
	size_t nitems;
};

/* Read all of a kind, unless it is what was read last: 0, or -1 said. */
int
here_load(struct here *h, struct restore *r, enum item_kind kind) MUST_CHECK;

/* 1 with ${*o}, whose definition is there until the next call; 0 there is none;
 * -1 said. */
int here_name(
    struct here *h, const char *name, const struct virt_object **o) MUST_CHECK;

/* NULL: there is none.  Without its definition.  ${uuid} may be NULL. */
const struct virt_object *here_uuid(const struct here *h, const char *uuid);

/* The first item of the bundle with that uuid, or NULL. */
const struct item *here_item(const struct here *h, const char *uuid);

void here_free(struct here *h);

#endif
