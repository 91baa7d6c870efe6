#ifndef ARCHIVE_BELONG_TABLE_H
#define ARCHIVE_BELONG_TABLE_H

/**
 * How rows belong to a compute host: data for belong.c alone (belong.h tells
 * what the words mean).
 *
 *   WHOLE(role, table)            PARENT(role, table)
 *   HOST(role, table, column)     AT(role, table, column)
 *   HOST_NAMES, AT_NAMES          the same, and they tell which hosts there are
 *   OF(role, table, column,       of role, of table, of column)
 *   WITH(role, table, column,     of table, of column)
 *   NEEDS(role, table, column,    of role, of table, of column)
 *   LIVE(...)                     NEEDS of rows that are not history
 *   OF_HERE(..., of column, here) OF, where the column "here" is the host's
 * name OF_INSTANCE(role, table)      instance_uuid, or what instance_id was:
 * the number of an instance, in Essex also its uuid
 *
 * A column that a release does not have is passed over.  A table in which none
 * of its lines can be used is taken whole, with a warning.
 *
 * What a table outside the catalogue links is said here, too; its own rows are
 * only read.
 */
/* clang-format off */
#define LINE(r, t, way, c, r2, t2, c2) \
	{ r, t, BELONG_##way, c, r2, t2, c2, NULL, NULL, 0, 0 }
#define WHOLE(r, t)  LINE(r, t, WHOLE, NULL, NULL, NULL, NULL)
#define PARENT(r, t) LINE(r, t, PARENT, NULL, NULL, NULL, NULL)
#define HOST(r, t, c) LINE(r, t, HOST, c, NULL, NULL, NULL)
#define AT(r, t, c) LINE(r, t, AT, c, NULL, NULL, NULL)
#define HOST_NAMES(r, t, c) \
	{ r, t, BELONG_HOST, c, NULL, NULL, NULL, NULL, NULL, 0, 1 }
#define AT_NAMES(r, t, c) \
	{ r, t, BELONG_AT, c, NULL, NULL, NULL, NULL, NULL, 0, 1 }
#define HOST_ALONE(r, t, c, null) \
	{ r, t, BELONG_HOST, c, NULL, NULL, NULL, NULL, null, 0, 0 }
#define OF(r, t, c, r2, t2, c2) LINE(r, t, OF, c, r2, t2, c2)
#define OF_HERE(r, t, c, t2, c2, host) \
	{ r, t, BELONG_WITH, c, r, t2, c2, host, NULL, 0, 0 }
#define OF_INSTANCE(r, t) \
	OF(r, t, "instance_uuid", "nova", "instances", "uuid"), \
	OF(r, t, "instance_id", "nova", "instances", "id"), \
	OF(r, t, "instance_id", "nova", "instances", "uuid")
#define WITH(r, t, c, t2, c2) LINE(r, t, WITH, c, r, t2, c2)
#define NEEDS(r, t, c, r2, t2, c2) LINE(r, t, NEEDS, c, r2, t2, c2)
#define LIVE(r, t, c, r2, t2, c2) \
	{ r, t, BELONG_NEEDS, c, r2, t2, c2, NULL, NULL, 1, 0 }

static const struct belong lines[] = {
	/* nova: its services and instances are a host's; what hangs on an
	 * instance goes by the instance, wherever a fault or a move was. */
	HOST_NAMES("nova", "services", "host"),
	HOST_NAMES("nova", "compute_nodes", "host"),
	OF("nova", "compute_nodes", "service_id", "nova", "services", "id"),
	OF("nova", "compute_node_stats", "compute_node_id", "nova", "compute_nodes", "id"),
	HOST_NAMES("nova", "instances", "host"),
	OF_INSTANCE("nova", "instance_info_caches"),
	OF_INSTANCE("nova", "instance_metadata"),
	OF_INSTANCE("nova", "instance_system_metadata"),
	OF_INSTANCE("nova", "instance_faults"),
	OF_INSTANCE("nova", "instance_actions"),
	OF("nova", "instance_actions_events", "action_id", "nova", "instance_actions", "id"),
	OF_INSTANCE("nova", "migrations"),
	OF_INSTANCE("nova", "virtual_interfaces"),
	OF_INSTANCE("nova", "block_device_mapping"),
	LIVE("nova", "block_device_mapping", "volume_id", "cinder", "volumes", "id"),
	LIVE("nova", "block_device_mapping", "volume_id", "nova", "volumes", "id"),
	HOST("nova", "task_log", "host"),
	HOST("nova", "console_pools", "host"),
	HOST("nova", "console_pools", "compute_host"),
	OF("nova", "consoles", "pool_id", "nova", "console_pools", "id"),
	OF_INSTANCE("nova", "consoles"),
	HOST("nova", "aggregate_hosts", "host"),
	NEEDS("nova", "aggregate_hosts", "aggregate_id", "nova", "aggregates", "id"),
	PARENT("nova", "aggregates"),
	WHOLE("nova", "agent_builds"),
	WHOLE("nova", "cells"),
	WHOLE("nova", "auth_tokens"),
	WHOLE("nova", "provider_fw_rules"),

	/* nova-network: addresses go by the instance that has them; one that
	 * nobody has is nobody's.  Networks as far as they are needed. */
	OF_INSTANCE("nova", "fixed_ips"),
	HOST("nova", "fixed_ips", "host"),
	NEEDS("nova", "fixed_ips", "network_id", "nova", "networks", "id"),
	NEEDS("nova", "fixed_ips", "virtual_interface_id", "nova", "virtual_interfaces", "id"),
	NEEDS("nova", "virtual_interfaces", "network_id", "nova", "networks", "id"),
	HOST("nova", "floating_ips", "host"),
	OF("nova", "floating_ips", "fixed_ip_id", "nova", "fixed_ips", "id"),
	HOST("nova", "networks", "host"),
	WHOLE("nova", "dns_domains"),
	OF_INSTANCE("nova", "security_group_instance_association"),
	NEEDS("nova", "security_group_instance_association", "security_group_id", "nova", "security_groups", "id"),
	PARENT("nova", "security_groups"),
	WITH("nova", "security_group_rules", "parent_group_id", "security_groups", "id"),

	/* nova-volume: a volume is its host's, and its instance's. */
	HOST_NAMES("nova", "volumes", "host"),
	OF_INSTANCE("nova", "volumes"),
	WITH("nova", "volume_metadata", "volume_id", "volumes", "id"),
	WITH("nova", "snapshots", "volume_id", "volumes", "id"),
	WITH("nova", "iscsi_targets", "volume_id", "volumes", "id"),
	HOST("nova", "iscsi_targets", "host"),
	WHOLE("nova", "sm_flavors"),
	WHOLE("nova", "sm_backend_config"),

	/* nova_api: cells are shared. */
	WHOLE("nova_api", "cell_mappings"),
	HOST_NAMES("nova_api", "host_mappings", "host"),
	OF_INSTANCE("nova_api", "request_specs"),
	OF_INSTANCE("nova_api", "build_requests"),
	HOST("nova_api", "aggregate_hosts", "host"),
	NEEDS("nova_api", "aggregate_hosts", "aggregate_id", "nova_api", "aggregates", "id"),
	PARENT("nova_api", "aggregates"),

	/* keystone and glance know no hosts: an endpoint is everybody's, and
	 * where an image is stored concerns the next instance, too. */
	WHOLE("keystone", "*"),
	WHOLE("glance", "*"),

	/* cinder: a volume is that of the host whose back end holds it; and one
	 * that an instance of this host has attached is needed. */
	AT_NAMES("cinder", "services", "host"),
	NEEDS("cinder", "services", "cluster_name", "cinder", "clusters", "name"),
	PARENT("cinder", "clusters"),
	AT("cinder", "consistencygroups", "host"),
	OF("cinder", "cgsnapshots", "consistencygroup_id", "cinder", "consistencygroups", "id"),
	AT("cinder", "groups", "host"),
	OF("cinder", "group_snapshots", "group_id", "cinder", "groups", "id"),
	AT_NAMES("cinder", "volumes", "host"),
	NEEDS("cinder", "volumes", "cluster_name", "cinder", "clusters", "name"),
	WITH("cinder", "snapshots", "volume_id", "volumes", "id"),
	WITH("cinder", "volume_metadata", "volume_id", "volumes", "id"),
	WITH("cinder", "volume_admin_metadata", "volume_id", "volumes", "id"),
	WITH("cinder", "volume_glance_metadata", "volume_id", "volumes", "id"),
	WITH("cinder", "volume_glance_metadata", "snapshot_id", "snapshots", "id"),
	WITH("cinder", "snapshot_metadata", "snapshot_id", "snapshots", "id"),
	OF("cinder", "volume_attachment", "volume_id", "cinder", "volumes", "id"),
	OF("cinder", "volume_attachment", "instance_uuid", "nova", "instances", "uuid"),
	HOST_ALONE("cinder", "volume_attachment", "attached_host", "instance_uuid"),
	WITH("cinder", "attachment_specs", "attachment_id", "volume_attachment", "id"),
	AT("cinder", "backups", "host"),
	WITH("cinder", "backup_metadata", "backup_id", "backups", "id"),
	AT("cinder", "image_volume_cache_entries", "host"),
	WHOLE("cinder", "driver_initiator_data"),
	AT("cinder", "iscsi_targets", "host"),
	WITH("cinder", "iscsi_targets", "volume_id", "volumes", "id"),

	/* neutron: agents and tunnel ends are a host's; a port is its
	 * instance's, or was bound to the host (DHCP, routers). */
	HOST_NAMES("neutron", "agents", "host"),
	HOST("neutron", "ml2_vxlan_endpoints", "host"),
	HOST("neutron", "ml2_gre_endpoints", "host"),
	HOST("neutron", "ml2_geneve_endpoints", "host"),
	WHOLE("neutron", "ovs_tunnel_ips"),
	WHOLE("neutron", "ovs_tunnel_endpoints"),
	HOST("neutron", "ovn_hash_ring", "hostname"),
	HOST("neutron", "dvr_host_macs", "host"),
	OF("neutron", "ports", "device_id", "nova", "instances", "uuid"),
	OF("neutron", "ports", "device_id", "neutron", "routers", "id"),
	OF("neutron", "ml2_port_bindings", "port_id", "neutron", "ports", "id"),
	HOST("neutron", "ml2_port_bindings", "host"),
	OF("neutron", "ml2_port_binding_levels", "port_id", "neutron", "ports", "id"),
	HOST("neutron", "ml2_port_binding_levels", "host"),
	HOST("neutron", "ml2_distributed_port_bindings", "host"),
	WITH("neutron", "ipallocations", "port_id", "ports", "id"),
	WITH("neutron", "allowedaddresspairs", "port_id", "ports", "id"),
	WITH("neutron", "extradhcpopts", "port_id", "ports", "id"),
	WITH("neutron", "portdnses", "port_id", "ports", "id"),
	PARENT("neutron", "networks"),
	NEEDS("neutron", "ports", "network_id", "neutron", "networks", "id"),
	WITH("neutron", "externalnetworks", "network_id", "networks", "id"),
	WITH("neutron", "networkdnsdomains", "network_id", "networks", "id"),
	WITH("neutron", "ovs_network_bindings", "network_id", "networks", "id"),
	WITH("neutron", "network_bindings", "network_id", "networks", "id"),
	WITH("neutron", "networksegments", "network_id", "networks", "id"),
	OF_HERE("neutron", "segmenthostmappings", "segment_id", "networksegments", "id", "host"),
	WITH("neutron", "subnets", "network_id", "networks", "id"),
	WITH("neutron", "ipallocationpools", "subnet_id", "subnets", "id"),
	WITH("neutron", "ipavailabilityranges", "allocation_pool_id", "ipallocationpools", "id"),
	WITH("neutron", "dnsnameservers", "subnet_id", "subnets", "id"),
	WITH("neutron", "subnetroutes", "subnet_id", "subnets", "id"),
	WITH("neutron", "ipamsubnets", "neutron_subnet_id", "subnets", "id"),
	WITH("neutron", "ipamallocationpools", "ipam_subnet_id", "ipamsubnets", "id"),
	WITH("neutron", "ipamavailabilityranges", "allocation_pool_id", "ipamallocationpools", "id"),
	/* By the address alone: one that two subnets have comes twice. */
	WITH("neutron", "ipamallocations", "ip_address", "ipallocations", "ip_address"),
	NEEDS("neutron", "subnets", "subnetpool_id", "neutron", "subnetpools", "id"),
	PARENT("neutron", "subnetpools"),
	WITH("neutron", "subnetpoolprefixes", "subnetpool_id", "subnetpools", "id"),
	NEEDS("neutron", "subnetpools", "address_scope_id", "neutron", "address_scopes", "id"),
	PARENT("neutron", "address_scopes"),
	PARENT("neutron", "standardattributes"),
	OF("neutron", "routerl3agentbindings", "l3_agent_id", "neutron", "agents", "id"),
	OF("neutron", "routers", "id", "neutron", "routerl3agentbindings", "router_id"),
	NEEDS("neutron", "routers", "gw_port_id", "neutron", "ports", "id"),
	WITH("neutron", "routerroutes", "router_id", "routers", "id"),
	OF("neutron", "floatingips", "fixed_port_id", "neutron", "ports", "id"),
	NEEDS("neutron", "floatingips", "floating_port_id", "neutron", "ports", "id"),
	NEEDS("neutron", "floatingips", "router_id", "neutron", "routers", "id"),
	WITH("neutron", "floatingipdnses", "floatingip_id", "floatingips", "id"),
	OF("neutron", "portforwardings", "internal_neutron_port_id", "neutron", "ports", "id"),
	OF("neutron", "local_ip_associations", "fixed_port_id", "neutron", "ports", "id"),
	NEEDS("neutron", "local_ip_associations", "local_ip_id", "neutron", "local_ips", "id"),
	PARENT("neutron", "local_ips"),
	OF("neutron", "ndp_proxies", "port_id", "neutron", "ports", "id"),
	OF("neutron", "securitygroupportbindings", "port_id", "neutron", "ports", "id"),
	NEEDS("neutron", "securitygroupportbindings", "security_group_id", "neutron", "securitygroups", "id"),
	PARENT("neutron", "securitygroups"),
	WITH("neutron", "securitygrouprules", "security_group_id", "securitygroups", "id"),
	PARENT("neutron", "address_groups"),
	WITH("neutron", "address_associations", "address_group_id", "address_groups", "id"),
	WHOLE("neutron", "meteringlabels"),
	WHOLE("neutron", "meteringlabelrules"),

	/* placement: a compute node's provider and what is below it. */
	OF("placement", "resource_providers", "uuid", "nova", "compute_nodes", "uuid"),
	OF("placement", "resource_providers", "name", "nova", "compute_nodes", "hypervisor_hostname"),
	OF("placement", "resource_providers", "root_provider_id", "placement", "resource_providers", "id"),
};

#undef LINE
#undef WHOLE
#undef PARENT
#undef HOST
#undef AT
#undef HOST_NAMES
#undef AT_NAMES
#undef HOST_ALONE
#undef OF
#undef OF_HERE
#undef OF_INSTANCE
#undef WITH
#undef NEEDS
#undef LIVE
/* clang-format on */

#endif
