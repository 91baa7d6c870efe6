#ifndef RESTORE_PATHS_TABLE_H
#define RESTORE_PATHS_TABLE_H

#include "restore/preflight/paths_inner.h"

/**
 * Where a domain names files, disks aside: path of the element (virt_xml_each),
 * its attribute (NULL: its text), what must be there, the finding, and what it
 * is for people.  Only absolute paths are looked at.  Included by paths.c
 * alone.
 */
static const struct paths_row rows[] = {
	{ "os/kernel", NULL, PATH_FILE, "missing-kernel", "the kernel" },
	{ "os/initrd", NULL, PATH_FILE, "missing-kernel", "the ramdisk" },
	{ "os/dtb", NULL, PATH_FILE, "missing-kernel", "the device tree" },
	{ "os/loader", NULL, PATH_FILE, "missing-kernel", "the loader" },
	{ "os/nvram", "template", PATH_FILE, "missing-nvram",
	    "the template of its UEFI variables" },
	{ "os/nvram", NULL, PATH_FILE, "missing-nvram",
	    "the file of its UEFI variables" },
	{ "os/nvram/source", "file", PATH_FILE, "missing-nvram",
	    "the file of its UEFI variables" },
	{ "os/acpi/table", NULL, PATH_FILE, "missing-file", "the ACPI table" },
	{ "devices/filesystem@type=mount/source", "dir", PATH_FILE,
	    "missing-file", "the folder that it mounts" },
	{ "devices/filesystem/source", "file", PATH_FILE, "missing-file",
	    "the file that it mounts" },
	{ "devices/memory/source/path", NULL, PATH_FILE, "missing-file",
	    "the file of its memory" },
	{ "devices/interface/rom", "file", PATH_FILE, "missing-file",
	    "the option ROM" },
	{ "devices/hostdev/rom", "file", PATH_FILE, "missing-file",
	    "the option ROM" },
	{ "devices/tpm/backend/device", "path", PATH_FILE, "missing-file",
	    "the TPM" },
	{ "devices/rng/backend@model=random", NULL, PATH_FILE, "missing-file",
	    "the source of random numbers" },
	{ "devices/serial@type=dev/source", "path", PATH_FILE, "missing-file",
	    "the serial device" },
	{ "devices/console@type=dev/source", "path", PATH_FILE, "missing-file",
	    "the serial device" },
	/* QEMU makes the file, not its folder. */
	{ "devices/serial@type=file/source", "path", PATH_PARENT,
	    "missing-file", "the folder of its console" },
	{ "devices/console@type=file/source", "path", PATH_PARENT,
	    "missing-file", "the folder of its console" },
	{ "devices/parallel@type=file/source", "path", PATH_PARENT,
	    "missing-file", "the folder of its parallel port" },
	{ "devices/channel@type=file/source", "path", PATH_PARENT,
	    "missing-file", "the folder of its channel" },
};

#endif
