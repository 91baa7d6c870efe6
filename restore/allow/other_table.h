#ifndef RESTORE_ALLOW_OTHER_TABLE_H
#define RESTORE_ALLOW_OTHER_TABLE_H

#include "restore/allow/row.h"

/**
 * What may be in the definitions of networks, nwfilters, pools and secrets.
 * How to read a row: row.h.  Included by judge.c alone.
 */
static const struct allow_row network_rows[] = {
	{ "@ipv6|connections|trustGuestRxFilters", ALLOW_YES, NULL, NULL },
	{ "name|uuid|title|description", ALLOW_YES, NULL, NULL },
	{ "metadata/**", ALLOW_YES, NULL, NULL },
	{ "forward", ALLOW_YES, NULL, NULL },
	{ "forward@mode", ALLOW_ONE_OF,
	    "nat route open bridge private vepa passthrough", "hostdev" },
	{ "forward@dev|managed", ALLOW_YES, NULL, NULL },
	{ "forward/nat|interface/**", ALLOW_YES, NULL, NULL },
	{ "forward/**", ALLOW_NO, NULL, "hostdev" },
	{ "bridge|mtu|mac|domain|virtualport|portgroup|vlan/**", ALLOW_YES,
	    NULL, NULL },
	{ "bandwidth|port|route|dns/**", ALLOW_YES, NULL, NULL },
	/* dnsmasq would give out the host's files. */
	{ "ip/tftp/**", ALLOW_NO, NULL, "file" },
	{ "ip/**", ALLOW_YES, NULL, NULL },
};

static const struct allow_row nwfilter_rows[] = {
	{ "@name|chain|priority", ALLOW_YES, NULL, NULL },
	{ "uuid", ALLOW_YES, NULL, NULL },
	{ "filterref|rule/**", ALLOW_YES, NULL, NULL },
};

static const struct allow_row pool_rows[] = {
	/* Not disk, fs, logical, scsi, mpath, zfs: their volumes are devices of
	 * the host. */
	{ "@type", ALLOW_ONE_OF,
	    "dir netfs iscsi iscsi-direct rbd gluster sheepdog", "pool" },
	{ "name|uuid", ALLOW_YES, NULL, NULL },
	{ "capacity|allocation|available|features|refresh/**", ALLOW_YES, NULL,
	    NULL },
	{ "source", ALLOW_YES, NULL, NULL },
	{ "source/adapter/**", ALLOW_NO, NULL, "pool" },
	{ "source/host|name|auth|initiator|format|vendor|product/**", ALLOW_YES,
	    NULL, NULL },
	{ "source/protocol|device|dir/**", ALLOW_YES, NULL, NULL },
	{ "target", ALLOW_YES, NULL, NULL },
	{ "target/path", ALLOW_PATH, "pool", "pool" },
	{ "target/permissions|encryption/**", ALLOW_YES, NULL, NULL },
};

static const struct allow_row secret_rows[] = {
	{ "@ephemeral|private", ALLOW_YES, NULL, NULL },
	{ "uuid|description", ALLOW_YES, NULL, NULL },
	{ "usage/**", ALLOW_YES, NULL, NULL },
};

#endif
