#ifndef ARCHIVE_FILESET_OUTSIDE_TABLE_H
#define ARCHIVE_FILESET_OUTSIDE_TABLE_H

/**
 * What the sweep over files passes by: globs in which * spans slashes, too; a
 * folder that fits is not entered.
 */

/* Below /etc: what libvirt itself is asked for, what the system makes, what
 * holds no address or only other people's; and which keys are trusted here. */
static const char *const outside_etc_skip[] = {
	"/etc/libvirt/qemu",
	"/etc/libvirt/nwfilter",
	"/etc/libvirt/secrets",
	"/etc/libvirt/storage",
	"/etc/ssl/certs",
	"/etc/ca-certificates",
	"/etc/pki/ca-trust",
	"/etc/pki/tls/certs",
	"/etc/novark",
	"/etc/alternatives",
	"/etc/selinux",
	"/etc/ld.so.cache",
	"/etc/udev/hwdb.bin",
	"/etc/*.git",
	"/etc/*.bzr",
	"/etc/*.hg",
	"/etc/shadow*",
	"/etc/gshadow*",
};

/* Below the instances folder, by name: disks, what is common to them, logs. */
static const char *const outside_instances_skip[] = {
	"*/_base",
	"*/locks",
	"*/snapshots",
	"*/disk",
	"*/disk.local*",
	"*/disk.swap*",
	"*/disk.eph*",
	"*/disk.rescue",
	"*/disk.vgpu*",
	"*/kernel*",
	"*/ramdisk*",
	"*.log",
	"*.log.[0-9]*",
	"*.qcow2",
	"*.raw",
	"*.img",
};

/* There, images that are searched as bytes: what nova gives to a guest. */
static const char *const outside_images[] = {
	"*/disk.config",
	"*/disk.config.rescue",
};

#endif
