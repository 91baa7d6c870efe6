#ifndef ARCHIVE_CATALOG_TABLE_H
#define ARCHIVE_CATALOG_TABLE_H

#include "archive/address/catalog_roles.h"

/**
 * The catalogue's columns, by role and table: data for catalog.c alone.  Class:
 * ADDRESS the map applies; NETWORK it does where the row's network is external
 * (its last word is the column that leads there), else it is a tenant's own;
 * TENANT a tenant's own, held; HOST a nova host name, held unless a "host" rule
 * names it; POOL is one, with an address behind "#" to which the map applies;
 * GUARDED is made of one, and held; CONNECTOR is an ADDRESS with a host beside;
 * HISTORY is left alone and counted; SECRET is held and never shown.
 *
 * Form: PLAIN an address or name; NET a network; URL; PORTAL "ip:port,tpgt iqn
 * lun", several with ";", "ip:/export"; JSON; TEXT free text or a driver's.
 */
/* clang-format off */
/* The form, for place_walk. */
#define AS_PLAIN PLACE_VALUE
#define AS_NET PLACE_VALUE
#define AS_URL PLACE_VALUE
#define AS_PORTAL PLACE_VALUE
#define AS_JSON PLACE_JSON
#define AS_TEXT PLACE_VALUE
#define COLUMN(r, t, c, class, form, place, what, hosts, through) \
	{ r, t, c, CATALOG_##class, CATALOG_FORM_##form, AS_##form, PLACE_##place, what, CATALOG_##hosts, through }
#define ADDRESS(r, t, c, form, what) \
	COLUMN(r, t, c, ADDRESS, form, PLAIN, what, NO_HOSTS, NULL)
#define NETWORK(r, t, c, form, what, through) \
	COLUMN(r, t, c, NETWORK, form, PLAIN, what, NO_HOSTS, through)
#define CONNECTOR(r, t, c, form, what) \
	COLUMN(r, t, c, ADDRESS, form, PLAIN, what, CONNECTOR, NULL)
#define BRIDGE(r, t, c, form, what) \
	COLUMN(r, t, c, ADDRESS, form, BRIDGE, what, NO_HOSTS, NULL)
#define TENANT(r, t, c, form, what) \
	COLUMN(r, t, c, TENANT, form, TENANT, what, NO_HOSTS, NULL)
#define HOST(r, t, c, form, what) \
	COLUMN(r, t, c, HOST, form, HOST, what, HOSTS, NULL)
#define POOL(r, t, c, form, what) \
	COLUMN(r, t, c, HOST, form, HOST, what, POOL, NULL)
#define GUARDED(r, t, c, form, what) \
	COLUMN(r, t, c, HOST, form, HOST, what, NO_HOSTS, NULL)
#define HISTORY(r, t, c, form, what) \
	COLUMN(r, t, c, HISTORY, form, PLAIN, what, NO_HOSTS, NULL)
#define SECRET(r, t, c, form, what) \
	COLUMN(r, t, c, OUTSIDE, form, SECRET, what, NO_HOSTS, NULL)

static const struct catalog_column columns[] = {
	HOST("nova", "services", "host", PLAIN, "nova host name"),
	HOST("nova", "compute_nodes", "host", PLAIN, "nova host name"),
	HOST("nova", "compute_nodes", "hypervisor_hostname", PLAIN, "hypervisor host name"),
	ADDRESS("nova", "compute_nodes", "host_ip", PLAIN, "address of a compute node"),
	TENANT("nova", "compute_nodes", "stats", JSON, "free text of a compute node"),
	TENANT("nova", "compute_nodes", "extra_resources", JSON, "free text of a compute node"),
	TENANT("nova", "compute_node_stats", "value", TEXT, "free text of a compute node"),
	ADDRESS("nova", "agent_builds", "url", URL, "download URL of a guest agent"),
	HOST("nova", "aggregate_hosts", "host", PLAIN, "nova host name"),
	ADDRESS("nova", "cells", "api_url", URL, "URL of a child cell"),
	ADDRESS("nova", "cells", "rpc_host", PLAIN, "message queue of a child cell"),
	ADDRESS("nova", "cells", "transport_url", URL, "message queue of a child cell"),
	SECRET("nova", "cells", "password", PLAIN, "password of a child cell"),
	ADDRESS("nova", "auth_tokens", "server_management_url", URL, "URL in a token"),
	ADDRESS("nova", "auth_tokens", "storage_url", URL, "URL in a token"),
	ADDRESS("nova", "auth_tokens", "cdn_management_url", URL, "URL in a token"),
	ADDRESS("nova", "networks", "cidr", NET, "fixed network"),
	ADDRESS("nova", "networks", "cidr_v6", NET, "fixed network"),
	ADDRESS("nova", "networks", "gateway", PLAIN, "gateway of a fixed network"),
	ADDRESS("nova", "networks", "gateway_v6", PLAIN, "gateway of a fixed network"),
	ADDRESS("nova", "networks", "netmask", PLAIN, "netmask of a fixed network"),
	ADDRESS("nova", "networks", "netmask_v6", PLAIN, "netmask of a fixed network"),
	ADDRESS("nova", "networks", "broadcast", PLAIN, "broadcast address of a fixed network"),
	ADDRESS("nova", "networks", "dns1", PLAIN, "name server of a fixed network"),
	ADDRESS("nova", "networks", "dns2", PLAIN, "name server of a fixed network"),
	ADDRESS("nova", "networks", "dhcp_start", PLAIN, "first address that DHCP gives"),
	ADDRESS("nova", "networks", "dhcp_server", PLAIN, "DHCP server of a fixed network"),
	ADDRESS("nova", "networks", "vpn_public_address", PLAIN, "VPN address"),
	ADDRESS("nova", "networks", "vpn_private_address", PLAIN, "VPN address"),
	BRIDGE("nova", "networks", "bridge", PLAIN, "bridge of a fixed network"),
	ADDRESS("nova", "networks", "bridge_interface", PLAIN, "interface of a bridge"),
	HOST("nova", "networks", "host", PLAIN, "nova host name"),
	ADDRESS("nova", "dns_domains", "domain", PLAIN, "DNS domain of floating addresses"),
	ADDRESS("nova", "console_pools", "address", PLAIN, "console address"),
	ADDRESS("nova", "console_pools", "public_hostname", PLAIN, "console host"),
	HOST("nova", "console_pools", "host", PLAIN, "nova host name"),
	HOST("nova", "console_pools", "compute_host", PLAIN, "nova host name"),
	SECRET("nova", "console_pools", "password", PLAIN, "console password"),
	SECRET("nova", "consoles", "password", PLAIN, "console password"),
	HOST("nova", "instances", "host", PLAIN, "nova host name"),
	HOST("nova", "instances", "node", PLAIN, "hypervisor host name"),
	HOST("nova", "instances", "launched_on", PLAIN, "nova host name"),
	TENANT("nova", "instances", "access_ip_v4", PLAIN, "access address, set by the tenant"),
	TENANT("nova", "instances", "access_ip_v6", PLAIN, "access address, set by the tenant"),
	TENANT("nova", "instances", "user_data", TEXT, "user data"),
	TENANT("nova", "instances", "key_data", TEXT, "tenant's public key"),
	TENANT("nova", "instances", "hostname", PLAIN, "instance's host name"),
	TENANT("nova", "instances", "display_name", TEXT, "instance's name"),
	TENANT("nova", "instances", "display_description", TEXT, "instance's description"),
	SECRET("nova", "instances", "admin_pass", PLAIN, "password of an instance"),
	ADDRESS("nova", "instance_info_caches", "network_info", JSON, "network information of an instance"),
	TENANT("nova", "instance_metadata", "value", TEXT, "metadata of an instance"),
	TENANT("nova", "instance_system_metadata", "value", TEXT, "metadata of an instance"),
	HISTORY("nova", "instance_faults", "message", TEXT, "fault of an instance"),
	HISTORY("nova", "instance_faults", "details", TEXT, "fault of an instance"),
	HISTORY("nova", "instance_faults", "host", PLAIN, "fault of an instance"),
	HISTORY("nova", "instance_actions", "message", TEXT, "action on an instance"),
	HISTORY("nova", "instance_actions", "error", TEXT, "action on an instance"),
	HISTORY("nova", "instance_actions_events", "traceback", TEXT, "action on an instance"),
	HISTORY("nova", "instance_actions_events", "details", TEXT, "action on an instance"),
	HISTORY("nova", "instance_actions_events", "host", PLAIN, "action on an instance"),
	HISTORY("nova", "task_log", "host", PLAIN, "log of periodic tasks"),
	HISTORY("nova", "task_log", "message", TEXT, "log of periodic tasks"),
	HISTORY("nova", "task_log", "errors", TEXT, "log of periodic tasks"),
	ADDRESS("nova", "migrations", "dest_host", PLAIN, "address that an instance moved to"),
	HOST("nova", "migrations", "source_compute", PLAIN, "nova host name"),
	HOST("nova", "migrations", "dest_compute", PLAIN, "nova host name"),
	HOST("nova", "migrations", "source_node", PLAIN, "hypervisor host name"),
	HOST("nova", "migrations", "dest_node", PLAIN, "hypervisor host name"),
	ADDRESS("nova", "fixed_ips", "address", PLAIN, "fixed address"),
	HOST("nova", "fixed_ips", "host", PLAIN, "nova host name"),
	ADDRESS("nova", "floating_ips", "address", PLAIN, "floating address"),
	HOST("nova", "floating_ips", "host", PLAIN, "nova host name"),
	ADDRESS("nova", "floating_ips", "interface", PLAIN, "interface of floating addresses"),
	TENANT("nova", "security_groups", "name", TEXT, "security group's name"),
	TENANT("nova", "security_groups", "description", TEXT, "security group's description"),
	TENANT("nova", "security_group_rules", "cidr", NET, "tenant's security group rule"),
	TENANT("nova", "provider_fw_rules", "cidr", NET, "firewall rule of the provider"),
	ADDRESS("nova", "volumes", "provider_location", PORTAL, "iSCSI portal of a volume"),
	SECRET("nova", "volumes", "provider_auth", PLAIN, "CHAP login of a volume"),
	HOST("nova", "volumes", "host", PLAIN, "nova host name"),
	TENANT("nova", "volumes", "display_name", TEXT, "volume's name"),
	TENANT("nova", "volumes", "display_description", TEXT, "volume's description"),
	TENANT("nova", "volume_metadata", "value", TEXT, "metadata of a volume"),
	TENANT("nova", "snapshots", "display_name", TEXT, "snapshot's name"),
	TENANT("nova", "snapshots", "display_description", TEXT, "snapshot's description"),
	HOST("nova", "iscsi_targets", "host", PLAIN, "nova host name"),
	CONNECTOR("nova", "block_device_mapping", "connection_info", JSON, "connection of an attached volume"),
	ADDRESS("nova", "sm_backend_config", "config_params", TEXT, "storage back end"),

	ADDRESS("nova_api", "cell_mappings", "transport_url", URL, "message queue of a cell"),
	ADDRESS("nova_api", "cell_mappings", "database_connection", URL, "database of a cell"),
	HOST("nova_api", "host_mappings", "host", PLAIN, "nova host name"),
	HOST("nova_api", "aggregate_hosts", "host", PLAIN, "nova host name"),
	HOST("nova_api", "request_specs", "spec", JSON, "request of an instance"),
	HOST("nova_api", "build_requests", "instance", JSON, "request of an instance"),
	HOST("nova_api", "build_requests", "block_device_mappings", JSON, "request of an instance"),

	ADDRESS("keystone", "region", "extra", JSON, "region of the catalogue"),
	ADDRESS("keystone", "service", "extra", JSON, "service of the catalogue"),
	ADDRESS("keystone", "endpoint", "url", URL, "endpoint"),
	ADDRESS("keystone", "endpoint", "extra", JSON, "endpoint"),
	ADDRESS("keystone", "service_provider", "auth_url", URL, "federation URL"),
	ADDRESS("keystone", "service_provider", "sp_url", URL, "federation URL"),
	ADDRESS("keystone", "idp_remote_ids", "remote_id", URL, "federation URL"),
	ADDRESS("keystone", "mapping", "rules", JSON, "federation rules"),
	ADDRESS("keystone", "whitelisted_config", "value", JSON, "setting of a domain"),
	SECRET("keystone", "sensitive_config", "value", JSON, "setting of a domain"),
	SECRET("keystone", "credential", "blob", JSON, "credential of a user"),
	ADDRESS("keystone", "credential", "extra", JSON, "credential of a user"),
	ADDRESS("keystone", "group", "extra", JSON, "group of keystone"),
	ADDRESS("keystone", "policy", "extra", JSON, "policy of keystone"),
	ADDRESS("keystone", "project", "extra", JSON, "project of keystone"),
	ADDRESS("keystone", "role", "extra", JSON, "role of keystone"),
	ADDRESS("keystone", "tenant", "extra", JSON, "project of keystone"),
	ADDRESS("keystone", "user", "extra", JSON, "user of keystone"),

	ADDRESS("glance", "images", "location", URL, "where an image is stored"),
	TENANT("glance", "images", "name", TEXT, "image's name"),
	ADDRESS("glance", "image_locations", "value", URL, "where an image is stored"),
	ADDRESS("glance", "image_locations", "meta_data", JSON, "where an image is stored"),
	TENANT("glance", "image_properties", "value", TEXT, "property of an image"),
	ADDRESS("glance", "node_reference", "node_reference_url", URL, "URL of a glance node"),

	HOST("cinder", "services", "host", PLAIN, "cinder host name"),
	GUARDED("cinder", "services", "cluster_name", PLAIN, "cinder cluster name"),
	GUARDED("cinder", "clusters", "name", PLAIN, "cinder cluster name"),
	POOL("cinder", "consistencygroups", "host", PLAIN, "cinder host name"),
	GUARDED("cinder", "consistencygroups", "cluster_name", PLAIN, "cinder cluster name"),
	TENANT("cinder", "consistencygroups", "name", TEXT, "group's name"),
	TENANT("cinder", "consistencygroups", "description", TEXT, "group's description"),
	POOL("cinder", "groups", "host", PLAIN, "cinder host name"),
	GUARDED("cinder", "groups", "cluster_name", PLAIN, "cinder cluster name"),
	TENANT("cinder", "groups", "name", TEXT, "group's name"),
	TENANT("cinder", "groups", "description", TEXT, "group's description"),
	POOL("cinder", "volumes", "host", PLAIN, "cinder host name"),
	GUARDED("cinder", "volumes", "cluster_name", PLAIN, "cinder cluster name"),
	TENANT("cinder", "cgsnapshots", "name", TEXT, "group snapshot's name"),
	TENANT("cinder", "cgsnapshots", "description", TEXT, "group snapshot's description"),
	TENANT("cinder", "group_snapshots", "name", TEXT, "group snapshot's name"),
	TENANT("cinder", "group_snapshots", "description", TEXT, "group snapshot's description"),
	ADDRESS("cinder", "volumes", "provider_location", PORTAL, "iSCSI portal of a volume"),
	SECRET("cinder", "volumes", "provider_auth", PLAIN, "CHAP login of a volume"),
	ADDRESS("cinder", "volumes", "provider_geometry", TEXT, "driver's text"),
	ADDRESS("cinder", "volumes", "provider_id", TEXT, "driver's text"),
	ADDRESS("cinder", "volumes", "replication_driver_data", TEXT, "driver's text"),
	TENANT("cinder", "volumes", "display_name", TEXT, "volume's name"),
	TENANT("cinder", "volumes", "display_description", TEXT, "volume's description"),
	ADDRESS("cinder", "snapshots", "provider_location", PORTAL, "iSCSI portal of a snapshot"),
	SECRET("cinder", "snapshots", "provider_auth", PLAIN, "CHAP login of a snapshot"),
	ADDRESS("cinder", "snapshots", "provider_id", TEXT, "driver's text"),
	TENANT("cinder", "snapshots", "display_name", TEXT, "snapshot's name"),
	TENANT("cinder", "snapshots", "display_description", TEXT, "snapshot's description"),
	TENANT("cinder", "volume_metadata", "value", TEXT, "metadata of a volume"),
	TENANT("cinder", "volume_glance_metadata", "value", TEXT, "property of a volume's image"),
	TENANT("cinder", "snapshot_metadata", "value", TEXT, "metadata of a snapshot"),
	ADDRESS("cinder", "volume_admin_metadata", "value", TEXT, "metadata of a volume"),
	CONNECTOR("cinder", "volume_attachment", "connection_info", JSON, "connection of an attached volume"),
	CONNECTOR("cinder", "volume_attachment", "connector", JSON, "host that a volume is attached to"),
	HOST("cinder", "volume_attachment", "attached_host", PLAIN, "nova host name"),
	CONNECTOR("cinder", "attachment_specs", "value", TEXT, "host that a volume is attached to"),
	HOST("cinder", "backups", "host", PLAIN, "cinder host name"),
	ADDRESS("cinder", "backups", "service_metadata", TEXT, "where a backup is stored"),
	ADDRESS("cinder", "backups", "container", TEXT, "where a backup is stored"),
	TENANT("cinder", "backups", "display_name", TEXT, "backup's name"),
	TENANT("cinder", "backups", "display_description", TEXT, "backup's description"),
	TENANT("cinder", "backup_metadata", "value", TEXT, "metadata of a backup"),
	POOL("cinder", "image_volume_cache_entries", "host", PLAIN, "cinder host name"),
	GUARDED("cinder", "image_volume_cache_entries", "cluster_name", PLAIN, "cinder cluster name"),
	ADDRESS("cinder", "driver_initiator_data", "value", TEXT, "driver's text"),
	HOST("cinder", "iscsi_targets", "host", PLAIN, "cinder host name"),

	TENANT("neutron", "standardattributes", "description", TEXT, "tenant's description"),
	ADDRESS("neutron", "agents", "configurations", JSON, "settings of an agent"),
	HOST("neutron", "agents", "host", PLAIN, "nova host name"),
	GUARDED("neutron", "agents", "topic", PLAIN, "message topic of an agent"),
	TENANT("neutron", "agents", "description", TEXT, "description of an agent"),
	ADDRESS("neutron", "ml2_vxlan_endpoints", "ip_address", PLAIN, "tunnel endpoint"),
	HOST("neutron", "ml2_vxlan_endpoints", "host", PLAIN, "nova host name"),
	ADDRESS("neutron", "ml2_gre_endpoints", "ip_address", PLAIN, "tunnel endpoint"),
	HOST("neutron", "ml2_gre_endpoints", "host", PLAIN, "nova host name"),
	ADDRESS("neutron", "ml2_geneve_endpoints", "ip_address", PLAIN, "tunnel endpoint"),
	HOST("neutron", "ml2_geneve_endpoints", "host", PLAIN, "nova host name"),
	ADDRESS("neutron", "ovs_tunnel_ips", "ip_address", PLAIN, "tunnel endpoint"),
	ADDRESS("neutron", "ovs_tunnel_endpoints", "ip_address", PLAIN, "tunnel endpoint"),
	HOST("neutron", "ovn_hash_ring", "hostname", PLAIN, "nova host name"),
	TENANT("neutron", "address_scopes", "name", TEXT, "address scope's name"),
	TENANT("neutron", "subnetpools", "name", TEXT, "subnet pool's name"),
	NETWORK("neutron", "subnetpoolprefixes", "cidr", NET, "range of a subnet pool", "subnetpool_id"),
	TENANT("neutron", "networks", "name", TEXT, "network's name"),
	NETWORK("neutron", "networkdnsdomains", "dns_domain", PLAIN, "DNS domain of a network", "network_id"),
	HOST("neutron", "segmenthostmappings", "host", PLAIN, "nova host name"),
	NETWORK("neutron", "subnets", "cidr", NET, "subnet", "network_id"),
	NETWORK("neutron", "subnets", "gateway_ip", PLAIN, "gateway of a subnet", "network_id"),
	TENANT("neutron", "subnets", "name", TEXT, "subnet's name"),
	NETWORK("neutron", "ipallocationpools", "first_ip", PLAIN, "range of a subnet", "subnet_id"),
	NETWORK("neutron", "ipallocationpools", "last_ip", PLAIN, "range of a subnet", "subnet_id"),
	NETWORK("neutron", "ipavailabilityranges", "first_ip", PLAIN, "range of a subnet", "allocation_pool_id"),
	NETWORK("neutron", "ipavailabilityranges", "last_ip", PLAIN, "range of a subnet", "allocation_pool_id"),
	NETWORK("neutron", "ipamallocationpools", "first_ip", PLAIN, "range of a subnet", "ipam_subnet_id"),
	NETWORK("neutron", "ipamallocationpools", "last_ip", PLAIN, "range of a subnet", "ipam_subnet_id"),
	NETWORK("neutron", "ipamavailabilityranges", "first_ip", PLAIN, "range of a subnet", "allocation_pool_id"),
	NETWORK("neutron", "ipamavailabilityranges", "last_ip", PLAIN, "range of a subnet", "allocation_pool_id"),
	NETWORK("neutron", "ipamallocations", "ip_address", PLAIN, "address of a port", "ipam_subnet_id"),
	NETWORK("neutron", "dnsnameservers", "address", PLAIN, "name server of a subnet", "subnet_id"),
	NETWORK("neutron", "subnetroutes", "destination", NET, "route of a subnet", "subnet_id"),
	NETWORK("neutron", "subnetroutes", "nexthop", PLAIN, "route of a subnet", "subnet_id"),
	TENANT("neutron", "ports", "name", TEXT, "port's name"),
	GUARDED("neutron", "ports", "device_owner", PLAIN, "owner of a port"),
	NETWORK("neutron", "ipallocations", "ip_address", PLAIN, "address of a port", "network_id"),
	TENANT("neutron", "allowedaddresspairs", "ip_address", NET, "tenant's address pair"),
	TENANT("neutron", "extradhcpopts", "opt_value", TEXT, "tenant's DHCP option"),
	TENANT("neutron", "portdnses", "current_dns_name", PLAIN, "tenant's DNS name"),
	TENANT("neutron", "portdnses", "current_dns_domain", PLAIN, "tenant's DNS name"),
	TENANT("neutron", "portdnses", "previous_dns_name", PLAIN, "tenant's DNS name"),
	TENANT("neutron", "portdnses", "previous_dns_domain", PLAIN, "tenant's DNS name"),
	TENANT("neutron", "portdnses", "dns_name", PLAIN, "tenant's DNS name"),
	TENANT("neutron", "portdnses", "dns_domain", PLAIN, "tenant's DNS name"),
	TENANT("neutron", "routers", "name", TEXT, "router's name"),
	TENANT("neutron", "routerroutes", "destination", NET, "tenant's route"),
	TENANT("neutron", "routerroutes", "nexthop", PLAIN, "tenant's route"),
	NETWORK("neutron", "floatingips", "floating_ip_address", PLAIN, "floating address", "floating_network_id"),
	TENANT("neutron", "floatingips", "fixed_ip_address", PLAIN, "address of a port"),
	TENANT("neutron", "floatingipdnses", "dns_name", PLAIN, "tenant's DNS name"),
	TENANT("neutron", "floatingipdnses", "dns_domain", PLAIN, "tenant's DNS name"),
	TENANT("neutron", "floatingipdnses", "published_dns_name", PLAIN, "tenant's DNS name"),
	TENANT("neutron", "floatingipdnses", "published_dns_domain", PLAIN, "tenant's DNS name"),
	TENANT("neutron", "portforwardings", "internal_ip_address", PLAIN, "tenant's port forwarding"),
	NETWORK("neutron", "local_ips", "local_ip_address", PLAIN, "local address", "network_id"),
	TENANT("neutron", "local_ips", "name", TEXT, "local address's name"),
	TENANT("neutron", "local_ip_associations", "fixed_ip", PLAIN, "tenant's local address"),
	TENANT("neutron", "ndp_proxies", "name", TEXT, "NDP proxy's name"),
	TENANT("neutron", "ndp_proxies", "ip_address", PLAIN, "tenant's NDP proxy"),
	TENANT("neutron", "address_groups", "name", TEXT, "address group's name"),
	TENANT("neutron", "address_associations", "address", NET, "tenant's address group"),
	TENANT("neutron", "securitygroups", "name", TEXT, "security group's name"),
	TENANT("neutron", "securitygrouprules", "remote_ip_prefix", NET, "tenant's security group rule"),
	TENANT("neutron", "meteringlabels", "name", TEXT, "metering label's name"),
	TENANT("neutron", "meteringlabels", "description", TEXT, "metering label's description"),
	TENANT("neutron", "meteringlabelrules", "remote_ip_prefix", NET, "metering rule"),
	TENANT("neutron", "meteringlabelrules", "source_ip_prefix", NET, "metering rule"),
	TENANT("neutron", "meteringlabelrules", "destination_ip_prefix", NET, "metering rule"),
	HOST("neutron", "ml2_port_bindings", "host", PLAIN, "nova host name"),
	HOST("neutron", "ml2_port_bindings", "profile", JSON, "binding of a port"),
	HOST("neutron", "ml2_port_bindings", "vif_details", JSON, "binding of a port"),
	HOST("neutron", "ml2_port_binding_levels", "host", PLAIN, "nova host name"),
	HOST("neutron", "ml2_distributed_port_bindings", "host", PLAIN, "nova host name"),
	HOST("neutron", "ml2_distributed_port_bindings", "vif_details", JSON, "binding of a port"),
	HOST("neutron", "ml2_distributed_port_bindings", "profile", JSON, "binding of a port"),
	HOST("neutron", "dvr_host_macs", "host", PLAIN, "nova host name"),

	HOST("placement", "resource_providers", "name", PLAIN, "hypervisor host name"),
};

#undef AS_PLAIN
#undef AS_NET
#undef AS_URL
#undef AS_PORTAL
#undef AS_JSON
#undef AS_TEXT
#undef COLUMN
#undef ADDRESS
#undef NETWORK
#undef POOL
#undef HISTORY
#undef BRIDGE
#undef TENANT
#undef HOST
#undef GUARDED
#undef CONNECTOR
#undef SECRET
/* clang-format on */

#endif
