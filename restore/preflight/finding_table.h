#ifndef RESTORE_FINDING_TABLE_H
#define RESTORE_FINDING_TABLE_H

#include "restore/preflight/finding.h"

/**
 * Every finding, in the order in which --help and the manual list them.
 * Included by finding.c alone.
 *
 * Name, may it be waived, what it is about, why that matters and what helps.
 * What cannot be made at all may not be waived: it is left out with --not
 * instead.
 */
static const struct finding_row rows[] = {
	/* This host. */
	{ "unfinished", 0, "an earlier restore here is not finished",
	    "Go on with it by restore --resume, or take it back by restore "
	    "--undo; the finding gives both commands with its ID." },
	{ "service-running", 1, "a service that would write is running",
	    "It would read what is half-written, and write over what is "
	    "restored. Stop it; the finding has the command." },
	{ "libvirt-client", 1, "another program is connected to libvirt",
	    "It could change a definition while the restore does. End it, "
	    "or wait until it has ended." },
	{ "address-absent", 1,
	    "no interface here has an address that is to be listened on",
	    "Domains and services that are told to listen on it will not "
	    "start. Give it to an interface (ip address add), or mend the "
	    "rule of the map that makes it." },
	{ "host-name", 1, "this host has another name than the captured one",
	    "nova finds its rows by that name, and may take its instances "
	    "for evacuated. Set the host's name, or host in nova.conf; or "
	    "give the map a host rule." },
	{ "hypervisor-name", 1, "libvirt here gives the host another name",
	    "nova would make a second compute node. Mend the host's name "
	    "and its line in /etc/hosts, or give the map a host rule." },
	{ "compute-id", 1, "nova's compute_id here is another one",
	    "nova takes this host for another node, and does not start or "
	    "registers it anew. Where no other node has this id, move the "
	    "file here away." },
	{ "no-room", 1, "a file system has too little room",
	    "The restore would stop part-way. Make room on the file system "
	    "that is named; the state folder holds the journal." },

	/* Files. */
	{ "file-type", 0, "something of another type stands here",
	    "A folder stands where a file is to be, or the like. Look what "
	    "it is, and move it away." },
	{ "file-parent", 0, "a folder on the way is missing, or a link",
	    "Nothing is written through a symbolic link, and no folder is "
	    "made that was not captured. Make it, or put a folder in the "
	    "link's place." },
	{ "file-permission", 0, "it cannot be written",
	    "Run as root; see whether the file is immutable (lsattr), a "
	    "mount of its own, or on a file system that is read-only." },
	{ "two-names", 0,
	    "a file stands here under its old name and under its new one",
	    "An earlier move was done in part. See which of the two is "
	    "right, and move the other away." },
	{ "mounted", 1,
	    "a share is mounted whose folder will have another name",
	    "The folder cannot be renamed. Stop nova and cinder and unmount "
	    "it." },
	{ "folder-used", 1,
	    "something is in the folder of a share that is not mounted",
	    "It would be hidden by the mount, or lost to it. Look what it "
	    "is, and move it away." },

	/* libvirt's definitions. */
	{ "unsupported", 0, "this libvirt connection has no such kind",
	    "The embedded and the remote drivers of libvirt lack some "
	    "kinds. Connect to another one (--connect)." },
	{ "other-identity", 0, "another one stands here under the name",
	    "It has another uuid, and is not replaced: it may be somebody "
	    "else's. Undefine it if it is not needed." },
	{ "secret-usage", 0,
	    "a secret is here for another use, which libvirt does not change",
	    "Undefine the one here (virsh secret-undefine); the restore "
	    "makes it anew." },
	{ "not-allowed", 0, "a definition has what one from a bundle may not",
	    "The finding has the place, and the name by which --allow lets "
	    "it in if it is meant." },
	{ "schema-invalid", 0,
	    "a definition is not what libvirt's schema allows",
	    "It was made by another release or by hand. The finding has "
	    "what libvirt says; --allow schema defines it all the same." },
	{ "virt-type", 0, "libvirt here has no domains of that type",
	    "A definition for KVM needs a host with KVM: see that the "
	    "processor's extensions are on and the module is loaded." },
	{ "emulator", 0, "libvirt here does not have the emulator",
	    "Install it, or name the one that is here by a path rule of the "
	    "map; the finding proposes it." },
	{ "machine", 0, "the emulator here does not have the machine type",
	    "Old types go away with new releases of QEMU. Name one that is "
	    "here by a machine rule of the map; the finding proposes it." },
	{ "cpu-model", 1, "this host cannot run the CPU model",
	    "The domain will not start. Have nova give it another model, or "
	    "move it to a host that can." },
	{ "device", 1, "the emulator here does not have a device",
	    "The domain will not start with it. Install what is missing, or "
	    "have nova make the definition anew." },
	{ "missing-nwfilter", 1, "an nwfilter is neither here nor brought",
	    "The domain will not start. Filters of nova's own come with "
	    "nova-compute; define others first, or take a snapshot that has "
	    "them." },
	{ "missing-network", 1, "a network is neither here nor brought",
	    "The domain will not start. Define the network first, or bring "
	    "it with the bundle." },
	{ "missing-pool", 1, "a storage pool is neither here nor brought",
	    "Volumes in it will not be found. Define the pool first, or "
	    "bring it with the bundle." },
	{ "missing-secret", 1, "a secret is neither here nor brought",
	    "Encrypted or remote disks will not open. Define the secret and "
	    "set its value." },
	{ "missing-bridge", 1, "no interface here is that bridge",
	    "The domain will not start. Make the bridge, or name the one "
	    "that is here by a bridge rule of the map." },
	{ "missing-disk", 1, "a disk's file or device is not here",
	    "Disks are data and in no bundle. Copy it, or attach the "
	    "volume." },
	{ "missing-kernel", 1, "a kernel, ramdisk or loader is not here",
	    "Copy it from the old node; nova keeps kernels in its instances "
	    "folder." },
	{ "missing-nvram", 1, "a file with UEFI variables is not here",
	    "Copy it from the old node, or the domain starts with empty "
	    "variables; a template comes with the firmware's package." },
	{ "missing-file", 1,
	    "a file or folder that a domain names is not here",
	    "Copy it from the old node, or make the folder." },
	{ "disk-format", 1,
	    "a disk is no image of the format that it should be",
	    "It was copied badly, or the definition is wrong. Compare it "
	    "with the old node's; qemu-img info tells what it is." },
	{ "missing-backing", 1, "a file behind a disk is not here",
	    "The image in front of it cannot be read without it. Copy it to "
	    "where the image's header names it." },
	{ "backing-format", 1,
	    "the format of a file behind a disk is not known or another",
	    "libvirt does not guess, and the domain will not start. The "
	    "finding has the qemu-img rebase -u command that says it." },

	/* Databases. */
	{ "schema", 0, "no database here is the captured one",
	    "Restore the database first (its rows are changed, not its "
	    "tables made), or name the right server by --defaults-file." },
	{ "table-missing", 0, "a table is not here",
	    "The release here is another one, or the login may not see the "
	    "table. Bring the database to the captured release." },
	{ "column-missing", 0, "a column is not here",
	    "The release here is another one. Bring the database to the "
	    "captured release." },
	{ "column-type", 0, "a column is of another type here",
	    "The release here is another one. Bring the database to the "
	    "captured release." },
	{ "charset", 0, "a value has characters that its column cannot hold",
	    "It would be stored as something else. Give the column the "
	    "captured character set." },
	{ "too-long", 0, "a new value does not fit its column",
	    "Choose a shorter name in the map." },
	{ "no-default", 0,
	    "a column here has no default, the bundle no value",
	    "Give the column a default for the time of the restore." },
	{ "unique-key", 0, "a row here has a value that must be unique",
	    "Another row stands here with the same key: the restore was "
	    "made before with another map, or the host is in use. See which "
	    "one is right." },
	{ "no-transactions", 1,
	    "a table's engine here has no transactions: a change to it cannot "
	    "be taken back with the rest",
	    "Make its engine InnoDB (ALTER TABLE), as OpenStack needs it "
	    "anyway." },
	{ "read-only", 0, "the database server takes no changes",
	    "It is a replica, or in read-only mode. Restore on the server "
	    "that takes changes." },
	{ "privilege", 0, "this login may not change a table",
	    "The finding has the GRANT that is missing; or name a login "
	    "that has it by --defaults-file." },
	{ "account", 1, "an account is to be renamed, and this login may not",
	    "It may not, may not look, or is that account itself: the "
	    "finding has the statement for an administrator." },
	{ "account-exists", 1, "an account is here under its new name, too",
	    "No account can be renamed to one that is there. See which of "
	    "them is needed, and drop or rename the other." },
	{ "account-definer", 1,
	    "views, triggers or routines run as an account that is renamed",
	    "Views, triggers, routines and events keep its old name as "
	    "their definer, and fail afterwards. Make them again with the "
	    "new one once the account is renamed." },
};

#endif
