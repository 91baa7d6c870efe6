#ifndef ARCHIVE_TIE_SPOT_TABLE_H
#define ARCHIVE_TIE_SPOT_TABLE_H

/**
 * Where they show.  OPTION: a file, an option's name (any section); LINE: a
 * file, a word of the line; COLUMN: role.table, a column; XML: a kind of
 * definition, an element or attribute; ITEM: an item's name.
 */
enum tie_spot_kind { OPTION, LINE, COLUMN, XML, ITEM };

struct tie_spot {
	const char *tie;
	enum tie_spot_kind kind;
	const char *in, *at;
};

static const struct tie_spot tie_spots[] = {
	{ "own-address", OPTION, "/etc/*", "my_ip" },

	{ "vnc-listen", OPTION, "/etc/nova/*", "vncserver_listen" },
	{ "vnc-listen", OPTION, "/etc/nova/*", "server_listen" },
	{ "vnc-listen", XML, "domain", "/domain/devices/graphics/@listen" },
	{ "vnc-listen", XML, "domain",
	    "/domain/devices/graphics/listen/@address" },
	{ "vnc-listen", LINE, "/etc/libvirt/qemu.conf", "vnc_listen" },
	{ "vnc-listen", LINE, "/etc/libvirt/qemu.conf", "spice_listen" },

	{ "vnc-proxy", OPTION, "/etc/nova/*", "vncserver_proxyclient_address" },
	{ "vnc-proxy", OPTION, "/etc/nova/*", "server_proxyclient_address" },
	{ "vnc-proxy", OPTION, "/etc/nova/*", "proxyclient_address" },

	{ "iscsi-portal", OPTION, "/etc/*", "iscsi_ip_address" },
	{ "iscsi-portal", OPTION, "/etc/*", "target_ip_address" },
	{ "iscsi-portal", COLUMN, "nova.volumes", "provider_location" },
	{ "iscsi-portal", COLUMN, "cinder.volumes", "provider_location" },
	{ "iscsi-portal", COLUMN, "nova.block_device_mapping",
	    "connection_info data.target_portal" },
	{ "iscsi-portal", COLUMN, "cinder.volume_attachment",
	    "connection_info target_portal" },
	{ "iscsi-portal", COLUMN, "cinder.volume_attachment",
	    "connection_info data.target_portal" },
	{ "iscsi-portal", XML, "domain", "/domain/devices/disk/source/@dev" },

	{ "storage-client", OPTION, "/etc/nova/*", "my_block_storage_ip" },
	{ "storage-client", COLUMN, "nova.block_device_mapping",
	    "connection_info connector.ip" },
	{ "storage-client", COLUMN, "cinder.volume_attachment",
	    "connector ip" },
	{ "storage-client", COLUMN, "cinder.attachment_specs", "value" },

	{ "nfs-share", LINE, "/etc/cinder/nfs_shares", "" },
	{ "nfs-share", COLUMN, "nova.block_device_mapping",
	    "connection_info data.export" },
	{ "nfs-share", COLUMN, "cinder.volume_attachment",
	    "connection_info export" },

	{ "endpoint", COLUMN, "keystone.endpoint", "url" },
	{ "endpoint", COLUMN, "keystone.endpoint", "extra" },
	{ "endpoint", LINE, "/etc/keystone/*catalog*", "" },

	{ "cell-mapping", COLUMN, "nova_api.cell_mappings", "transport_url" },
	{ "cell-mapping", COLUMN, "nova_api.cell_mappings",
	    "database_connection" },

	{ "database", OPTION, "/etc/*", "sql_connection" },
	{ "database", OPTION, "/etc/*", "connection" },
	{ "database", OPTION, "/etc/*", "slave_connection" },

	{ "message-queue", OPTION, "/etc/*", "transport_url" },
	{ "message-queue", OPTION, "/etc/*", "rabbit_host" },
	{ "message-queue", OPTION, "/etc/*", "rabbit_hosts" },
	{ "message-queue", OPTION, "/etc/*", "qpid_hostname" },

	{ "identity", OPTION, "/etc/*", "auth_url" },
	{ "identity", OPTION, "/etc/*", "auth_uri" },
	{ "identity", OPTION, "/etc/*", "auth_host" },
	{ "identity", OPTION, "/etc/*", "service_host" },
	{ "identity", OPTION, "/etc/*", "identity_uri" },
	{ "identity", OPTION, "/etc/*", "www_authenticate_uri" },
	{ "identity", OPTION, "/etc/*", "keystone_ec2_url" },

	{ "image-service", OPTION, "/etc/*", "glance_api_servers" },
	{ "image-service", OPTION, "/etc/*", "api_servers" },
	{ "image-service", OPTION, "/etc/*", "glance_host" },

	{ "cache", OPTION, "/etc/*", "memcached_servers" },
	{ "cache", OPTION, "/etc/*", "memcache_servers" },

	{ "metadata", OPTION, "/etc/*", "metadata_host" },
	{ "metadata", OPTION, "/etc/*", "nova_metadata_host" },
	{ "metadata", OPTION, "/etc/*", "nova_metadata_ip" },

	{ "ec2", OPTION, "/etc/nova/*", "ec2_host" },
	{ "ec2", OPTION, "/etc/nova/*", "ec2_dmz_host" },
	{ "ec2", OPTION, "/etc/nova/*", "s3_host" },
	{ "ec2", OPTION, "/etc/nova/*", "cc_host" },

	{ "tunnel", OPTION, "/etc/*", "local_ip" },
	{ "tunnel", COLUMN, "neutron.ml2_vxlan_endpoints", "ip_address" },
	{ "tunnel", COLUMN, "neutron.ml2_gre_endpoints", "ip_address" },
	{ "tunnel", COLUMN, "neutron.ml2_geneve_endpoints", "ip_address" },
	{ "tunnel", COLUMN, "neutron.ovs_tunnel_ips", "ip_address" },
	{ "tunnel", COLUMN, "neutron.ovs_tunnel_endpoints", "ip_address" },

	{ "migration", OPTION, "/etc/nova/*", "live_migration_inbound_addr" },
	{ "migration", OPTION, "/etc/nova/*", "migration_inbound_addr" },
	{ "migration", OPTION, "/etc/nova/*", "live_migration_uri" },
	{ "migration", LINE, "/etc/libvirt/qemu.conf", "migration_address" },

	{ "account", ITEM, "account:*", NULL },

	{ "listen", LINE, "/etc/mysql/*", "bind" },
	{ "listen", LINE, "/etc/my.cnf*", "bind" },
	{ "listen", LINE, "/etc/memcached.conf", "-l" },
	{ "listen", LINE, "/etc/sysconfig/memcached", "-l" },
	{ "listen", LINE, "/etc/rabbitmq/*", "" },
	{ "listen", LINE, "/etc/systemd/system/*", "" },
	{ "listen", LINE, "/etc/chrony*", "bind" },
	{ "listen", LINE, "/etc/libvirt/libvirtd.conf", "listen_addr" },
	{ "listen", OPTION, "/etc/*", "bind_host" },
	{ "listen", OPTION, "/etc/*", "osapi_compute_listen" },
	{ "listen", OPTION, "/etc/*", "metadata_listen" },
	{ "listen", OPTION, "/etc/*", "osapi_volume_listen" },
	{ "listen", OPTION, "/etc/*", "ec2_listen" },

	{ "image-location", COLUMN, "glance.image_locations", "value" },
	{ "image-location", COLUMN, "glance.images", "location" },

	{ "host-name", COLUMN, "nova.services", "host" },
	{ "host-name", COLUMN, "nova.compute_nodes", "hypervisor_hostname" },
	{ "host-name", COLUMN, "cinder.services", "host" },
	{ "host-name", COLUMN, "neutron.agents", "host" },
};

/* Options that clients outside are given: an address in one is an outer one.
 * Of a column, "role.table column". */
static const char *const tie_public_options[] = {
	"novncproxy_base_url",
	"xvpvncproxy_base_url",
	"html5proxy_base_url",
	"spice_direct_proxy_base_url",
	"base_url",
	"public_endpoint",
	"public_endpoint_host",
};

static const struct {
	const char *in, *at;
} tie_public_columns[] = {
	{ "keystone.endpoint", "extra publicurl" },
};

#endif
