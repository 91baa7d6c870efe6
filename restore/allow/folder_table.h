#ifndef RESTORE_ALLOW_FOLDER_TABLE_H
#define RESTORE_ALLOW_FOLDER_TABLE_H

#include <stddef.h>

/**
 * Where files of a sort belong.  Included by folder.c alone.
 *
 * Sort (an ALLOW_PATH of the tables of elements), beginning of the path, its
 * end (NULL: any).  A beginning without a slash at its end and with the end ""
 * is a path as a whole.  $instances is nova's instances folder, $mounts are the
 * folders that it mounts shares in, $pools those of captured pools: each only
 * where it is no folder of the system (see below), and what is in them is
 * looked at behind all links.
 */
struct folder_row {
	const char *sort, *begin, *end;
};

static const struct folder_row folder_rows[] = {
	{ "disk", "$instances/", NULL },
	{ "disk", "$mounts/", NULL },
	{ "disk", "$pools/", NULL },
	{ "device", "/dev/", NULL },
	{ "device", "$instances/", NULL },
	{ "device", "$mounts/", NULL },
	{ "device", "$pools/", NULL },
	{ "kernel", "$instances/", NULL },
	/* User-mode Linux is a kernel: Essex. */
	{ "kernel", "/usr/bin/linux", "" },
	{ "nvram", "$instances/", NULL },
	{ "nvram", "/var/lib/libvirt/qemu/nvram/", NULL },
	{ "nvram", "/var/lib/libvirt/nvram/", NULL },
	{ "firmware", "/usr/share/OVMF/", NULL },
	{ "firmware", "/usr/share/ovmf/", NULL },
	{ "firmware", "/usr/share/AAVMF/", NULL },
	{ "firmware", "/usr/share/edk2/", NULL },
	{ "firmware", "/usr/share/edk2.git/", NULL },
	{ "firmware", "/usr/share/edk2-ovmf/", NULL },
	{ "firmware", "/usr/share/qemu/", NULL },
	{ "firmware", "/usr/share/qemu-efi/", NULL },
	{ "firmware", "/usr/share/qemu-efi-aarch64/", NULL },
	{ "firmware", "/usr/share/qemu-kvm/", NULL },
	{ "firmware", "/usr/share/seabios/", NULL },
	{ "firmware", "/usr/lib/ipxe/qemu/", NULL },
	{ "firmware", "/usr/share/ipxe/", NULL },
	/* nova's, and Debian's, of Xen. */
	{ "firmware", "/usr/lib/xen/boot/hvmloader", "" },
	{ "firmware", "/usr/lib64/xen/boot/hvmloader", "" },
	{ "firmware", "/usr/lib/xen-default/boot/hvmloader", "" },
	{ "console", "$instances/", NULL },
	{ "pty", "/dev/pts/", NULL },
	/* Guest agents, as nova and libvirt name their sockets. */
	{ "socket", "/var/lib/libvirt/qemu/", ".sock" },
	{ "socket", "/var/lib/libvirt/qemu/", ".agent" },
	{ "socket", "/var/lib/libvirt/qemu/channel/", NULL },
	{ "socket", "/run/libvirt/qemu/channel/", NULL },
	{ "socket", "/var/run/libvirt/qemu/channel/", NULL },
	/* Where switches have theirs: neutron's vhostuser_socket_dir. */
	{ "vhostuser", "/var/run/openvswitch/", NULL },
	{ "vhostuser", "/run/openvswitch/", NULL },
	{ "vhostuser", "/var/lib/vhost_sockets/", NULL },
	{ "vhostuser", "/var/lib/vhostuser/", NULL },
	{ "vhostuser", "/var/lib/openvswitch/", NULL },
	{ "vhostuser", "/run/vpp/", NULL },
	{ "vhostuser", "/var/run/vpp/", NULL },
	{ "random", "/dev/urandom", "" },
	{ "random", "/dev/random", "" },
	{ "random", "/dev/hwrng", "" },
	{ "pmem", "/dev/dax", NULL },
	{ "pmem", "/dev/pmem", NULL },
	{ "ceph", "/etc/ceph/", ".conf" },
};

/**
 * The instances folder, those of shares and those of pools are what the bundle
 * says: a bundle that says /etc would have disks in /etc.  So none of them may
 * be a folder of the system.  The first row that fits decides: a path, what is
 * meant by it, and whether it may be; what no row fits may be.
 */
enum system_what {
	SYSTEM_ITSELF,
	SYSTEM_ALL /* and all that is in it */
};

struct system_row {
	const char *path;
	enum system_what what;
	int may;
};

static const struct system_row system_rows[] = {
	{ "/var/lib/nova", SYSTEM_ITSELF, 0 }, /* its keys are in it */
	{ "/var/lib/nova", SYSTEM_ALL, 1 },
	{ "/var/lib/cinder", SYSTEM_ITSELF, 0 },
	{ "/var/lib/cinder", SYSTEM_ALL, 1 },
	{ "/var/lib/openstack", SYSTEM_ALL, 1 },
	{ "/var/lib/instances", SYSTEM_ALL, 1 },
	{ "/var/lib/libvirt", SYSTEM_ITSELF, 0 },
	{ "/var/lib/libvirt/dnsmasq", SYSTEM_ALL, 0 },
	{ "/var/lib/libvirt/network", SYSTEM_ALL, 0 },
	{ "/var/lib/libvirt/qemu", SYSTEM_ALL, 0 },
	{ "/var/lib/libvirt/sanlock", SYSTEM_ALL, 0 },
	{ "/var/lib/libvirt/swtpm", SYSTEM_ALL, 0 },
	{ "/var/lib/libvirt", SYSTEM_ALL, 1 },
	{ "/var/lib", SYSTEM_ALL, 0 },
	{ "/var/backups", SYSTEM_ALL, 0 },
	{ "/var/cache", SYSTEM_ALL, 0 },
	{ "/var/lock", SYSTEM_ALL, 0 },
	{ "/var/log", SYSTEM_ALL, 0 },
	{ "/var/mail", SYSTEM_ALL, 0 },
	{ "/var/run", SYSTEM_ALL, 0 },
	{ "/var/spool", SYSTEM_ALL, 0 },
	{ "/var/tmp", SYSTEM_ALL, 0 },
	{ "/var/www", SYSTEM_ALL, 0 },
	{ "/var", SYSTEM_ITSELF, 0 },
	/* An iSCSI pool's volumes, which libvirt makes devices of. */
	{ "/dev/disk/by-path", SYSTEM_ITSELF, 1 },
	{ "/bin", SYSTEM_ALL, 0 },
	{ "/boot", SYSTEM_ALL, 0 },
	{ "/dev", SYSTEM_ALL, 0 },
	{ "/etc", SYSTEM_ALL, 0 },
	{ "/home", SYSTEM_ITSELF, 0 },
	{ "/lib", SYSTEM_ALL, 0 },
	{ "/lib32", SYSTEM_ALL, 0 },
	{ "/lib64", SYSTEM_ALL, 0 },
	{ "/libx32", SYSTEM_ALL, 0 },
	{ "/proc", SYSTEM_ALL, 0 },
	{ "/root", SYSTEM_ALL, 0 },
	{ "/run", SYSTEM_ALL, 0 },
	{ "/sbin", SYSTEM_ALL, 0 },
	{ "/sys", SYSTEM_ALL, 0 },
	{ "/tmp", SYSTEM_ALL, 0 },
	{ "/usr", SYSTEM_ALL, 0 },
	{ "/", SYSTEM_ITSELF, 0 },
};

#endif
