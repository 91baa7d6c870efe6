#ifndef RESTORE_IDENTITY_H
#define RESTORE_IDENTITY_H

#include "restore/definitions/here.h"
#include "restore/restore.h"

/**
 * identity: is what stands here under the name or uuid of an item the same
 * object?  libvirt silently replaces a definition of the same name and uuid,
 * and refuses half a match; another object is never replaced.
 */
enum identity {
	IDENTITY_FAILED = -1, /* said */
	IDENTITY_OTHER,       /* another one: a PLAN_FINDING was added */
	IDENTITY_SAME,        /* the same, or nothing here */
	/* An nwfilter, network or pool of another uuid that says what is
	 * wanted: there is nothing to do.  nova makes its own filters at each
	 * start. */
	IDENTITY_TWIN
};

/* ${h} holds what is here of the item's kind; ${here} is what has its name, or
 * NULL. */
enum identity
identity_check(struct restore *r, const struct here *h, const struct item *item,
    const struct buf *captured, const struct virt_object *here) MUST_CHECK;

/**
 * identity_usage(r, item, here, wanted, valued):
 * Would the secret ${item}, which stands here as ${here}, get another usage?
 * libvirt refuses that.  1: so, a PLAN_FINDING was added; 0 not; -1 said.
 * ${valued}: its value is in the bundle.
 */
int identity_usage(struct restore *r, const struct item *item, const char *here,
    const struct buf *wanted, int valued) MUST_CHECK;

#endif
