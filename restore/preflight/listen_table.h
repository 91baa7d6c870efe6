#ifndef RESTORE_LISTEN_TABLE_H
#define RESTORE_LISTEN_TABLE_H

/**
 * Options that name an address of this very host: mostly one that a service
 * listens on.  File (shell pattern), section (NULL: any, or none), option, the
 * text behind which the address stands in its value (NULL: it is the value),
 * the option of the same section that has the port (NULL: none), the port where
 * nothing else says one (0: none).  Names are compared without case, - as _.
 * Included by listen_lines.c alone.
 */
struct listen_row {
	const char *file, *section, *option, *behind, *port_option;
	unsigned int port;
};

static const struct listen_row rows[] = {
	/* nova, from its first release on. */
	{ "/etc/nova/*", "DEFAULT", "my_ip", NULL, NULL, 0 },
	{ "/etc/nova/*", "DEFAULT", "my_block_storage_ip", NULL, NULL, 0 },
	{ "/etc/nova/*", "DEFAULT", "my_shared_fs_storage_ip", NULL, NULL, 0 },
	{ "/etc/nova/*", "DEFAULT", "routing_source_ip", NULL, NULL, 0 },
	{ "/etc/nova/*", "DEFAULT", "iscsi_ip_address", NULL, "iscsi_port",
	    3260 },
	{ "/etc/nova/*", "DEFAULT", "osapi_compute_listen", NULL,
	    "osapi_compute_listen_port", 8774 },
	{ "/etc/nova/*", "DEFAULT", "osapi_volume_listen", NULL,
	    "osapi_volume_listen_port", 8776 },
	{ "/etc/nova/*", "DEFAULT", "metadata_listen", NULL,
	    "metadata_listen_port", 8775 },
	{ "/etc/nova/*", "DEFAULT", "ec2_listen", NULL, "ec2_listen_port",
	    8773 },
	{ "/etc/nova/*", "DEFAULT", "vncserver_listen", NULL, NULL, 0 },
	{ "/etc/nova/*", "DEFAULT", "vncserver_proxyclient_address", NULL, NULL,
	    0 },
	{ "/etc/nova/*", "DEFAULT", "novncproxy_host", NULL, "novncproxy_port",
	    6080 },
	{ "/etc/nova/*", "DEFAULT", "xvpvncproxy_host", NULL,
	    "xvpvncproxy_port", 6081 },
	{ "/etc/nova/*", "vnc", "server_listen", NULL, NULL, 0 },
	{ "/etc/nova/*", "vnc", "vncserver_listen", NULL, NULL, 0 },
	{ "/etc/nova/*", "vnc", "server_proxyclient_address", NULL, NULL, 0 },
	{ "/etc/nova/*", "vnc", "vncserver_proxyclient_address", NULL, NULL,
	    0 },
	{ "/etc/nova/*", "vnc", "novncproxy_host", NULL, "novncproxy_port",
	    6080 },
	{ "/etc/nova/*", "vnc", "xvpvncproxy_host", NULL, "xvpvncproxy_port",
	    6081 },
	{ "/etc/nova/*", "spice", "server_listen", NULL, NULL, 0 },
	{ "/etc/nova/*", "spice", "server_proxyclient_address", NULL, NULL, 0 },
	{ "/etc/nova/*", "spice", "html5proxy_host", NULL, "html5proxy_port",
	    6082 },
	{ "/etc/nova/*", "serial_console", "serialproxy_host", NULL,
	    "serialproxy_port", 6083 },
	{ "/etc/nova/*", "serial_console", "proxyclient_address", NULL, NULL,
	    0 },
	{ "/etc/nova/*", "serial_console", "listen", NULL, NULL, 0 },
	{ "/etc/nova/*", "mks", "mksproxy_host", NULL, "mksproxy_port", 6090 },
	{ "/etc/nova/*", "libvirt", "live_migration_inbound_addr", NULL, NULL,
	    0 },
	{ "/etc/nova/*", "libvirt", "migration_inbound_addr", NULL, NULL, 0 },

	{ "/etc/cinder/*", "DEFAULT", "my_ip", NULL, NULL, 0 },
	{ "/etc/cinder/*", "DEFAULT", "osapi_volume_listen", NULL,
	    "osapi_volume_listen_port", 8776 },
	{ "/etc/cinder/*", NULL, "iscsi_ip_address", NULL, "iscsi_port", 3260 },
	{ "/etc/cinder/*", NULL, "target_ip_address", NULL, "target_port",
	    3260 },

	{ "/etc/glance/glance-api.conf", "DEFAULT", "bind_host", NULL,
	    "bind_port", 9292 },
	{ "/etc/glance/glance-registry.conf", "DEFAULT", "bind_host", NULL,
	    "bind_port", 9191 },

	{ "/etc/keystone/*", "DEFAULT", "bind_host", NULL, "public_port",
	    5000 },
	{ "/etc/keystone/*", "DEFAULT", "public_bind_host", NULL, "public_port",
	    5000 },
	{ "/etc/keystone/*", "DEFAULT", "admin_bind_host", NULL, "admin_port",
	    35357 },
	{ "/etc/keystone/*", "eventlet_server", "public_bind_host", NULL,
	    "public_port", 5000 },
	{ "/etc/keystone/*", "eventlet_server", "admin_bind_host", NULL,
	    "admin_port", 35357 },

	{ "/etc/neutron/*", "DEFAULT", "bind_host", NULL, "bind_port", 9696 },
	{ "/etc/neutron/*", NULL, "local_ip", NULL, NULL, 0 },
	{ "/etc/neutron/*", "ovs", "of_listen_address", NULL, "of_listen_port",
	    6633 },
	{ "/etc/quantum/*", "DEFAULT", "bind_host", NULL, "bind_port", 9696 },
	{ "/etc/quantum/*", NULL, "local_ip", NULL, NULL, 0 },

	/* libvirt: for domains that do not say it, and for itself. */
	{ "/etc/libvirt/qemu.conf", NULL, "vnc_listen", NULL, NULL, 0 },
	{ "/etc/libvirt/qemu.conf", NULL, "spice_listen", NULL, NULL, 0 },
	{ "/etc/libvirt/qemu.conf", NULL, "migration_address", NULL, NULL, 0 },
	{ "/etc/libvirt/*d.conf", NULL, "listen_addr", NULL, NULL, 0 },

	/* The services around OpenStack. */
	{ "/etc/my*", NULL, "bind_address", NULL, "port", 3306 },
	{ "/etc/my*", NULL, "wsrep_node_address", NULL, NULL, 4567 },
	{ "/etc/memcached.conf", NULL, "-l", NULL, "-p", 11211 },
	{ "/etc/sysconfig/memcached", NULL, "OPTIONS", "-l", "PORT", 11211 },
	{ "/etc/rabbitmq/*", NULL, "RABBITMQ_NODE_IP_ADDRESS", NULL,
	    "RABBITMQ_NODE_PORT", 5672 },
	{ "/etc/rabbitmq/*", NULL, "NODE_IP_ADDRESS", NULL, "NODE_PORT", 5672 },
	{ "/etc/rabbitmq/rabbitmq.conf", NULL, "listeners.*", NULL, NULL, 0 },
	{ "/etc/chrony*", NULL, "bindcmdaddress", NULL, NULL, 0 },
	{ "/etc/chrony*", NULL, "bindaddress", NULL, NULL, 0 },
	{ "/etc/systemd/system/tgt.service.d/*", NULL, "ExecStart",
	    "portal=", NULL, 3260 },
	{ "/etc/apache2/*", NULL, "Listen", NULL, NULL, 0 },
	{ "/etc/httpd/*", NULL, "Listen", NULL, NULL, 0 },
	{ "/etc/dnsmasq*", NULL, "listen_address", NULL, NULL, 53 },
};

/* Files whose every "address:port" is a service of this host, if the address
 * is this host's. */
static const char *const reached[] = {
	"/etc/nova/*",
	"/etc/cinder/*",
	"/etc/keystone/*",
	"/etc/glance/*",
	"/etc/neutron/*",
	"/etc/quantum/*",
	"/etc/placement/*",
};

#endif
