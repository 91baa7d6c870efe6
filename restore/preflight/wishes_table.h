#ifndef RESTORE_WISHES_TABLE_H
#define RESTORE_WISHES_TABLE_H

/**
 * Devices of a domain that domain capabilities list all choices of: for people,
 * path of the element in a domain (virt_xml_each), its attribute, path of the
 * element in domain capabilities, its enum, and values that this enum never
 * holds although libvirt has them.  A capability that this libvirt does not
 * tell of is not looked at.  Included by wishes.c alone.
 */
struct wishes_row {
	const char *what, *path, *attr, *caps, *list, *beside;
};

static const struct wishes_row rows[] = {
	{ "video model", "devices/video/model", "type", "devices/video",
	    "modelType", NULL },
	{ "graphics", "devices/graphics", "type", "devices/graphics", "type",
	    NULL },
	{ "disk bus", "devices/disk/target", "bus", "devices/disk", "bus",
	    NULL },
	{ "kind of disk", "devices/disk", "device", "devices/disk",
	    "diskDevice", NULL },
	{ "disk model", "devices/disk", "model", "devices/disk", "model",
	    NULL },
	{ "host device", "devices/hostdev@mode=subsystem", "type",
	    "devices/hostdev", "subsysType", "scsi_host mdev" },
	{ "TPM", "devices/tpm", "model", "devices/tpm", "model", NULL },
	{ "TPM backend", "devices/tpm/backend", "type", "devices/tpm",
	    "backendModel", NULL },
	{ "random number generator", "devices/rng", "model", "devices/rng",
	    "model", NULL },
	{ "source of random numbers", "devices/rng/backend", "model",
	    "devices/rng", "backendModel", NULL },
	{ "file system driver", "devices/filesystem/driver", "type",
	    "devices/filesystem", "driverType", NULL },
	{ "bus of a redirected device", "devices/redirdev", "bus",
	    "devices/redirdev", "bus", NULL },
	{ "firmware", "os", "firmware", "os", "firmware", NULL },
	{ "loader", "os/loader", "type", "os/loader", "type", NULL },
	{ "source of memory", "memoryBacking/source", "type", "memoryBacking",
	    "sourceType", NULL },
};

#endif
