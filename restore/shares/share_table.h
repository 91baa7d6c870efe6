#ifndef RESTORE_SHARE_TABLE_H
#define RESTORE_SHARE_TABLE_H

/**
 * Where the names of shares stand in a bundle, as data to be reviewed without
 * reading C.  Included by shares.c alone.
 *
 *   role, table, column   of a database
 *   form    SHARE_WHOLE: the value; SHARE_JSON: its members "export";
 *           SHARE_POOL: what follows the "#" of host@backend#pool
 */
enum share_form { SHARE_WHOLE, SHARE_JSON, SHARE_POOL };

struct share_row {
	const char *role, *table, *column;
	enum share_form form;
};

static const struct share_row share_rows[] = {
	{ "nova", "block_device_mapping", "connection_info", SHARE_JSON },
	{ "nova", "volumes", "provider_location", SHARE_WHOLE },
	{ "nova", "snapshots", "provider_location", SHARE_WHOLE },
	{ "cinder", "volumes", "provider_location", SHARE_WHOLE },
	{ "cinder", "volumes", "host", SHARE_POOL },
	{ "cinder", "snapshots", "provider_location", SHARE_WHOLE },
	{ "cinder", "volume_attachment", "connection_info", SHARE_JSON },
	{ "cinder", "image_volume_cache_entries", "host", SHARE_POOL },
	{ "cinder", "groups", "host", SHARE_POOL },
	{ "cinder", "consistencygroups", "host", SHARE_POOL },
};

/* Files of these sets, line by line: each word with ":/" or "//" in it (the
 * first of a line of nfs_shares, the value of backup_share), and nas_host with
 * nas_share_path. */
static const char *const share_sets[] = { "nova", "cinder", "glance", "named" };

#endif
