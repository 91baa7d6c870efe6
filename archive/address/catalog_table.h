#ifndef ARCHIVE_CATALOG_TABLE_H
#define ARCHIVE_CATALOG_TABLE_H

/**
 * The catalogue: data for catalog.c alone.
 *
 * Tables, by role, parents before children (foreign keys as the releases define
 * them).  A table that a release does not have is passed over.  Left out on
 * purpose: console_auth_tokens and keystone's token (dead after a move).
 */

static const char *const nova_tables[] = {
	"services", "compute_nodes", "agent_builds", "aggregates",
	"aggregate_hosts", "cells", "auth_tokens", "networks",
	"dns_domains", "console_pools", "consoles", "instances",
	"instance_info_caches", "instance_metadata",
	"instance_system_metadata", "instance_faults", "instance_actions",
	"instance_actions_events", "task_log", "migrations",
	"virtual_interfaces", "fixed_ips", "floating_ips",
	"security_groups", "security_group_rules", "provider_fw_rules",
	"volumes", "snapshots", "iscsi_targets", "block_device_mapping",
	"sm_flavors", "sm_backend_config", NULL
};

static const char *const nova_api_tables[] = {
	"cell_mappings", "host_mappings", "aggregates", "aggregate_hosts",
	"request_specs", "build_requests", NULL
};

static const char *const keystone_tables[] = {
	"region", "service", "endpoint", "service_provider",
	"identity_provider", "idp_remote_ids", "whitelisted_config", NULL
};

static const char *const glance_tables[] = {
	"images", "image_locations", "image_properties", "node_reference",
	NULL
};

static const char *const cinder_tables[] = {
	"services", "clusters", "consistencygroups", "cgsnapshots",
	"groups", "group_snapshots", "volumes", "snapshots",
	"volume_metadata", "volume_admin_metadata", "volume_attachment",
	"attachment_specs", "backups", "image_volume_cache_entries",
	"driver_initiator_data", "iscsi_targets", NULL
};

static const char *const neutron_tables[] = {
	"standardattributes", "agents", "ml2_vxlan_endpoints",
	"ml2_gre_endpoints", "ml2_geneve_endpoints", "ovs_tunnel_ips",
	"ovs_tunnel_endpoints", "address_scopes", "subnetpools",
	"subnetpoolprefixes", "networks", "networkdnsdomains",
	"networksegments", "segmenthostmappings", "subnets",
	"ipallocationpools", "ipavailabilityranges", "dnsnameservers",
	"subnetroutes", "ports", "ipallocations", "allowedaddresspairs",
	"portdnses", "routers", "routerroutes", "floatingips",
	"floatingipdnses", "portforwardings", "local_ips",
	"local_ip_associations", "ndp_proxies", "address_groups",
	"address_associations", "securitygroups", "securitygrouprules",
	"ml2_port_bindings", "ml2_port_binding_levels",
	"ml2_distributed_port_bindings", "dvr_host_macs", NULL
};

static const char *const placement_tables[] = {
	"resource_providers", NULL
};

/* Role; its tables; the column that marks deleted rows; the table without which
 * the role makes no sense. */
struct catalog_role {
	const char *role;
	const char *const *tables;
	const char *deleted, *required;
};

static const struct catalog_role roles[] = {
	{ "nova", nova_tables, "deleted", "instances" },
	{ "nova_api", nova_api_tables, NULL, NULL },
	{ "keystone", keystone_tables, NULL, NULL },
	{ "glance", glance_tables, "deleted", NULL },
	{ "cinder", cinder_tables, "deleted", NULL },
	{ "neutron", neutron_tables, NULL, NULL },
	{ "placement", placement_tables, NULL, NULL },
};

/**
 * Columns, by role and table.  Class: ADDRESS the map applies; TENANT a tenant's
 * own, held; HOST a nova host name, held unless a "host" rule names it; GUARDED
 * is made of one, and held; CONNECTOR is an ADDRESS with a host beside; SECRET
 * is held and never shown.
 */
/* clang-format off */
#define ADDRESS(r, t, c, form, what) \
	{ r, t, c, CATALOG_ADDRESS, PLACE_##form, PLACE_PLAIN, what, CATALOG_NO_HOSTS }
#define CONNECTOR(r, t, c, form, what) \
	{ r, t, c, CATALOG_ADDRESS, PLACE_##form, PLACE_PLAIN, what, CATALOG_CONNECTOR }
#define BRIDGE(r, t, c, form, what) \
	{ r, t, c, CATALOG_ADDRESS, PLACE_##form, PLACE_BRIDGE, what, CATALOG_NO_HOSTS }
#define TENANT(r, t, c, form, what) \
	{ r, t, c, CATALOG_TENANT, PLACE_##form, PLACE_TENANT, what, CATALOG_NO_HOSTS }
#define HOST(r, t, c, form, what) \
	{ r, t, c, CATALOG_HOST, PLACE_##form, PLACE_HOST, what, CATALOG_HOSTS }
#define GUARDED(r, t, c, form, what) \
	{ r, t, c, CATALOG_HOST, PLACE_##form, PLACE_HOST, what, CATALOG_NO_HOSTS }
#define SECRET(r, t, c, form, what) \
	{ r, t, c, CATALOG_OUTSIDE, PLACE_##form, PLACE_SECRET, what, CATALOG_NO_HOSTS }

static const struct catalog_column columns[] = {
	HOST("nova", "services", "host", VALUE, "nova host name"),
	HOST("nova", "compute_nodes", "host", VALUE, "nova host name"),
	HOST("nova", "compute_nodes", "hypervisor_hostname", VALUE, "hypervisor host name"),
	ADDRESS("nova", "compute_nodes", "host_ip", VALUE, "address of a compute node"),
	TENANT("nova", "compute_nodes", "stats", JSON, "free text of a compute node"),
	TENANT("nova", "compute_nodes", "extra_resources", JSON, "free text of a compute node"),
	ADDRESS("nova", "agent_builds", "url", VALUE, "download URL of a guest agent"),
	HOST("nova", "aggregate_hosts", "host", VALUE, "nova host name"),
	ADDRESS("nova", "cells", "api_url", VALUE, "URL of a child cell"),
	ADDRESS("nova", "cells", "rpc_host", VALUE, "message queue of a child cell"),
	SECRET("nova", "cells", "password", VALUE, "password of a child cell"),
	ADDRESS("nova", "auth_tokens", "server_management_url", VALUE, "URL in a token"),
	ADDRESS("nova", "auth_tokens", "storage_url", VALUE, "URL in a token"),
	ADDRESS("nova", "auth_tokens", "cdn_management_url", VALUE, "URL in a token"),
	ADDRESS("nova", "networks", "cidr", VALUE, "fixed network"),
	ADDRESS("nova", "networks", "cidr_v6", VALUE, "fixed network"),
	ADDRESS("nova", "networks", "gateway", VALUE, "gateway of a fixed network"),
	ADDRESS("nova", "networks", "gateway_v6", VALUE, "gateway of a fixed network"),
	ADDRESS("nova", "networks", "netmask", VALUE, "netmask of a fixed network"),
	ADDRESS("nova", "networks", "netmask_v6", VALUE, "netmask of a fixed network"),
	ADDRESS("nova", "networks", "broadcast", VALUE, "broadcast address of a fixed network"),
	ADDRESS("nova", "networks", "dns1", VALUE, "name server of a fixed network"),
	ADDRESS("nova", "networks", "dns2", VALUE, "name server of a fixed network"),
	ADDRESS("nova", "networks", "dhcp_start", VALUE, "first address that DHCP gives"),
	ADDRESS("nova", "networks", "dhcp_server", VALUE, "DHCP server of a fixed network"),
	ADDRESS("nova", "networks", "vpn_public_address", VALUE, "VPN address"),
	ADDRESS("nova", "networks", "vpn_private_address", VALUE, "VPN address"),
	BRIDGE("nova", "networks", "bridge", VALUE, "bridge of a fixed network"),
	ADDRESS("nova", "networks", "bridge_interface", VALUE, "interface of a bridge"),
	HOST("nova", "networks", "host", VALUE, "nova host name"),
	ADDRESS("nova", "dns_domains", "domain", VALUE, "DNS domain of floating addresses"),
	ADDRESS("nova", "console_pools", "address", VALUE, "console address"),
	ADDRESS("nova", "console_pools", "public_hostname", VALUE, "console host"),
	HOST("nova", "console_pools", "host", VALUE, "nova host name"),
	HOST("nova", "console_pools", "compute_host", VALUE, "nova host name"),
	SECRET("nova", "console_pools", "password", VALUE, "console password"),
	SECRET("nova", "consoles", "password", VALUE, "console password"),
	HOST("nova", "instances", "host", VALUE, "nova host name"),
	HOST("nova", "instances", "node", VALUE, "hypervisor host name"),
	HOST("nova", "instances", "launched_on", VALUE, "nova host name"),
	TENANT("nova", "instances", "access_ip_v4", VALUE, "access address, set by the tenant"),
	TENANT("nova", "instances", "access_ip_v6", VALUE, "access address, set by the tenant"),
	TENANT("nova", "instances", "user_data", VALUE, "user data"),
	TENANT("nova", "instances", "hostname", VALUE, "instance's host name"),
	TENANT("nova", "instances", "display_name", VALUE, "instance's name"),
	TENANT("nova", "instances", "display_description", VALUE, "instance's description"),
	SECRET("nova", "instances", "admin_pass", VALUE, "password of an instance"),
	ADDRESS("nova", "instance_info_caches", "network_info", JSON, "network information of an instance"),
	TENANT("nova", "instance_metadata", "value", VALUE, "metadata of an instance"),
	TENANT("nova", "instance_system_metadata", "value", VALUE, "metadata of an instance"),
	HOST("nova", "instance_faults", "host", VALUE, "nova host name"),
	HOST("nova", "instance_actions_events", "host", VALUE, "nova host name"),
	HOST("nova", "task_log", "host", VALUE, "nova host name"),
	ADDRESS("nova", "migrations", "dest_host", VALUE, "address that an instance moved to"),
	HOST("nova", "migrations", "source_compute", VALUE, "nova host name"),
	HOST("nova", "migrations", "dest_compute", VALUE, "nova host name"),
	HOST("nova", "migrations", "source_node", VALUE, "hypervisor host name"),
	HOST("nova", "migrations", "dest_node", VALUE, "hypervisor host name"),
	ADDRESS("nova", "fixed_ips", "address", VALUE, "fixed address"),
	HOST("nova", "fixed_ips", "host", VALUE, "nova host name"),
	ADDRESS("nova", "floating_ips", "address", VALUE, "floating address"),
	HOST("nova", "floating_ips", "host", VALUE, "nova host name"),
	ADDRESS("nova", "floating_ips", "interface", VALUE, "interface of floating addresses"),
	TENANT("nova", "security_groups", "name", VALUE, "security group's name"),
	TENANT("nova", "security_groups", "description", VALUE, "security group's description"),
	TENANT("nova", "security_group_rules", "cidr", VALUE, "tenant's security group rule"),
	TENANT("nova", "provider_fw_rules", "cidr", VALUE, "firewall rule of the provider"),
	ADDRESS("nova", "volumes", "provider_location", VALUE, "iSCSI portal of a volume"),
	SECRET("nova", "volumes", "provider_auth", VALUE, "CHAP login of a volume"),
	HOST("nova", "volumes", "host", VALUE, "nova host name"),
	TENANT("nova", "volumes", "display_name", VALUE, "volume's name"),
	TENANT("nova", "volumes", "display_description", VALUE, "volume's description"),
	TENANT("nova", "snapshots", "display_name", VALUE, "snapshot's name"),
	TENANT("nova", "snapshots", "display_description", VALUE, "snapshot's description"),
	HOST("nova", "iscsi_targets", "host", VALUE, "nova host name"),
	CONNECTOR("nova", "block_device_mapping", "connection_info", JSON, "connection of an attached volume"),
	ADDRESS("nova", "sm_backend_config", "config_params", VALUE, "storage back end"),

	ADDRESS("nova_api", "cell_mappings", "transport_url", VALUE, "message queue of a cell"),
	ADDRESS("nova_api", "cell_mappings", "database_connection", VALUE, "database of a cell"),
	HOST("nova_api", "host_mappings", "host", VALUE, "nova host name"),
	HOST("nova_api", "aggregate_hosts", "host", VALUE, "nova host name"),
	HOST("nova_api", "request_specs", "spec", JSON, "request of an instance"),
	HOST("nova_api", "build_requests", "instance", JSON, "request of an instance"),

	ADDRESS("keystone", "region", "extra", JSON, "region of the catalogue"),
	ADDRESS("keystone", "service", "extra", JSON, "service of the catalogue"),
	ADDRESS("keystone", "endpoint", "url", VALUE, "endpoint"),
	ADDRESS("keystone", "endpoint", "extra", JSON, "endpoint"),
	ADDRESS("keystone", "service_provider", "auth_url", VALUE, "federation URL"),
	ADDRESS("keystone", "service_provider", "sp_url", VALUE, "federation URL"),
	ADDRESS("keystone", "idp_remote_ids", "remote_id", VALUE, "federation URL"),
	ADDRESS("keystone", "whitelisted_config", "value", JSON, "setting of a domain"),

	ADDRESS("glance", "images", "location", VALUE, "where an image is stored"),
	TENANT("glance", "images", "name", VALUE, "image's name"),
	ADDRESS("glance", "image_locations", "value", VALUE, "where an image is stored"),
	ADDRESS("glance", "image_locations", "meta_data", JSON, "where an image is stored"),
	TENANT("glance", "image_properties", "value", VALUE, "property of an image"),
	ADDRESS("glance", "node_reference", "node_reference_url", VALUE, "URL of a glance node"),

	HOST("cinder", "services", "host", VALUE, "cinder host name"),
	GUARDED("cinder", "clusters", "name", VALUE, "cinder cluster name"),
	HOST("cinder", "consistencygroups", "host", VALUE, "cinder host name"),
	HOST("cinder", "groups", "host", VALUE, "cinder host name"),
	HOST("cinder", "volumes", "host", VALUE, "cinder host name"),
	GUARDED("cinder", "volumes", "cluster_name", VALUE, "cinder cluster name"),
	ADDRESS("cinder", "volumes", "provider_location", VALUE, "iSCSI portal of a volume"),
	SECRET("cinder", "volumes", "provider_auth", VALUE, "CHAP login of a volume"),
	TENANT("cinder", "volumes", "display_name", VALUE, "volume's name"),
	TENANT("cinder", "volumes", "display_description", VALUE, "volume's description"),
	ADDRESS("cinder", "snapshots", "provider_location", VALUE, "iSCSI portal of a snapshot"),
	SECRET("cinder", "snapshots", "provider_auth", VALUE, "CHAP login of a snapshot"),
	TENANT("cinder", "snapshots", "display_name", VALUE, "snapshot's name"),
	TENANT("cinder", "snapshots", "display_description", VALUE, "snapshot's description"),
	TENANT("cinder", "volume_metadata", "value", VALUE, "metadata of a volume"),
	ADDRESS("cinder", "volume_admin_metadata", "value", VALUE, "metadata of a volume"),
	CONNECTOR("cinder", "volume_attachment", "connection_info", JSON, "connection of an attached volume"),
	CONNECTOR("cinder", "volume_attachment", "connector", JSON, "host that a volume is attached to"),
	HOST("cinder", "volume_attachment", "attached_host", VALUE, "nova host name"),
	CONNECTOR("cinder", "attachment_specs", "value", VALUE, "host that a volume is attached to"),
	HOST("cinder", "backups", "host", VALUE, "cinder host name"),
	ADDRESS("cinder", "backups", "service_metadata", VALUE, "where a backup is stored"),
	ADDRESS("cinder", "backups", "container", VALUE, "where a backup is stored"),
	TENANT("cinder", "backups", "display_name", VALUE, "backup's name"),
	TENANT("cinder", "backups", "display_description", VALUE, "backup's description"),
	HOST("cinder", "image_volume_cache_entries", "host", VALUE, "cinder host name"),
	ADDRESS("cinder", "driver_initiator_data", "value", VALUE, "driver's text"),
	HOST("cinder", "iscsi_targets", "host", VALUE, "cinder host name"),

	TENANT("neutron", "standardattributes", "description", VALUE, "tenant's description"),
	ADDRESS("neutron", "agents", "configurations", JSON, "settings of an agent"),
	HOST("neutron", "agents", "host", VALUE, "nova host name"),
	GUARDED("neutron", "agents", "topic", VALUE, "message topic of an agent"),
	ADDRESS("neutron", "ml2_vxlan_endpoints", "ip_address", VALUE, "tunnel endpoint"),
	HOST("neutron", "ml2_vxlan_endpoints", "host", VALUE, "nova host name"),
	ADDRESS("neutron", "ml2_gre_endpoints", "ip_address", VALUE, "tunnel endpoint"),
	HOST("neutron", "ml2_gre_endpoints", "host", VALUE, "nova host name"),
	ADDRESS("neutron", "ml2_geneve_endpoints", "ip_address", VALUE, "tunnel endpoint"),
	HOST("neutron", "ml2_geneve_endpoints", "host", VALUE, "nova host name"),
	ADDRESS("neutron", "ovs_tunnel_ips", "ip_address", VALUE, "tunnel endpoint"),
	ADDRESS("neutron", "ovs_tunnel_endpoints", "ip_address", VALUE, "tunnel endpoint"),
	TENANT("neutron", "address_scopes", "name", VALUE, "address scope's name"),
	TENANT("neutron", "subnetpools", "name", VALUE, "subnet pool's name"),
	ADDRESS("neutron", "subnetpoolprefixes", "cidr", VALUE, "range of a subnet pool"),
	TENANT("neutron", "networks", "name", VALUE, "network's name"),
	TENANT("neutron", "networkdnsdomains", "dns_domain", VALUE, "tenant's DNS name"),
	HOST("neutron", "segmenthostmappings", "host", VALUE, "nova host name"),
	ADDRESS("neutron", "subnets", "cidr", VALUE, "subnet"),
	ADDRESS("neutron", "subnets", "gateway_ip", VALUE, "gateway of a subnet"),
	TENANT("neutron", "subnets", "name", VALUE, "subnet's name"),
	ADDRESS("neutron", "ipallocationpools", "first_ip", VALUE, "range of a subnet"),
	ADDRESS("neutron", "ipallocationpools", "last_ip", VALUE, "range of a subnet"),
	ADDRESS("neutron", "ipavailabilityranges", "first_ip", VALUE, "range of a subnet"),
	ADDRESS("neutron", "ipavailabilityranges", "last_ip", VALUE, "range of a subnet"),
	TENANT("neutron", "dnsnameservers", "address", VALUE, "tenant's name server"),
	TENANT("neutron", "subnetroutes", "destination", VALUE, "tenant's route"),
	TENANT("neutron", "subnetroutes", "nexthop", VALUE, "tenant's route"),
	TENANT("neutron", "ports", "name", VALUE, "port's name"),
	GUARDED("neutron", "ports", "device_owner", VALUE, "owner of a port"),
	ADDRESS("neutron", "ipallocations", "ip_address", VALUE, "address of a port"),
	TENANT("neutron", "allowedaddresspairs", "ip_address", VALUE, "tenant's address pair"),
	TENANT("neutron", "portdnses", "current_dns_name", VALUE, "tenant's DNS name"),
	TENANT("neutron", "portdnses", "current_dns_domain", VALUE, "tenant's DNS name"),
	TENANT("neutron", "portdnses", "previous_dns_name", VALUE, "tenant's DNS name"),
	TENANT("neutron", "portdnses", "previous_dns_domain", VALUE, "tenant's DNS name"),
	TENANT("neutron", "portdnses", "dns_name", VALUE, "tenant's DNS name"),
	TENANT("neutron", "portdnses", "dns_domain", VALUE, "tenant's DNS name"),
	TENANT("neutron", "routers", "name", VALUE, "router's name"),
	TENANT("neutron", "routerroutes", "destination", VALUE, "tenant's route"),
	TENANT("neutron", "routerroutes", "nexthop", VALUE, "tenant's route"),
	ADDRESS("neutron", "floatingips", "floating_ip_address", VALUE, "floating address"),
	ADDRESS("neutron", "floatingips", "fixed_ip_address", VALUE, "address of a port"),
	TENANT("neutron", "floatingipdnses", "dns_name", VALUE, "tenant's DNS name"),
	TENANT("neutron", "floatingipdnses", "dns_domain", VALUE, "tenant's DNS name"),
	TENANT("neutron", "floatingipdnses", "published_dns_name", VALUE, "tenant's DNS name"),
	TENANT("neutron", "floatingipdnses", "published_dns_domain", VALUE, "tenant's DNS name"),
	TENANT("neutron", "portforwardings", "internal_ip_address", VALUE, "tenant's port forwarding"),
	TENANT("neutron", "local_ips", "local_ip_address", VALUE, "tenant's local address"),
	TENANT("neutron", "local_ips", "name", VALUE, "local address's name"),
	TENANT("neutron", "local_ip_associations", "fixed_ip", VALUE, "tenant's local address"),
	TENANT("neutron", "ndp_proxies", "ip_address", VALUE, "tenant's NDP proxy"),
	TENANT("neutron", "address_groups", "name", VALUE, "address group's name"),
	TENANT("neutron", "address_associations", "address", VALUE, "tenant's address group"),
	TENANT("neutron", "securitygroups", "name", VALUE, "security group's name"),
	TENANT("neutron", "securitygrouprules", "remote_ip_prefix", VALUE, "tenant's security group rule"),
	HOST("neutron", "ml2_port_bindings", "host", VALUE, "nova host name"),
	HOST("neutron", "ml2_port_bindings", "profile", JSON, "binding of a port"),
	HOST("neutron", "ml2_port_bindings", "vif_details", JSON, "binding of a port"),
	HOST("neutron", "ml2_port_binding_levels", "host", VALUE, "nova host name"),
	HOST("neutron", "ml2_distributed_port_bindings", "host", VALUE, "nova host name"),
	HOST("neutron", "ml2_distributed_port_bindings", "vif_details", JSON, "binding of a port"),
	HOST("neutron", "dvr_host_macs", "host", VALUE, "nova host name"),

	HOST("placement", "resource_providers", "name", VALUE, "hypervisor host name"),
};

#undef ADDRESS
#undef BRIDGE
#undef TENANT
#undef HOST
#undef GUARDED
#undef CONNECTOR
#undef SECRET
/* clang-format on */

#endif
