#ifndef RESTORE_NEED_TABLE_H
#define RESTORE_NEED_TABLE_H

#include "restore/preflight/need.h"

/**
 * Where definitions name what must be there beside them: kind of definition,
 * path of the element (virt_xml_each), attribute, what it names.  Secrets are
 * named by uuid or by what they are for; both are looked at.  Included by
 * need.c alone.
 */
struct need_row {
	enum item_kind of;
	const char *path, *attr;
	enum need_kind kind;
};

static const struct need_row rows[] = {
	{ ITEM_DOMAIN, "devices/interface/filterref", "filter", NEED_NWFILTER },
	{ ITEM_NWFILTER, "filterref", "filter", NEED_NWFILTER },
	{ ITEM_DOMAIN, "devices/interface@type=network/source", "network",
	    NEED_NETWORK },
	{ ITEM_DOMAIN, "devices/interface@type=bridge/source", "bridge",
	    NEED_BRIDGE },
	{ ITEM_DOMAIN, "devices/interface@type=direct/source", "dev",
	    NEED_DEVICE },
	{ ITEM_DOMAIN, "devices/disk@type=volume/source", "pool", NEED_POOL },
	{ ITEM_DOMAIN, "devices/disk/auth/secret", NULL, NEED_SECRET },
	{ ITEM_DOMAIN, "devices/disk/encryption/secret", NULL, NEED_SECRET },
	{ ITEM_DOMAIN, "devices/disk/source/auth/secret", NULL, NEED_SECRET },
	{ ITEM_DOMAIN, "devices/disk/source/encryption/secret", NULL,
	    NEED_SECRET },
	{ ITEM_DOMAIN, "devices/hostdev/source/auth/secret", NULL,
	    NEED_SECRET },
	{ ITEM_DOMAIN, "devices/tpm/backend/encryption", "secret",
	    NEED_SECRET },
	{ ITEM_POOL, "source/auth/secret", NULL, NEED_SECRET },
	{ ITEM_NETWORK, "bridge", "name", NEED_MAKES },
	{ ITEM_NETWORK, "forward@mode=bridge", "dev", NEED_DEVICE },
	{ ITEM_NETWORK, "forward@mode=private", "dev", NEED_DEVICE },
	{ ITEM_NETWORK, "forward@mode=vepa", "dev", NEED_DEVICE },
	{ ITEM_NETWORK, "forward@mode=passthrough", "dev", NEED_DEVICE },
	{ ITEM_NETWORK, "forward@mode=bridge/interface", "dev", NEED_DEVICE },
	{ ITEM_NETWORK, "forward@mode=private/interface", "dev", NEED_DEVICE },
	{ ITEM_NETWORK, "forward@mode=vepa/interface", "dev", NEED_DEVICE },
	{ ITEM_NETWORK, "forward@mode=passthrough/interface", "dev",
	    NEED_DEVICE },
};

#endif
