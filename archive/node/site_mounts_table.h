#ifndef ARCHIVE_SITE_MOUNTS_TABLE_H
#define ARCHIVE_SITE_MOUNTS_TABLE_H

/**
 * The folders below which nova and cinder mount shares, each share in one that
 * is named by the hash of its name: data for site_mounts.c, for review without
 * reading C.  A section of * is any that enabled_backends names, and DEFAULT.
 */
struct site_mount {
	const char *service, *section, *option;
	const char *otherwise; /* below state_path, where it is not set */
};

static const struct site_mount site_mount_rows[] = {
	{ "nova", "libvirt", "nfs_mount_point_base", "mnt" },
	{ "nova", "libvirt", "smbfs_mount_point_base", "mnt" },
	{ "nova", "libvirt", "glusterfs_mount_point_base", "mnt" },
	{ "nova", "libvirt", "quobyte_mount_point_base", "mnt" },
	{ "nova", "libvirt", "vzstorage_mount_point_base", "mnt" },
	{ "nova", "libvirt", "ceph_mount_point_base", "mnt" },
	{ "nova", "DEFAULT", "nfs_mount_point_base", "mnt" },
	{ "nova", "DEFAULT", "glusterfs_mount_point_base", "mnt" },
	{ "cinder", "*", "nfs_mount_point_base", "mnt" },
	{ "cinder", "*", "smbfs_mount_point_base", "mnt" },
	{ "cinder", "*", "glusterfs_mount_point_base", "mnt" },
	{ "cinder", "*", "quobyte_mount_point_base", "mnt" },
	{ "cinder", "*", "vzstorage_mount_point_base", "mnt" },
	{ "cinder", "DEFAULT", "backup_mount_point_base", "backup_mount" },
	{ "cinder", "DEFAULT", "glusterfs_backup_mount_point", "backup_mount" },
};

/* state_path of a service that does not set it. */
static const struct site_state {
	const char *service, *path;
} site_states[] = {
	{ "nova", "/var/lib/nova" },
	{ "cinder", "/var/lib/cinder" },
};

#endif
