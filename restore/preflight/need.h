#ifndef RESTORE_NEED_H
#define RESTORE_NEED_H

#include <libxml/tree.h>

#include "archive/manifest/manifest.h"

/**
 * need: what a definition names that must be there beside it.  A table says
 * where (need_table.h).
 */
enum need_kind {
	NEED_NWFILTER,
	NEED_NETWORK,
	NEED_POOL,
	NEED_SECRET, /* by its uuid */
	NEED_USAGE,  /* a secret by what it is for, "ceph NAME" */
	NEED_BRIDGE, /* of Linux */
	NEED_SWITCH, /* a bridge of Open vSwitch: an interface like others */
	NEED_DEVICE, /* an interface below a macvtap */
	NEED_MAKES   /* none: a bridge that a network makes itself */
};

struct need {
	enum need_kind kind;
	const char *name;
	xmlNodePtr node; /* where it stands: NODE/@ATTR */
	const char *attr;
};

/* 0 to go on; anything else ends the walk and is its result. */
typedef int need_fn(void *cookie, const struct need *need);

/* Call ${fn} for each that a definition of that kind names: 0, what ${fn}
 * returned, or -1 said. */
int need_walk(
    enum item_kind kind, xmlNodePtr top, need_fn *fn, void *cookie) MUST_CHECK;

#endif
