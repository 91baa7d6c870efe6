#ifndef ARCHIVE_TIE_TABLE_H
#define ARCHIVE_TIE_TABLE_H

/**
 * What ties inner traffic to an outer address, as data for tie.c alone;
 * tie_spot_table.h tells where they show.
 *
 * Releases are those whose source has the option first: nova-volume and nova
 * 2012.1 is Essex, 2012.2 Folsom, 2015.1 Kilo, nova 13 Mitaka, 16 Pike,
 * 17 Queens, 18 Rocky; cinder 9 Newton, 12 Queens.
 *
 * name, what is tied, the setting that prevents it, from when, the options that
 * are that setting ("" none), as blank-separated names.
 */
struct tie_row {
	const char *name, *what, *setting, *since, *options;
};

static const struct tie_row tie_rows[] = {
	{ "own-address",
	    "the node's own address for other services is the outer one",
	    "my_ip in nova.conf (cinder.conf): an address of the inner "
	    "network; what clients need gets its own option",
	    "nova 2012.1 (Essex), cinder 2012.2 (Folsom)", "" },
	{ "vnc-listen", "consoles of instances listen on the outer address",
	    "[vnc] server_listen (before Queens vncserver_listen) in "
	    "nova.conf: 0.0.0.0 or ::, or an inner address",
	    "nova 2012.1 (Essex)", "vncserver_listen server_listen" },
	{ "vnc-proxy",
	    "the console proxy reaches this node at the outer address",
	    "[vnc] server_proxyclient_address (before Queens "
	    "vncserver_proxyclient_address) in nova.conf: an inner address, "
	    "or a name",
	    "nova 2012.1 (Essex); a name from 16 (Pike)",
	    "vncserver_proxyclient_address server_proxyclient_address" },
	{ "iscsi-portal", "volumes are handed out at the outer address",
	    "target_ip_address (before Queens iscsi_ip_address) in "
	    "cinder.conf, iscsi_ip_address in nova.conf for nova-volume: an "
	    "address of the storage network",
	    "nova-volume 2012.1 (Essex), cinder 2012.2 (Folsom)",
	    "target_ip_address iscsi_ip_address" },
	{ "storage-client", "volumes are attached from the outer address",
	    "my_block_storage_ip in nova.conf: an address of the storage "
	    "network",
	    "nova 2015.1 (Kilo)", "my_block_storage_ip" },
	{ "nfs-share",
	    "a share is named by the outer address, and its mount folder by a "
	    "hash of that",
	    "a name, or an address of the storage network, in nfs_shares "
	    "(gluster: its shares file)",
	    "cinder 2012.2 (Folsom)", "" },
	{ "endpoint", "the service catalogue holds the outer address",
	    "a DNS name in the endpoints; inner and admin endpoints on an "
	    "inner address or name",
	    "keystone 2012.1 (Essex)", "" },
	{ "cell-mapping", "a cell's URLs hold the outer address",
	    "a template in cell_mappings, such as "
	    "{scheme}://{username}:{password}@{hostname}:{port}/{path}, filled "
	    "from nova.conf; or a name",
	    "nova 18 (Rocky)", "" },
	{ "database", "a service reaches its database at the outer address",
	    "a name, or an inner address, in [database] connection (before: "
	    "sql_connection)",
	    "any release", "" },
	{ "message-queue",
	    "a service reaches the message queue at the outer address",
	    "a name, or an inner address, in transport_url (before: "
	    "rabbit_host, qpid_hostname)",
	    "any release", "" },
	{ "identity", "a service reaches keystone at the outer address",
	    "a name, or an inner address, in auth_url and "
	    "www_authenticate_uri (before: auth_uri, auth_host)",
	    "any release", "" },
	{ "image-service", "a service reaches glance at the outer address",
	    "nothing: leave [glance] api_servers out, and it comes from the "
	    "service catalogue (cinder: glance_catalog_info); before, a name "
	    "in "
	    "glance_api_servers",
	    "nova 16 (Pike), cinder 9 (Newton)", "" },
	{ "cache", "a service reaches memcached at the outer address",
	    "a name, or an inner address, in memcached_servers "
	    "(memcache_servers)",
	    "any release", "" },
	{ "metadata", "the metadata service is reached at the outer address",
	    "an inner address in metadata_host (nova-network), a name or inner "
	    "address in nova_metadata_host (neutron)",
	    "nova 2012.1 (Essex)", "metadata_host nova_metadata_host" },
	{ "ec2", "EC2 and object calls are sent to the outer address",
	    "a name in ec2_host, ec2_dmz_host, s3_host, cc_host",
	    "nova 2012.1 (Essex)", "" },
	{ "tunnel", "tunnels between hosts end at the outer address",
	    "local_ip in the agent's [ovs] or [vxlan]: an address of the "
	    "tunnel network",
	    "quantum 2012.2 (Folsom)", "local_ip" },
	{ "migration", "live migration goes to the outer address",
	    "[libvirt] live_migration_inbound_addr in nova.conf: an inner "
	    "address or a name; live_migration_uri without an address",
	    "nova 13 (Mitaka)", "live_migration_inbound_addr" },
	{ "account", "a MySQL account works from the outer address only",
	    "an account for a name, or for the inner network's pattern "
	    "(nova@192.168.4.%)",
	    "any release", "" },
	{ "listen", "a service around OpenStack listens on the outer address",
	    "an inner address or a wildcard in its own configuration",
	    "any release", "" },
	{ "image-location", "an image's location holds the outer address",
	    "a reference in swift_store_config_file (locations become "
	    "swift+config://), or a name in swift_store_auth_address",
	    "glance 2014.2 (Juno)", "" },
	{ "host-name", "a host's name is made from the outer address",
	    "host in nova.conf (cinder.conf, neutron.conf) before the first "
	    "start: a name that says nothing of the place",
	    "nova 2012.1 (Essex)", "" },
};

#endif
