#ifndef ARCHIVE_SITE_TABLE_H
#define ARCHIVE_SITE_TABLE_H

/**
 * Where a node says what it is: data for site.c, for review without reading C.
 */

/* Configuration that one service reads as a whole, in this order. */
struct site_service {
	const char *name;
	const char *files[4];
};

static const struct site_service site_services[] = {
	/* nova first: the node's own values come from it. */
	{ "nova", { "/etc/nova/nova.conf", "/etc/nova/nova-compute.conf",
		      "/etc/nova/nova-cpu.conf" } },
	{ "cinder", { "/etc/cinder/cinder.conf" } },
	{ "keystone", { "/etc/keystone/keystone.conf" } },
	{ "glance-api", { "/etc/glance/glance-api.conf" } },
	{ "glance-registry", { "/etc/glance/glance-registry.conf" } },
	{ "neutron", { "/etc/neutron/neutron.conf",
			 "/etc/neutron/plugins/ml2/ml2_conf.ini" } },
	{ "quantum",
	    { "/etc/quantum/quantum.conf",
		"/etc/quantum/plugins/openvswitch/ovs_quantum_plugin.ini",
		"/etc/quantum/plugins/linuxbridge/linuxbridge_conf.ini" } },
	{ "neutron-agent",
	    { "/etc/neutron/plugins/ml2/openvswitch_agent.ini",
		"/etc/neutron/plugins/ml2/linuxbridge_agent.ini" } },
	{ "placement", { "/etc/placement/placement.conf" } },
};

/* Which option names the database of a role.  The first row of a role that is
 * set decides, as oslo.db reads its newer names before the older ones. */
struct site_connection {
	const char *service, *role, *section, *option;
};

static const struct site_connection site_connections[] = {
	{ "nova", "nova", "database", "connection" },
	{ "nova", "nova", "DATABASE", "sql_connection" },
	{ "nova", "nova", "DEFAULT", "sql_connection" },
	{ "nova", "nova_api", "api_database", "connection" },
	{ "nova", "placement", "placement_database", "connection" },
	{ "cinder", "cinder", "database", "connection" },
	{ "cinder", "cinder", "DEFAULT", "sql_connection" },
	{ "keystone", "keystone", "database", "connection" },
	{ "keystone", "keystone", "sql", "connection" },
	{ "glance-api", "glance", "database", "connection" },
	{ "glance-api", "glance", "DEFAULT", "sql_connection" },
	{ "glance-registry", "glance", "database", "connection" },
	{ "glance-registry", "glance", "DEFAULT", "sql_connection" },
	{ "neutron", "neutron", "database", "connection" },
	{ "neutron", "neutron", "DATABASE", "sql_connection" },
	{ "neutron", "neutron", "DEFAULT", "sql_connection" },
	{ "quantum", "neutron", "DATABASE", "sql_connection" },
	{ "quantum", "neutron", "database", "connection" },
	{ "quantum", "neutron", "DEFAULT", "sql_connection" },
	{ "placement", "placement", "placement_database", "connection" },
	{ "placement", "placement", "database", "connection" },
};

/* Options whose value is an address of this very node, by what they mean. */
struct site_own {
	const char *service, *section, *option;
};

static const struct site_own site_owns[] = {
	{ "nova", "DEFAULT", "my_ip" },
	{ "nova", "DEFAULT", "my_block_storage_ip" },
	{ "nova", "DEFAULT", "my_shared_fs_storage_ip" },
	{ "nova", "DEFAULT", "iscsi_ip_address" },
	{ "nova", "DEFAULT", "routing_source_ip" },
	{ "nova", "DEFAULT", "vncserver_proxyclient_address" },
	{ "nova", "vnc", "vncserver_proxyclient_address" },
	{ "nova", "vnc", "server_proxyclient_address" },
	{ "nova", "spice", "server_proxyclient_address" },
	{ "nova", "libvirt", "live_migration_inbound_addr" },
	{ "nova", "libvirt", "migration_inbound_addr" },
	{ "cinder", "DEFAULT", "my_ip" },
	{ "cinder", "DEFAULT", "iscsi_ip_address" },
	{ "cinder", "DEFAULT", "target_ip_address" },
	{ "neutron", "ovs", "local_ip" },
	{ "neutron", "vxlan", "local_ip" },
	{ "neutron-agent", "ovs", "local_ip" },
	{ "neutron-agent", "vxlan", "local_ip" },
	{ "quantum", "OVS", "local_ip" },
};

/* What nova assumes where nothing is set; packages set state_path so. */
struct site_default {
	const char *option, *value;
};

static const struct site_default site_defaults[] = {
	{ "state_path", "/var/lib/nova" },
	{ "instances_path", "$state_path/instances" },
};

/* nova's hypervisor type and the libvirt URI that it opens for it; an explicit
 * URI wins.  Others (kvm, qemu) are qemu:///system. */
struct site_hypervisor {
	const char *type, *uri;
};

static const struct site_hypervisor site_hypervisors[] = {
	{ "lxc", "lxc:///" },
	{ "parallels", "parallels:///system" },
	{ "uml", "uml:///system" },
	{ "xen", "xen:///" },
};

#endif
