#ifndef RESTORE_FINDING_TABLE_H
#define RESTORE_FINDING_TABLE_H

#include "restore/preflight/finding.h"

/**
 * Every finding, in the order in which --help and the manual list them.
 * Included by finding.c alone.
 *
 * Name, may it be waived, what it is about.  What cannot be made at all may
 * not: it is left out with --not instead.
 */
static const struct finding_row rows[] = {
	/* This host. */
	{ "unfinished", 0, "an earlier restore here is not finished" },
	{ "service-running", 1, "a service that would write is running" },
	{ "libvirt-client", 1, "another program is connected to libvirt" },
	{ "address-absent", 1,
	    "no interface here has an address that is to be listened on" },
	{ "host-name", 1, "this host has another name than the captured one" },
	{ "hypervisor-name", 1, "libvirt here gives the host another name" },
	{ "compute-id", 1, "nova's compute_id here is another one" },
	{ "no-room", 1, "a file system has too little room" },

	/* Files. */
	{ "file-type", 0, "something of another type stands here" },
	{ "file-parent", 0, "a folder on the way is missing, or a link" },
	{ "file-permission", 0, "it cannot be written" },
	{ "two-names", 0,
	    "a file stands here under its old name and under its new one" },
	{ "mounted", 1,
	    "a share is mounted whose folder will have another name" },
	{ "folder-used", 1,
	    "something is in the folder of a share that is not mounted" },

	/* libvirt's definitions. */
	{ "unsupported", 0, "this libvirt connection has no such kind" },
	{ "other-identity", 0, "another one stands here under the name" },
	{ "secret-usage", 0,
	    "a secret is here for another use, which libvirt does not change" },
	{ "not-allowed", 0, "a definition has what one from a bundle may not" },
	{ "schema-invalid", 0,
	    "a definition is not what libvirt's schema allows" },
	{ "virt-type", 0, "libvirt here has no domains of that type" },
	{ "emulator", 0, "libvirt here does not have the emulator" },
	{ "machine", 0, "the emulator here does not have the machine type" },
	{ "cpu-model", 1, "this host cannot run the CPU model" },
	{ "device", 1, "the emulator here does not have a device" },
	{ "missing-nwfilter", 1, "an nwfilter is neither here nor brought" },
	{ "missing-network", 1, "a network is neither here nor brought" },
	{ "missing-pool", 1, "a storage pool is neither here nor brought" },
	{ "missing-secret", 1, "a secret is neither here nor brought" },
	{ "missing-bridge", 1, "no interface here is that bridge" },
	{ "missing-disk", 1, "a disk's file or device is not here" },
	{ "missing-kernel", 1, "a kernel, ramdisk or loader is not here" },
	{ "missing-nvram", 1, "a file with UEFI variables is not here" },
	{ "missing-file", 1,
	    "a file or folder that a domain names is not here" },
	{ "disk-format", 1,
	    "a disk is no image of the format that it should be" },
	{ "missing-backing", 1, "a file behind a disk is not here" },
	{ "backing-format", 1,
	    "the format of a file behind a disk is not known or another" },

	/* Databases. */
	{ "schema", 0, "no database here is the captured one" },
	{ "table-missing", 0, "a table is not here" },
	{ "column-missing", 0, "a column is not here" },
	{ "column-type", 0, "a column is of another type here" },
	{ "charset", 0, "a value has characters that its column cannot hold" },
	{ "too-long", 0, "a new value does not fit its column" },
	{ "no-default", 0,
	    "a column here has no default, the bundle no value" },
	{ "unique-key", 0, "a row here has a value that must be unique" },
	{ "no-transactions", 1,
	    "a table's engine here has no transactions: a change to it cannot "
	    "be taken back with the rest" },
	{ "read-only", 0, "the database server takes no changes" },
	{ "privilege", 0, "this login may not change a table" },
	{ "account", 1, "an account is to be renamed, and this login may not" },
	{ "account-exists", 1, "an account is here under its new name, too" },
	{ "account-definer", 1,
	    "views, triggers or routines run as an account that is renamed" },
};

#endif
