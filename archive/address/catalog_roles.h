#ifndef ARCHIVE_CATALOG_ROLES_H
#define ARCHIVE_CATALOG_ROLES_H

#include "archive/address/catalog.h"

/**
 * The catalogue's tables: data for catalog.c alone.
 *
 * By role, parents before children (foreign keys as the releases define them),
 * and what says which networks are external before all that is on one.  A table
 * that a release does not have is passed over.  Left out on purpose:
 * console_auth_tokens and keystone's token (dead after a move), and shadow_
 * tables (history).
 */

static const char *const nova_tables[] = { "services", "compute_nodes",
	"compute_node_stats", "agent_builds", "aggregates", "aggregate_hosts",
	"cells", "auth_tokens", "networks", "dns_domains", "console_pools",
	"consoles", "instances", "instance_info_caches", "instance_metadata",
	"instance_system_metadata", "instance_faults", "instance_actions",
	"instance_actions_events", "task_log", "migrations",
	"virtual_interfaces", "fixed_ips", "floating_ips", "security_groups",
	"security_group_rules", "provider_fw_rules", "volumes",
	"volume_metadata", "snapshots", "iscsi_targets", "block_device_mapping",
	"sm_flavors", "sm_backend_config", NULL };

static const char *const nova_api_tables[] = { "cell_mappings", "host_mappings",
	"aggregates", "aggregate_hosts", "request_specs", "build_requests",
	NULL };

static const char *const keystone_tables[] = { "region", "service", "endpoint",
	"service_provider", "identity_provider", "idp_remote_ids", "mapping",
	"whitelisted_config", "sensitive_config", NULL };

static const char *const glance_tables[] = { "images", "image_locations",
	"image_properties", "node_reference", NULL };

static const char *const cinder_tables[] = { "services", "clusters",
	"consistencygroups", "cgsnapshots", "groups", "group_snapshots",
	"volumes", "snapshots", "volume_metadata", "volume_admin_metadata",
	"volume_glance_metadata", "snapshot_metadata", "volume_attachment",
	"attachment_specs", "backups", "backup_metadata",
	"image_volume_cache_entries", "driver_initiator_data", "iscsi_targets",
	NULL };

static const char *const neutron_tables[] = { "standardattributes", "agents",
	"ml2_vxlan_endpoints", "ml2_gre_endpoints", "ml2_geneve_endpoints",
	"ovs_tunnel_ips", "ovs_tunnel_endpoints", "ovn_hash_ring",
	"address_scopes", "subnetpools", "networks", "externalnetworks",
	"networkdnsdomains", "networksegments", "segmenthostmappings",
	"ovs_network_bindings", "network_bindings", "subnets",
	"subnetpoolprefixes", "ipallocationpools", "ipavailabilityranges",
	"ipamsubnets", "ipamallocationpools", "ipamavailabilityranges",
	"ipamallocations", "dnsnameservers", "subnetroutes", "ports",
	"ipallocations", "allowedaddresspairs", "extradhcpopts", "portdnses",
	"routers", "routerroutes", "floatingips", "floatingipdnses",
	"portforwardings", "local_ips", "local_ip_associations", "ndp_proxies",
	"address_groups", "address_associations", "securitygroups",
	"securitygrouprules", "meteringlabels", "meteringlabelrules",
	"ml2_port_bindings", "ml2_port_binding_levels",
	"ml2_distributed_port_bindings", "dvr_host_macs", NULL };

static const char *const placement_tables[] = { "resource_providers", NULL };

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

/* Tables that are left out on purpose although addresses stand in them, and
 * why: for people. */
struct catalog_dropped {
	const char *role, *table, *why;
};

static const struct catalog_dropped dropped[] = {
	{ "nova", "console_auth_tokens",
	    "console tokens are dead after a move: dropped, not mapped" },
	{ "keystone", "token",
	    "tokens are dead after a move: dropped, not mapped" },
};

/* Tables that are not captured whole: rows of them are, where the sweep finds
 * an address of the node, as outside the catalogue.  Columns that the catalogue
 * names all the same follow the map in those rows. */
struct catalog_found {
	const char *role, *table;
};

static const struct catalog_found founds[] = {
	{ "keystone", "credential" },
	{ "keystone", "group" },
	{ "keystone", "policy" },
	{ "keystone", "project" },
	{ "keystone", "role" },
	{ "keystone", "tenant" },
	{ "keystone", "user" },
};

/* Rows that are history though nobody deleted them: the column, and its values
 * that say so (nova: a migration that is not in progress any more). */
struct catalog_over {
	const char *role, *table, *column;
	const char *values[8];
};

static const struct catalog_over overs[] = {
	{ "nova", "migrations", "status",
	    { "confirmed", "reverted", "error", "failed", "completed",
		"cancelled", "done" } },
};

/**
 * Which networks are external: on the provider's own wire, so that addresses on
 * them follow the map.  Row by row, in the order of the tables: ${id} is of one
 * when ${through} is (NULL: always) and ${test}, if there is one, says ${is}.
 * What else leads to one of these ids is external, too.
 */
static const struct catalog_external externals[] = {
	{ "neutron", "externalnetworks", "network_id", NULL, NULL, NULL },
	{ "neutron", "networksegments", "network_id", NULL, "network_type",
	    "flat" },
	{ "neutron", "ovs_network_bindings", "network_id", NULL, "network_type",
	    "flat" },
	{ "neutron", "network_bindings", "network_id", NULL, "vlan_id", "-1" },
	{ "neutron", "subnets", "id", "network_id", NULL, NULL },
	{ "neutron", "subnets", "subnetpool_id", "network_id", NULL, NULL },
	{ "neutron", "ipallocationpools", "id", "subnet_id", NULL, NULL },
	{ "neutron", "ipamsubnets", "id", "neutron_subnet_id", NULL, NULL },
	{ "neutron", "ipamallocationpools", "id", "ipam_subnet_id", NULL,
	    NULL },
};

#endif
