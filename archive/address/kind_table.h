#ifndef ARCHIVE_KIND_TABLE_H
#define ARCHIVE_KIND_TABLE_H

/**
 * The kinds of place, as data for kind.c alone: reviewed without reading C.
 * Those of columns stand in the catalogue (catalog_table.h).
 *
 * Kinds: a name for the tables below, the group, and what people read.
 */
/* clang-format off */
#define KINDS(X) \
	X(OWN_ADDRESS, OPTION, "own address") \
	X(OWN_STORAGE_ADDRESS, OPTION, "own address for storage") \
	X(SERVICE_HOST, OPTION, "host name of a service") \
	X(DATABASE, OPTION, "database") \
	X(MESSAGE_QUEUE, OPTION, "message queue") \
	X(CACHE, OPTION, "cache (memcached, redis)") \
	X(COORDINATION, OPTION, "coordination of services") \
	X(GLANCE, OPTION, "glance's address") \
	X(GLANCE_REGISTRY, OPTION, "glance registry's address") \
	X(KEYSTONE, OPTION, "keystone's URL") \
	X(ENDPOINT, OPTION, "a service's URL") \
	X(PUBLIC_URL, OPTION, "a service's own public URL") \
	X(API_LISTEN, OPTION, "API's listen address") \
	X(EC2, OPTION, "EC2 API's address") \
	X(S3, OPTION, "S3 store's address") \
	X(METADATA, OPTION, "metadata service's address") \
	X(VNC_LISTEN, OPTION, "VNC listen address") \
	X(VNC_ADDRESS, OPTION, "VNC address for the proxy") \
	X(VNC_URL, OPTION, "VNC proxy's URL") \
	X(VNC_PROXY, OPTION, "VNC proxy's listen address") \
	X(SPICE_LISTEN, OPTION, "SPICE listen address") \
	X(SPICE_ADDRESS, OPTION, "SPICE address for the proxy") \
	X(SPICE_URL, OPTION, "SPICE proxy's URL") \
	X(SPICE_PROXY, OPTION, "SPICE proxy's listen address") \
	X(SERIAL_URL, OPTION, "serial console's URL") \
	X(SERIAL_ADDRESS, OPTION, "serial console's address") \
	X(RDP_URL, OPTION, "RDP console's URL") \
	X(MKS_URL, OPTION, "MKS console's URL") \
	X(CONSOLE_HOST, OPTION, "console host") \
	X(MIGRATION, OPTION, "address of live migration") \
	X(LIBVIRT_URI, OPTION, "libvirt's URI") \
	X(ISCSI_TARGET, OPTION, "iSCSI target's address") \
	X(STORAGE_SYSTEM, OPTION, "address of a storage system") \
	X(SHARES, OPTION, "shares and where they are mounted") \
	X(BACKUP, OPTION, "backup's store") \
	X(CEPH_CONF, OPTION, "ceph's configuration file") \
	X(RBD_SECRET, OPTION, "libvirt secret of ceph") \
	X(SWIFT_STORE, OPTION, "swift's login URL") \
	X(NETWORK_INTERFACE, OPTION, "network interface") \
	X(BRIDGE, OPTION, "bridge") \
	X(SOURCE_ADDRESS, OPTION, "source address of outgoing traffic") \
	X(VPN, OPTION, "VPN address") \
	X(FIXED_NETWORK, OPTION, "fixed network") \
	X(FLOATING_NETWORK, OPTION, "floating network") \
	X(DMZ, OPTION, "DMZ network") \
	X(NAME_SERVER, OPTION, "name server") \
	X(DNS_DOMAIN, OPTION, "DNS domain") \
	X(LDAP, OPTION, "LDAP server") \
	X(FEDERATION, OPTION, "identity federation") \
	X(CATALOGUE_FILE, OPTION, "catalogue's file") \
	X(TUNNEL, OPTION, "tunnel's address") \
	X(OVSDB, OPTION, "Open vSwitch's or OVN's database") \
	X(OCTAVIA, OPTION, "octavia's controllers") \
	X(CORS, OPTION, "allowed origin") \
	X(LOG_HOST, OPTION, "where logs and measures go") \
	X(CERTIFICATE, OPTION, "certificate file") \
	X(MYSQL_LISTEN, OPTION, "MySQL's listen address") \
	X(MYSQL_SERVER, OPTION, "MySQL's server") \
	X(GALERA, OPTION, "Galera's addresses") \
	X(RABBITMQ_LISTEN, OPTION, "RabbitMQ's listen address") \
	X(RABBITMQ_NODE, OPTION, "RabbitMQ's node name") \
	X(MEMCACHED_LISTEN, OPTION, "memcached's listen address") \
	X(TIME_LISTEN, OPTION, "time service's listen address") \
	X(TIME_SERVER, OPTION, "time server") \
	X(HAPROXY_LISTEN, OPTION, "haproxy's listen address") \
	X(HAPROXY_SERVER, OPTION, "haproxy's server") \
	X(KEEPALIVED_PEER, OPTION, "keepalived's peer") \
	X(KEEPALIVED_SERVER, OPTION, "keepalived's server") \
	X(LIBVIRT_LISTEN, OPTION, "libvirt's listen address") \
	X(LIBVIRT_CONSOLE, OPTION, "QEMU's default console address") \
	X(LIBVIRT_IDENTITY, OPTION, "libvirt's identity") \
	X(TGT_INITIATOR, OPTION, "initiator that a target lets in") \
	X(ISCSI_NODE, OPTION, "iSCSI node record's address") \
	X(ISCSI_NAME, OPTION, "initiator name") \
	X(LIO_PORTAL, OPTION, "LIO target's portal") \
	X(APACHE_LISTEN, OPTION, "apache's listen address") \
	X(APACHE_SERVER, OPTION, "apache's server and backends") \
	X(NGINX_LISTEN, OPTION, "nginx's listen address") \
	X(NGINX_SERVER, OPTION, "nginx's server and backends") \
	X(DNSMASQ, OPTION, "dnsmasq's addresses") \
	X(CLUSTER_RING, OPTION, "cluster ring's address") \
	X(STORE_LISTEN, OPTION, "listen address of redis, etcd or MongoDB") \
	X(HORIZON_HOST, OPTION, "dashboard's keystone") \
	X(HORIZON_ALLOWED, OPTION, "dashboard's own names") \
	X(HORIZON_CACHE, OPTION, "dashboard's cache") \
	X(OPENRC_URL, OPTION, "administrator's URL") \
	X(CEPH_MONITOR, OPTION, "ceph's monitor") \
	X(CEPH_NETWORK, OPTION, "ceph's network") \
	X(CATALOGUE_ENDPOINT, OPTION, "endpoint in the catalogue's file") \
	X(INTERFACE_ADDRESS, OPTION, "the machine's own address") \
	X(INTERFACE_GATEWAY, OPTION, "the machine's gateway") \
	X(INTERFACE_DNS, OPTION, "the machine's name server") \
	X(SERVICE_ARGUMENT, OPTION, "argument of a service") \
	X(V_CONSOLE_LISTEN, LIBVIRT, "console's listen address (VNC, SPICE)") \
	X(V_CONSOLE_NETWORK, LIBVIRT, "console's listen network") \
	X(V_DISK_HOST, LIBVIRT, "network disk's host") \
	X(V_DISK_DEVICE, LIBVIRT, "disk's device (by-path)") \
	X(V_DISK_FILE, LIBVIRT, "disk's file") \
	X(V_DISK_IDENTITY, LIBVIRT, "disk's initiator or target name") \
	X(V_IF_SOURCE, LIBVIRT, "interface's socket address") \
	X(V_IF_ADDRESS, LIBVIRT, "guest's address") \
	X(V_IF_ROUTE, LIBVIRT, "guest's route") \
	X(V_IF_FORWARD, LIBVIRT, "forwarded port's address") \
	X(V_IF_BRIDGE, LIBVIRT, "interface's bridge or device") \
	X(V_FILTER_PARAMETER, LIBVIRT, "filter's parameter (IP, DHCPSERVER ...)") \
	X(V_FILTER_NAME, LIBVIRT, "filter of an interface") \
	X(V_CHARDEV_HOST, LIBVIRT, "socket of a console, channel or device") \
	X(V_METADATA, LIBVIRT, "nova's metadata: guest's address") \
	X(V_METADATA_OTHER, LIBVIRT, "nova's metadata") \
	X(V_DESCRIPTION, LIBVIRT, "description of a definition") \
	X(V_MACHINE, LIBVIRT, "machine type") \
	X(V_EMULATOR, LIBVIRT, "emulator") \
	X(V_FIRMWARE, LIBVIRT, "firmware and its variables") \
	X(V_KERNEL, LIBVIRT, "kernel and initrd") \
	X(V_CPU, LIBVIRT, "CPU model") \
	X(V_SYSINFO, LIBVIRT, "SMBIOS text") \
	X(V_COMMANDLINE, LIBVIRT, "QEMU's own command line") \
	X(V_NET_ADDRESS, LIBVIRT, "network's address") \
	X(V_NET_DHCP, LIBVIRT, "network's DHCP") \
	X(V_NET_NAT, LIBVIRT, "network's NAT") \
	X(V_NET_DNS, LIBVIRT, "network's DNS") \
	X(V_NET_ROUTE, LIBVIRT, "network's route") \
	X(V_NET_BRIDGE, LIBVIRT, "network's bridge") \
	X(V_NET_DEVICE, LIBVIRT, "network's device") \
	X(V_NWFILTER, LIBVIRT, "filter's address") \
	X(V_POOL_HOST, LIBVIRT, "pool's source host") \
	X(V_POOL_SOURCE, LIBVIRT, "pool's source") \
	X(V_POOL_TARGET, LIBVIRT, "pool's folder") \
	X(V_SECRET_USE, LIBVIRT, "what a secret is for") \
	X(F_NFS_SHARES, FILE, "cinder's NFS and GlusterFS shares") \
	X(F_PASTE, FILE, "api-paste.ini") \
	X(F_CATALOGUE, FILE, "keystone's catalogue as a file") \
	X(F_COMPUTE_ID, FILE, "compute_id") \
	X(F_HOSTNAME, FILE, "node's host name") \
	X(F_INITIATOR, FILE, "initiator's name") \
	X(F_ISCSI_NODES, FILE, "open-iscsi's node records") \
	X(F_ISCSI_DISCOVERY, FILE, "open-iscsi's discovered portals") \
	X(F_ISCSI, FILE, "open-iscsi's settings") \
	X(F_LIBVIRT_XML, FILE, "libvirt.xml of an instance") \
	X(F_GUEST, FILE, "kernel, ramdisk or UEFI variables of an instance") \
	X(F_SNAPSHOTS, FILE, "snapshots and checkpoints of an instance") \
	X(F_DISK_INFO, FILE, "disk.info of an instance") \
	X(F_NVME, FILE, "host's name for NVMe") \
	X(F_TGT_VOLUME, FILE, "tgt's file of a volume") \
	X(F_TGT, FILE, "tgt's configuration") \
	X(F_SYSTEMD_TGT, FILE, "how tgt is started") \
	X(F_SYSTEMD, FILE, "how a service is started") \
	X(F_NOVA, FILE, "nova's configuration") \
	X(F_CINDER, FILE, "cinder's configuration") \
	X(F_KEYSTONE, FILE, "keystone's configuration") \
	X(F_GLANCE, FILE, "glance's configuration") \
	X(F_NEUTRON, FILE, "neutron's configuration") \
	X(F_QUANTUM, FILE, "quantum's configuration") \
	X(F_PLACEMENT, FILE, "placement's configuration") \
	X(F_SWIFT, FILE, "swift's configuration") \
	X(F_HEAT, FILE, "heat's configuration") \
	X(F_IRONIC, FILE, "ironic's configuration") \
	X(F_DESIGNATE, FILE, "designate's configuration") \
	X(F_OCTAVIA, FILE, "octavia's configuration") \
	X(F_MANILA, FILE, "manila's configuration") \
	X(F_BARBICAN, FILE, "barbican's configuration") \
	X(F_TELEMETRY, FILE, "configuration of the telemetry services") \
	X(F_OPENSTACK, FILE, "configuration of a further OpenStack service") \
	X(F_HORIZON, FILE, "dashboard's settings") \
	X(F_OPENRC, FILE, "administrator's environment (openrc, clouds.yaml)") \
	X(F_KNOWN_HOSTS, FILE, "known_hosts") \
	X(F_NOVA_NETWORK, FILE, "nova-network's dnsmasq files") \
	X(F_LIBVIRT, FILE, "libvirt's settings and hooks") \
	X(F_PKI, FILE, "certificates of libvirt and QEMU") \
	X(F_OVS, FILE, "Open vSwitch's database") \
	X(F_LIO, FILE, "LIO's targets") \
	X(F_MOUNTS, FILE, "mounts and exports") \
	X(F_CEPH, FILE, "ceph's configuration") \
	X(F_HOSTS, FILE, "hosts") \
	X(F_RESOLVER, FILE, "resolv.conf") \
	X(F_MYSQL, FILE, "MySQL's configuration") \
	X(F_RABBITMQ, FILE, "RabbitMQ's configuration") \
	X(F_MEMCACHED, FILE, "memcached's options") \
	X(F_CHRONY, FILE, "chrony's configuration") \
	X(F_NTP, FILE, "ntp's configuration") \
	X(F_HAPROXY, FILE, "haproxy's configuration") \
	X(F_KEEPALIVED, FILE, "keepalived's configuration") \
	X(F_APACHE, FILE, "apache's configuration") \
	X(F_NGINX, FILE, "nginx's configuration") \
	X(F_COROSYNC, FILE, "corosync's configuration") \
	X(F_REDIS, FILE, "redis's configuration") \
	X(F_ETCD, FILE, "etcd's configuration") \
	X(F_MONGODB, FILE, "MongoDB's configuration") \
	X(F_DNSMASQ, FILE, "dnsmasq's configuration") \
	X(F_FIREWALL, FILE, "saved firewall") \
	X(F_INTERFACES, FILE, "interface files of the machine") \
	X(F_NAMED, FILE, "file that the configuration names") \
	X(ACCOUNT, COLUMN, "MySQL account bound to an address")

enum kind_id {
#define X(id, group, name) K_##id,
	KINDS(X)
#undef X
	K_COUNT
};

/**
 * Options, in the order of their names; lower case, "-" and spaces as "_".
 *
 *   option   old names and Essex's flags too
 *   set      the row of the file set (fileset_table.h) that it belongs to; NULL
 *            any file with [sections] or --flags, "*" any file.  In files of
 *            lines an option is the first word of a line, in JSON the last key
 *   section  NULL: any; flags stand in DEFAULT
 *
 * Of several rows for a name the first that fits decides: with a set before
 * without, with a section before without.
 */
struct kind_option {
	const char *option, *set, *section;
	enum kind_id kind;
};

static const struct kind_option kind_options[] = {
	{ "<virtualhost", "apache", NULL, K_APACHE_LISTEN },
	{ "_address", "interfaces", NULL, K_INTERFACE_ADDRESS },
	{ "_gateway", "interfaces", NULL, K_INTERFACE_GATEWAY },
	{ "_l", "memcached", NULL, K_MEMCACHED_LISTEN },
	{ "address", "dnsmasq", NULL, K_DNSMASQ },
	{ "address", "interfaces", NULL, K_INTERFACE_ADDRESS },
	{ "address", NULL, "zookeeper", K_COORDINATION },
	{ "address1", "interfaces", NULL, K_INTERFACE_ADDRESS },
	{ "addresses", "interfaces", NULL, K_INTERFACE_ADDRESS },
	{ "admin_auth_url", NULL, NULL, K_KEYSTONE },
	{ "admin_bind_host", NULL, NULL, K_API_LISTEN },
	{ "admin_endpoint", NULL, NULL, K_PUBLIC_URL },
	{ "admin_url", NULL, "ironic", K_ENDPOINT },
	{ "advertise_client_urls", "etcd", NULL, K_STORE_LISTEN },
	{ "allow", "apache", NULL, K_APACHE_SERVER },
	{ "allow", "chrony", NULL, K_TIME_SERVER },
	{ "allowed_hosts", "horizon", NULL, K_HORIZON_ALLOWED },
	{ "allowed_origin", NULL, NULL, K_CORS },
	{ "allowed_origins", NULL, NULL, K_CONSOLE_HOST },
	{ "also_notifies", NULL, NULL, K_NAME_SERVER },
	{ "api_base_uri", NULL, NULL, K_PUBLIC_URL },
	{ "api_endpoint", NULL, NULL, K_ENDPOINT },
	{ "api_servers", NULL, NULL, K_GLANCE },
	{ "api_url", NULL, "conductor", K_ENDPOINT },
	{ "auth_address", NULL, NULL, K_KEYSTONE },
	{ "auth_ca_cert", "*", NULL, K_CERTIFICATE },
	{ "auth_endpoint", NULL, NULL, K_KEYSTONE },
	{ "auth_host", NULL, NULL, K_KEYSTONE },
	{ "auth_uri", NULL, NULL, K_KEYSTONE },
	{ "auth_url", "openrc", NULL, K_OPENRC_URL },
	{ "auth_url", NULL, NULL, K_KEYSTONE },
	{ "available_regions", "horizon", NULL, K_HORIZON_HOST },
	{ "backend_argument", NULL, NULL, K_CACHE },
	{ "backend_host", NULL, NULL, K_SERVICE_HOST },
	{ "backend_url", NULL, NULL, K_COORDINATION },
	{ "backup_ceph_conf", NULL, NULL, K_CEPH_CONF },
	{ "backup_s3_endpoint_url", NULL, NULL, K_BACKUP },
	{ "backup_share", NULL, NULL, K_SHARES },
	{ "backup_swift_auth_url", NULL, NULL, K_BACKUP },
	{ "backup_swift_url", NULL, NULL, K_BACKUP },
	{ "balancermember", "apache", NULL, K_APACHE_SERVER },
	{ "barbican_endpoint", NULL, NULL, K_ENDPOINT },
	{ "base_url", NULL, "serial_console", K_SERIAL_URL },
	{ "bind", "haproxy", NULL, K_HAPROXY_LISTEN },
	{ "bind", "redis", NULL, K_STORE_LISTEN },
	{ "bind_address", "mysql", NULL, K_MYSQL_LISTEN },
	{ "bind_host", NULL, NULL, K_API_LISTEN },
	{ "bind_ip", "mongodb", NULL, K_STORE_LISTEN },
	{ "bind_ip", NULL, NULL, K_API_LISTEN },
	{ "bindacqaddress", "chrony", NULL, K_TIME_LISTEN },
	{ "bindaddress", "chrony", NULL, K_TIME_LISTEN },
	{ "bindcmdaddress", "chrony", NULL, K_TIME_LISTEN },
	{ "bindip", "mongodb", NULL, K_STORE_LISTEN },
	{ "bindnetaddr", "corosync", NULL, K_CLUSTER_RING },
	{ "bridge_mappings", NULL, NULL, K_NETWORK_INTERFACE },
	{ "broadcast", "interfaces", NULL, K_INTERFACE_ADDRESS },
	{ "ca_certificates_file", "*", NULL, K_CERTIFICATE },
	{ "ca_certs", "*", NULL, K_CERTIFICATE },
	{ "ca_file", "*", NULL, K_CERTIFICATE },
	{ "cacert", "*", NULL, K_CERTIFICATE },
	{ "cafile", "*", NULL, K_CERTIFICATE },
	{ "callback_endpoint_override", NULL, NULL, K_PUBLIC_URL },
	{ "cc_host", NULL, NULL, K_EC2 },
	{ "cert", "*", NULL, K_CERTIFICATE },
	{ "cert_file", "*", NULL, K_CERTIFICATE },
	{ "certfile", "*", NULL, K_CERTIFICATE },
	{ "cinder_ca_certificates_file", "*", NULL, K_CERTIFICATE },
	{ "cinder_endpoint_template", NULL, NULL, K_ENDPOINT },
	{ "cinder_store_auth_address", NULL, NULL, K_KEYSTONE },
	{ "client_ca", "*", NULL, K_CERTIFICATE },
	{ "client_cert", "*", NULL, K_CERTIFICATE },
	{ "cluster_addr", "ceph", NULL, K_CEPH_NETWORK },
	{ "cluster_bind_addr", "ceph", NULL, K_CEPH_NETWORK },
	{ "cluster_network", "ceph", NULL, K_CEPH_NETWORK },
	{ "compute_link_prefix", NULL, NULL, K_PUBLIC_URL },
	{ "connection", NULL, NULL, K_DATABASE },
	{ "connection_string", NULL, NULL, K_LOG_HOST },
	{ "connection_uri", NULL, NULL, K_LIBVIRT_URI },
	{ "connection_url", NULL, "xenserver", K_STORAGE_SYSTEM },
	{ "console_allowed_origins", NULL, NULL, K_CONSOLE_HOST },
	{ "console_host", NULL, NULL, K_CONSOLE_HOST },
	{ "console_public_hostname", NULL, NULL, K_CONSOLE_HOST },
	{ "controller_ip_port_list", NULL, NULL, K_OCTAVIA },
	{ "csrf_trusted_origins", "horizon", NULL, K_HORIZON_ALLOWED },
	{ "database_connection", NULL, NULL, K_DATABASE },
	{ "deny", "chrony", NULL, K_TIME_SERVER },
	{ "dhcp_domain", NULL, NULL, K_DNS_DOMAIN },
	{ "dhcp_host", "dnsmasq", NULL, K_DNSMASQ },
	{ "dhcp_option", "dnsmasq", NULL, K_DNSMASQ },
	{ "dhcp_range", "dnsmasq", NULL, K_DNSMASQ },
	{ "discovery.isns.address", "iscsi", NULL, K_ISCSI_NODE },
	{ "discovery.sendtargets.address", "iscsi", NULL, K_ISCSI_NODE },
	{ "dmz_cidr", NULL, NULL, K_DMZ },
	{ "dmz_mask", NULL, NULL, K_DMZ },
	{ "dmz_net", NULL, NULL, K_DMZ },
	{ "dns", "interfaces", NULL, K_INTERFACE_DNS },
	{ "dns1", "interfaces", NULL, K_INTERFACE_DNS },
	{ "dns2", "interfaces", NULL, K_INTERFACE_DNS },
	{ "dns_domain", NULL, NULL, K_DNS_DOMAIN },
	{ "dns_nameservers", "interfaces", NULL, K_INTERFACE_DNS },
	{ "dns_server", NULL, NULL, K_NAME_SERVER },
	{ "dnsmasq_dns_servers", NULL, NULL, K_NAME_SERVER },
	{ "domain", "resolver", NULL, K_DNS_DOMAIN },
	{ "ec2_dmz_host", NULL, NULL, K_EC2 },
	{ "ec2_host", NULL, NULL, K_EC2 },
	{ "ec2_listen", NULL, NULL, K_API_LISTEN },
	{ "ec2_url", "openrc", NULL, K_OPENRC_URL },
	{ "ec2_url", NULL, NULL, K_EC2 },
	{ "endpoint_override", NULL, NULL, K_ENDPOINT },
	{ "endpoint_template", NULL, NULL, K_ENDPOINT },
	{ "environment", "systemd", NULL, K_SERVICE_ARGUMENT },
	{ "erl_epmd_address", "rabbitmq", NULL, K_RABBITMQ_LISTEN },
	{ "eucalyptus_cert", "openrc", NULL, K_OPENRC_URL },
	{ "execstart", "systemd", NULL, K_SERVICE_ARGUMENT },
	{ "execstartpost", "systemd", NULL, K_SERVICE_ARGUMENT },
	{ "execstartpre", "systemd", NULL, K_SERVICE_ARGUMENT },
	{ "external_network_bridge", NULL, NULL, K_BRIDGE },
	{ "fallbackntp", "ntp", NULL, K_TIME_SERVER },
	{ "fixed_range", NULL, NULL, K_FIXED_NETWORK },
	{ "fixed_range_v6", NULL, NULL, K_FIXED_NETWORK },
	{ "flat_interface", NULL, NULL, K_NETWORK_INTERFACE },
	{ "flat_network_bridge", NULL, NULL, K_BRIDGE },
	{ "flat_network_dhcp_start", NULL, NULL, K_FIXED_NETWORK },
	{ "flat_network_dns", NULL, NULL, K_NAME_SERVER },
	{ "floating_range", NULL, NULL, K_FLOATING_NETWORK },
	{ "forward_bridge_interface", NULL, NULL, K_NETWORK_INTERFACE },
	{ "galera_nodes", "mysql", NULL, K_GALERA },
	{ "galera_options", "mysql", NULL, K_GALERA },
	{ "gateway", "interfaces", NULL, K_INTERFACE_GATEWAY },
	{ "gateway", NULL, NULL, K_FIXED_NETWORK },
	{ "gateway4", "interfaces", NULL, K_INTERFACE_GATEWAY },
	{ "gateway6", "interfaces", NULL, K_INTERFACE_GATEWAY },
	{ "gateway_v6", NULL, NULL, K_FIXED_NETWORK },
	{ "glance_api_servers", NULL, NULL, K_GLANCE },
	{ "glance_ca_certificates_file", "*", NULL, K_CERTIFICATE },
	{ "glance_host", NULL, NULL, K_GLANCE },
	{ "glance_link_prefix", NULL, NULL, K_PUBLIC_URL },
	{ "glusterfs_backup_share", NULL, NULL, K_SHARES },
	{ "heat_metadata_server_url", NULL, NULL, K_PUBLIC_URL },
	{ "heat_waitcondition_server_url", NULL, NULL, K_PUBLIC_URL },
	{ "heat_watch_server_url", NULL, NULL, K_PUBLIC_URL },
	{ "host", "mysql", NULL, K_MYSQL_SERVER },
	{ "host", NULL, "DEFAULT", K_SERVICE_HOST },
	{ "host", NULL, "api", K_API_LISTEN },
	{ "host", NULL, "matchmaker_redis", K_COORDINATION },
	{ "host_href", NULL, NULL, K_PUBLIC_URL },
	{ "host_ip", NULL, "api", K_API_LISTEN },
	{ "host_ip", NULL, "vmware", K_STORAGE_SYSTEM },
	{ "host_record", "dnsmasq", NULL, K_DNSMASQ },
	{ "host_uuid", "libvirt", NULL, K_LIBVIRT_IDENTITY },
	{ "hostname", "rabbitmq", NULL, K_RABBITMQ_NODE },
	{ "hp3par_api_url", NULL, NULL, K_STORAGE_SYSTEM },
	{ "hpe3par_api_url", NULL, NULL, K_STORAGE_SYSTEM },
	{ "hpelefthand_api_url", NULL, NULL, K_STORAGE_SYSTEM },
	{ "hplefthand_api_url", NULL, NULL, K_STORAGE_SYSTEM },
	{ "html5_proxy_base_url", NULL, NULL, K_RDP_URL },
	{ "html5proxy_base_url", NULL, NULL, K_SPICE_URL },
	{ "html5proxy_host", NULL, NULL, K_SPICE_PROXY },
	{ "http_url", NULL, NULL, K_PUBLIC_URL },
	{ "identity_uri", NULL, NULL, K_KEYSTONE },
	{ "idp_entity_id", NULL, NULL, K_FEDERATION },
	{ "idp_organization_url", NULL, NULL, K_FEDERATION },
	{ "idp_sso_endpoint", NULL, NULL, K_FEDERATION },
	{ "images_rbd_ceph_conf", NULL, NULL, K_CEPH_CONF },
	{ "initiator_address", "tgt", NULL, K_TGT_INITIATOR },
	{ "initiator_name", "tgt", NULL, K_TGT_INITIATOR },
	{ "initiatorname", "iscsi", NULL, K_ISCSI_NAME },
	{ "integration_bridge", NULL, NULL, K_BRIDGE },
	{ "interface", "ntp", NULL, K_TIME_LISTEN },
	{ "ip_address", "lio", NULL, K_LIO_PORTAL },
	{ "ipaddr", "interfaces", NULL, K_INTERFACE_ADDRESS },
	{ "ipv6addr", "interfaces", NULL, K_INTERFACE_ADDRESS },
	{ "iscsi_ip_address", NULL, NULL, K_ISCSI_TARGET },
	{ "iscsi_ip_prefix", NULL, NULL, K_ISCSI_TARGET },
	{ "iscsi_secondary_ip_addresses", NULL, NULL, K_ISCSI_TARGET },
	{ "iser_ip_address", NULL, NULL, K_ISCSI_TARGET },
	{ "isns.address", "iscsi", NULL, K_ISCSI_NODE },
	{ "isolated_hosts", NULL, NULL, K_SERVICE_HOST },
	{ "keystone_ec2_tokens_url", NULL, NULL, K_KEYSTONE },
	{ "keystone_ec2_url", NULL, NULL, K_KEYSTONE },
	{ "kombu_ssl_ca_certs", "*", NULL, K_CERTIFICATE },
	{ "kombu_ssl_certfile", "*", NULL, K_CERTIFICATE },
	{ "ldap_dns_servers", NULL, NULL, K_NAME_SERVER },
	{ "ldap_dns_url", NULL, NULL, K_NAME_SERVER },
	{ "ldap_url", NULL, NULL, K_LDAP },
	{ "libvirt_ovs_bridge", NULL, NULL, K_BRIDGE },
	{ "libvirt_uri", NULL, NULL, K_LIBVIRT_URI },
	{ "linuxnet_ovs_integration_bridge", NULL, NULL, K_BRIDGE },
	{ "listen", "apache", NULL, K_APACHE_LISTEN },
	{ "listen", "haproxy", NULL, K_HAPROXY_LISTEN },
	{ "listen", "nginx", NULL, K_NGINX_LISTEN },
	{ "listen", "ntp", NULL, K_TIME_LISTEN },
	{ "listen", NULL, NULL, K_API_LISTEN },
	{ "listen_addr", "libvirt", NULL, K_LIBVIRT_LISTEN },
	{ "listen_address", "dnsmasq", NULL, K_DNSMASQ },
	{ "listen_client_urls", "etcd", NULL, K_STORE_LISTEN },
	{ "listen_peer_urls", "etcd", NULL, K_STORE_LISTEN },
	{ "listendatagram", "systemd", NULL, K_SERVICE_ARGUMENT },
	{ "listenstream", "systemd", NULL, K_SERVICE_ARGUMENT },
	{ "live_migration_inbound_addr", NULL, NULL, K_MIGRATION },
	{ "live_migration_uri", NULL, NULL, K_MIGRATION },
	{ "local_ip", NULL, NULL, K_TUNNEL },
	{ "location", "horizon", NULL, K_HORIZON_CACHE },
	{ "log_statsd_host", NULL, NULL, K_LOG_HOST },
	{ "log_udp_host", NULL, NULL, K_LOG_HOST },
	{ "management.ssl.cacertfile", "*", NULL, K_CERTIFICATE },
	{ "management.ssl.certfile", "*", NULL, K_CERTIFICATE },
	{ "master_host", "mysql", NULL, K_MYSQL_SERVER },
	{ "masters", NULL, NULL, K_NAME_SERVER },
	{ "mcast_src_ip", "keepalived", NULL, K_KEEPALIVED_PEER },
	{ "mcastaddr", "corosync", NULL, K_CLUSTER_RING },
	{ "melange_host", NULL, NULL, K_ENDPOINT },
	{ "memberaddr", "corosync", NULL, K_CLUSTER_RING },
	{ "memcache_servers", NULL, NULL, K_CACHE },
	{ "memcached_servers", NULL, NULL, K_CACHE },
	{ "messaging_urls", NULL, NULL, K_MESSAGE_QUEUE },
	{ "metadata_host", NULL, NULL, K_METADATA },
	{ "metadata_listen", NULL, NULL, K_API_LISTEN },
	{ "migration_address", "libvirt", NULL, K_MIGRATION },
	{ "migration_host", "libvirt", NULL, K_MIGRATION },
	{ "migration_inbound_addr", NULL, NULL, K_MIGRATION },
	{ "mksproxy_base_url", NULL, NULL, K_MKS_URL },
	{ "mon_addr", "ceph", NULL, K_CEPH_MONITOR },
	{ "mon_host", "ceph", NULL, K_CEPH_MONITOR },
	{ "mon_initial_members", "ceph", NULL, K_CEPH_MONITOR },
	{ "my_block_storage_ip", NULL, NULL, K_OWN_STORAGE_ADDRESS },
	{ "my_ip", NULL, NULL, K_OWN_ADDRESS },
	{ "my_shared_fs_storage_ip", NULL, NULL, K_OWN_STORAGE_ADDRESS },
	{ "nameserver", "resolver", NULL, K_NAME_SERVER },
	{ "nameservers", "interfaces", NULL, K_INTERFACE_DNS },
	{ "namevirtualhost", "apache", NULL, K_APACHE_LISTEN },
	{ "nas_host", NULL, NULL, K_STORAGE_SYSTEM },
	{ "nas_ip", NULL, NULL, K_STORAGE_SYSTEM },
	{ "netapp_server_hostname", NULL, NULL, K_STORAGE_SYSTEM },
	{ "netapp_wsdl_url", NULL, NULL, K_STORAGE_SYSTEM },
	{ "netmask", "interfaces", NULL, K_INTERFACE_ADDRESS },
	{ "network", "interfaces", NULL, K_INTERFACE_ADDRESS },
	{ "network_host", NULL, NULL, K_SERVICE_HOST },
	{ "neutron_admin_auth_url", NULL, NULL, K_KEYSTONE },
	{ "neutron_url", NULL, NULL, K_ENDPOINT },
	{ "nexenta_host", NULL, NULL, K_STORAGE_SYSTEM },
	{ "nexenta_nas_host", NULL, NULL, K_STORAGE_SYSTEM },
	{ "nexenta_rest_address", NULL, NULL, K_STORAGE_SYSTEM },
	{ "node.discovery_address", "iscsi", NULL, K_ISCSI_NODE },
	{ "node.name", "iscsi", NULL, K_ISCSI_NAME },
	{ "node_ip_address", "rabbitmq", NULL, K_RABBITMQ_LISTEN },
	{ "nodename", "rabbitmq", NULL, K_RABBITMQ_NODE },
	{ "nova_ca_certificates_file", "*", NULL, K_CERTIFICATE },
	{ "nova_client_cert", "*", NULL, K_CERTIFICATE },
	{ "nova_endpoint_admin_template", NULL, NULL, K_ENDPOINT },
	{ "nova_endpoint_template", NULL, NULL, K_ENDPOINT },
	{ "nova_metadata_host", NULL, NULL, K_METADATA },
	{ "nova_metadata_ip", NULL, NULL, K_METADATA },
	{ "nova_url", "openrc", NULL, K_OPENRC_URL },
	{ "nova_url", NULL, NULL, K_ENDPOINT },
	{ "novncproxy_base_url", NULL, NULL, K_VNC_URL },
	{ "novncproxy_host", NULL, NULL, K_VNC_PROXY },
	{ "ntp", "ntp", NULL, K_TIME_SERVER },
	{ "of_listen_address", NULL, NULL, K_OVSDB },
	{ "openstack_host", "horizon", NULL, K_HORIZON_HOST },
	{ "openstack_keystone_url", "horizon", NULL, K_HORIZON_HOST },
	{ "openstack_ssl_cacert", "*", NULL, K_CERTIFICATE },
	{ "options", "memcached", NULL, K_MEMCACHED_LISTEN },
	{ "os_auth_url", "openrc", NULL, K_OPENRC_URL },
	{ "os_auth_url", NULL, NULL, K_KEYSTONE },
	{ "os_cacert", "*", NULL, K_CERTIFICATE },
	{ "os_endpoint", "openrc", NULL, K_OPENRC_URL },
	{ "os_service_endpoint", "openrc", NULL, K_OPENRC_URL },
	{ "os_url", "openrc", NULL, K_OPENRC_URL },
	{ "osapi_compute_link_prefix", NULL, NULL, K_PUBLIC_URL },
	{ "osapi_compute_listen", NULL, NULL, K_API_LISTEN },
	{ "osapi_glance_link_prefix", NULL, NULL, K_PUBLIC_URL },
	{ "osapi_listen", NULL, NULL, K_API_LISTEN },
	{ "osapi_share_base_url", NULL, NULL, K_PUBLIC_URL },
	{ "osapi_share_listen", NULL, NULL, K_API_LISTEN },
	{ "osapi_volume_base_url", NULL, NULL, K_PUBLIC_URL },
	{ "osapi_volume_listen", NULL, NULL, K_API_LISTEN },
	{ "ovn_nb_ca_cert", "*", NULL, K_CERTIFICATE },
	{ "ovn_nb_certificate", "*", NULL, K_CERTIFICATE },
	{ "ovn_nb_connection", NULL, NULL, K_OVSDB },
	{ "ovn_sb_ca_cert", "*", NULL, K_CERTIFICATE },
	{ "ovn_sb_certificate", "*", NULL, K_CERTIFICATE },
	{ "ovn_sb_connection", NULL, NULL, K_OVSDB },
	{ "ovs_bridge", NULL, NULL, K_BRIDGE },
	{ "ovs_integration_bridge", NULL, NULL, K_BRIDGE },
	{ "ovs_vif_bridge", NULL, NULL, K_BRIDGE },
	{ "ovsdb_connection", NULL, NULL, K_OVSDB },
	{ "peer", "chrony", NULL, K_TIME_SERVER },
	{ "peer", "ntp", NULL, K_TIME_SERVER },
	{ "peer_list", NULL, NULL, K_SERVICE_HOST },
	{ "physical_interface_mappings", NULL, NULL, K_NETWORK_INTERFACE },
	{ "pool", "chrony", NULL, K_TIME_SERVER },
	{ "pool", "ntp", NULL, K_TIME_SERVER },
	{ "post_up", "interfaces", NULL, K_INTERFACE_GATEWAY },
	{ "powervm_mgr", NULL, NULL, K_STORAGE_SYSTEM },
	{ "pre_up", "interfaces", NULL, K_INTERFACE_GATEWAY },
	{ "proxy_pass", "nginx", NULL, K_NGINX_SERVER },
	{ "proxyclient_address", NULL, "serial_console", K_SERIAL_ADDRESS },
	{ "proxypass", "apache", NULL, K_APACHE_SERVER },
	{ "proxypassreverse", "apache", NULL, K_APACHE_SERVER },
	{ "public_addr", "ceph", NULL, K_CEPH_NETWORK },
	{ "public_bind_addr", "ceph", NULL, K_CEPH_NETWORK },
	{ "public_bind_host", NULL, NULL, K_API_LISTEN },
	{ "public_endpoint", NULL, NULL, K_PUBLIC_URL },
	{ "public_interface", NULL, NULL, K_NETWORK_INTERFACE },
	{ "public_network", "ceph", NULL, K_CEPH_NETWORK },
	{ "qpid_host", NULL, NULL, K_MESSAGE_QUEUE },
	{ "qpid_hostname", NULL, NULL, K_MESSAGE_QUEUE },
	{ "qpid_hosts", NULL, NULL, K_MESSAGE_QUEUE },
	{ "quantum_admin_auth_url", NULL, NULL, K_KEYSTONE },
	{ "quantum_connection_host", NULL, NULL, K_ENDPOINT },
	{ "quantum_url", NULL, NULL, K_ENDPOINT },
	{ "quobyte_volume_url", NULL, NULL, K_SHARES },
	{ "rabbit_host", NULL, NULL, K_MESSAGE_QUEUE },
	{ "rabbit_hosts", NULL, NULL, K_MESSAGE_QUEUE },
	{ "rabbitmq_cluster_nodes", "rabbitmq", NULL, K_RABBITMQ_NODE },
	{ "rabbitmq_node_ip_address", "rabbitmq", NULL, K_RABBITMQ_LISTEN },
	{ "rabbitmq_nodename", "rabbitmq", NULL, K_RABBITMQ_NODE },
	{ "rbd_ceph_conf", NULL, NULL, K_CEPH_CONF },
	{ "rbd_secret_uuid", NULL, NULL, K_RBD_SECRET },
	{ "rbd_store_ceph_conf", NULL, NULL, K_CEPH_CONF },
	{ "real_server", "keepalived", NULL, K_KEEPALIVED_SERVER },
	{ "redirect", "apache", NULL, K_APACHE_SERVER },
	{ "redis_sentinels", NULL, NULL, K_CACHE },
	{ "redis_server", NULL, NULL, K_CACHE },
	{ "region_list", NULL, NULL, K_KEYSTONE },
	{ "registry_client_ca_file", "*", NULL, K_CERTIFICATE },
	{ "registry_client_cert_file", "*", NULL, K_CERTIFICATE },
	{ "registry_host", NULL, NULL, K_GLANCE_REGISTRY },
	{ "replicaof", "redis", NULL, K_STORE_LISTEN },
	{ "report_host", "mysql", NULL, K_MYSQL_LISTEN },
	{ "require", "apache", NULL, K_APACHE_SERVER },
	{ "restrict", "ntp", NULL, K_TIME_SERVER },
	{ "rewriterule", "apache", NULL, K_APACHE_SERVER },
	{ "rgw_dns_name", "ceph", NULL, K_CEPH_NETWORK },
	{ "rgw_keystone_url", "ceph", NULL, K_CEPH_NETWORK },
	{ "ring0_addr", "corosync", NULL, K_CLUSTER_RING },
	{ "ring1_addr", "corosync", NULL, K_CLUSTER_RING },
	{ "route1", "interfaces", NULL, K_INTERFACE_GATEWAY },
	{ "routing_source_ip", NULL, NULL, K_SOURCE_ADDRESS },
	{ "rpc_zmq_bind_address", NULL, NULL, K_MESSAGE_QUEUE },
	{ "rpc_zmq_host", NULL, NULL, K_MESSAGE_QUEUE },
	{ "s3_dmz", NULL, NULL, K_S3 },
	{ "s3_host", NULL, NULL, K_S3 },
	{ "s3_listen", NULL, NULL, K_API_LISTEN },
	{ "s3_store_host", NULL, NULL, K_S3 },
	{ "s3_url", "openrc", NULL, K_OPENRC_URL },
	{ "s3_url", NULL, NULL, K_S3 },
	{ "san_ip", NULL, NULL, K_STORAGE_SYSTEM },
	{ "search", "resolver", NULL, K_DNS_DOMAIN },
	{ "sentinel", "redis", NULL, K_STORE_LISTEN },
	{ "sentinel_hosts", NULL, "matchmaker_redis", K_COORDINATION },
	{ "serialproxy_host", NULL, NULL, K_SERIAL_ADDRESS },
	{ "server", "chrony", NULL, K_TIME_SERVER },
	{ "server", "dnsmasq", NULL, K_DNSMASQ },
	{ "server", "haproxy", NULL, K_HAPROXY_SERVER },
	{ "server", "nginx", NULL, K_NGINX_SERVER },
	{ "server", "ntp", NULL, K_TIME_SERVER },
	{ "server_ca", "*", NULL, K_CERTIFICATE },
	{ "server_listen", NULL, "spice", K_SPICE_LISTEN },
	{ "server_listen", NULL, "vnc", K_VNC_LISTEN },
	{ "server_name", "nginx", NULL, K_NGINX_SERVER },
	{ "server_proxyclient_address", NULL, "spice", K_SPICE_ADDRESS },
	{ "server_proxyclient_address", NULL, "vnc", K_VNC_ADDRESS },
	{ "serveralias", "apache", NULL, K_APACHE_SERVER },
	{ "servername", "apache", NULL, K_APACHE_SERVER },
	{ "service_endpoint", "openrc", NULL, K_OPENRC_URL },
	{ "service_host", NULL, NULL, K_KEYSTONE },
	{ "sf_svip", NULL, NULL, K_STORAGE_SYSTEM },
	{ "site_url", "horizon", NULL, K_HORIZON_ALLOWED },
	{ "slave_connection", NULL, NULL, K_DATABASE },
	{ "slaveof", "redis", NULL, K_STORE_LISTEN },
	{ "smtp_server", "keepalived", NULL, K_KEEPALIVED_PEER },
	{ "source", "haproxy", NULL, K_HAPROXY_SERVER },
	{ "spice_direct_proxy_base_url", NULL, NULL, K_SPICE_URL },
	{ "spice_listen", "libvirt", NULL, K_LIBVIRT_CONSOLE },
	{ "sql_connection", NULL, NULL, K_DATABASE },
	{ "ssl_ca", "*", NULL, K_CERTIFICATE },
	{ "ssl_ca_file", "*", NULL, K_CERTIFICATE },
	{ "ssl_cert", "*", NULL, K_CERTIFICATE },
	{ "ssl_cert_file", "*", NULL, K_CERTIFICATE },
	{ "ssl_certificate", "*", NULL, K_CERTIFICATE },
	{ "ssl_client_certificate", "*", NULL, K_CERTIFICATE },
	{ "ssl_listeners", "rabbitmq", NULL, K_RABBITMQ_LISTEN },
	{ "ssl_options.cacertfile", "*", NULL, K_CERTIFICATE },
	{ "ssl_options.certfile", "*", NULL, K_CERTIFICATE },
	{ "ssl_trusted_certificate", "*", NULL, K_CERTIFICATE },
	{ "sslcacertificatefile", "*", NULL, K_CERTIFICATE },
	{ "sslcertificatechainfile", "*", NULL, K_CERTIFICATE },
	{ "sslcertificatefile", "*", NULL, K_CERTIFICATE },
	{ "stats", "haproxy", NULL, K_HAPROXY_LISTEN },
	{ "statsd_host", NULL, NULL, K_LOG_HOST },
	{ "swift_store_auth_address", NULL, NULL, K_SWIFT_STORE },
	{ "swift_store_endpoint", NULL, NULL, K_SWIFT_STORE },
	{ "target_host", NULL, NULL, K_ISCSI_TARGET },
	{ "target_ip_address", NULL, NULL, K_ISCSI_TARGET },
	{ "target_secondary_ip_addresses", NULL, NULL, K_ISCSI_TARGET },
	{ "tcp_listeners", "rabbitmq", NULL, K_RABBITMQ_LISTEN },
	{ "template_file", NULL, NULL, K_CATALOGUE_FILE },
	{ "tftp_server", NULL, NULL, K_PUBLIC_URL },
	{ "token_auth_url", NULL, NULL, K_KEYSTONE },
	{ "transport_url", NULL, NULL, K_MESSAGE_QUEUE },
	{ "trusted_dashboard", NULL, NULL, K_FEDERATION },
	{ "tunnel_bridge", NULL, NULL, K_BRIDGE },
	{ "udp_address", NULL, NULL, K_LOG_HOST },
	{ "unicast_peer", "keepalived", NULL, K_KEEPALIVED_PEER },
	{ "unicast_src_ip", "keepalived", NULL, K_KEEPALIVED_PEER },
	{ "up", "interfaces", NULL, K_INTERFACE_GATEWAY },
	{ "uri_default", "libvirt", NULL, K_LIBVIRT_URI },
	{ "url", NULL, "designate", K_ENDPOINT },
	{ "url", NULL, "ldap", K_LDAP },
	{ "url", NULL, "neutron", K_ENDPOINT },
	{ "url", NULL, "quantum", K_ENDPOINT },
	{ "vencrypt_ca_certs", "*", NULL, K_CERTIFICATE },
	{ "vencrypt_client_cert", "*", NULL, K_CERTIFICATE },
	{ "via", "interfaces", NULL, K_INTERFACE_GATEWAY },
	{ "virtual_server", "keepalived", NULL, K_KEEPALIVED_SERVER },
	{ "vlan_bridge", NULL, NULL, K_BRIDGE },
	{ "vlan_interface", NULL, NULL, K_NETWORK_INTERFACE },
	{ "vmware_host_ip", NULL, NULL, K_STORAGE_SYSTEM },
	{ "vmware_server_host", NULL, NULL, K_STORAGE_SYSTEM },
	{ "vmwareapi_host_ip", NULL, NULL, K_STORAGE_SYSTEM },
	{ "vnc_listen", "libvirt", NULL, K_LIBVIRT_CONSOLE },
	{ "vncserver_listen", NULL, NULL, K_VNC_LISTEN },
	{ "vncserver_proxyclient_address", NULL, NULL, K_VNC_ADDRESS },
	{ "volumes_dir", NULL, NULL, K_SHARES },
	{ "vpn_ip", NULL, NULL, K_VPN },
	{ "vrrp_garp_interface", "keepalived", NULL, K_KEEPALIVED_PEER },
	{ "websso_keystone_url", "horizon", NULL, K_HORIZON_HOST },
	{ "worker_self_reference_url", NULL, NULL, K_PUBLIC_URL },
	{ "wsrep_cluster_address", "mysql", NULL, K_GALERA },
	{ "wsrep_node_address", "mysql", NULL, K_GALERA },
	{ "wsrep_node_incoming_address", "mysql", NULL, K_GALERA },
	{ "wsrep_node_name", "mysql", NULL, K_GALERA },
	{ "wsrep_provider_options", "mysql", NULL, K_GALERA },
	{ "wsrep_sst_donor", "mysql", NULL, K_GALERA },
	{ "wsrep_sst_receive_address", "mysql", NULL, K_GALERA },
	{ "www_authenticate_uri", NULL, NULL, K_KEYSTONE },
	{ "xenapi_connection_url", NULL, NULL, K_STORAGE_SYSTEM },
	{ "xenapi_nfs_server", NULL, NULL, K_STORAGE_SYSTEM },
	{ "xenapi_ovs_integration_bridge", NULL, NULL, K_BRIDGE },
	{ "xenapi_sr_base_path", NULL, NULL, K_SHARES },
	{ "xvpvncproxy_base_url", NULL, NULL, K_VNC_URL },
	{ "xvpvncproxy_host", NULL, NULL, K_VNC_PROXY },
	{ "zfssa_data_ip", NULL, NULL, K_STORAGE_SYSTEM },
	{ "zfssa_target_portal", NULL, NULL, K_STORAGE_SYSTEM },
};

/* Options by a pattern, for those that are not above. */
static const struct kind_option kind_patterns[] = {
	{ "listeners.*", "rabbitmq", NULL, K_RABBITMQ_LISTEN },
	{ "management.*", "rabbitmq", NULL, K_RABBITMQ_LISTEN },
	{ "rabbitmq_dist_*", "rabbitmq", NULL, K_RABBITMQ_LISTEN },
	{ "cluster_formation.*", "rabbitmq", NULL, K_RABBITMQ_NODE },
	{ "__listen*", "memcached", NULL, K_MEMCACHED_LISTEN },
	{ "node.conn*.address", "iscsi", NULL, K_ISCSI_NODE },
	{ "etcd_listen_*", "etcd", NULL, K_STORE_LISTEN },
	{ "etcd_advertise_*", "etcd", NULL, K_STORE_LISTEN },
	{ "etcd_initial_*", "etcd", NULL, K_STORE_LISTEN },
	{ "initial_*", "etcd", NULL, K_STORE_LISTEN },
	{ "catalog.*.publicurl", "keystone", NULL, K_CATALOGUE_ENDPOINT },
	{ "catalog.*.adminurl", "keystone", NULL, K_CATALOGUE_ENDPOINT },
	{ "catalog.*.internalurl", "keystone", NULL, K_CATALOGUE_ENDPOINT },
	{ "*_iscsi_ips", NULL, NULL, K_STORAGE_SYSTEM },
	{ "*_mount_point_base", NULL, NULL, K_SHARES },
	{ "*_shares_config", NULL, NULL, K_SHARES },
	{ "*_ca_file", "*", NULL, K_CERTIFICATE },
	{ "*_cert_file", "*", NULL, K_CERTIFICATE },
	{ "*_certfile", "*", NULL, K_CERTIFICATE },
	{ "*_cafile", "*", NULL, K_CERTIFICATE },
	{ "*_endpoint_override", NULL, NULL, K_ENDPOINT },
	{ "*_endpoint_template", NULL, NULL, K_ENDPOINT },
};

/**
 * Spots in XML, in the order of what stands behind the last "/", and then as
 * they are tried.  A path is that of place.h without its indexes; * in a pattern
 * is any text, slashes too.  Those that end in * are tried behind all others.
 */
struct kind_spot {
	const char *last, *path;
	enum kind_id kind;
};

static const struct kind_spot kind_spots[] = {
	{ "@addr", "/network/dns/forwarder/@addr", K_V_NET_DNS },
	{ "@address", "*/devices/graphics/listen/@address", K_V_CONSOLE_LISTEN },
	{ "@address", "*/devices/interface/source/@address", K_V_IF_SOURCE },
	{ "@address", "*/devices/interface/source/local/@address", K_V_IF_SOURCE },
	{ "@address", "*/devices/interface/ip/@address", K_V_IF_ADDRESS },
	{ "@address", "*/devices/hostdev/ip/@address", K_V_IF_ADDRESS },
	{ "@address", "*/devices/interface/route/@address", K_V_IF_ROUTE },
	{ "@address", "*/devices/interface/portForward/@address", K_V_IF_FORWARD },
	{ "@address", "/domain/metadata/*ip/@address", K_V_METADATA },
	{ "@address", "/network/ip/@address", K_V_NET_ADDRESS },
	{ "@address", "/network/route/@address", K_V_NET_ROUTE },
	{ "@arpdstipaddr", "/filter/*/@arpdstipaddr", K_V_NWFILTER },
	{ "@arpdstipmask", "/filter/*/@arpdstipmask", K_V_NWFILTER },
	{ "@arpsrcipaddr", "/filter/*/@arpsrcipaddr", K_V_NWFILTER },
	{ "@arpsrcipmask", "/filter/*/@arpsrcipmask", K_V_NWFILTER },
	{ "@bind", "*/devices/*/source/@bind", K_V_CHARDEV_HOST },
	{ "@bridge", "*/devices/interface/source/@bridge", K_V_IF_BRIDGE },
	{ "@dev", "*/devices/disk/*source/@dev", K_V_DISK_DEVICE },
	{ "@dev", "*/devices/hostdev/source/*/@dev", K_V_DISK_DEVICE },
	{ "@dev", "*/devices/hostdev/source/@dev", K_V_DISK_DEVICE },
	{ "@dev", "*/devices/interface/source/@dev", K_V_IF_BRIDGE },
	{ "@dev", "/network/forward/@dev", K_V_NET_DEVICE },
	{ "@dev", "/network/forward/interface/@dev", K_V_NET_DEVICE },
	{ "@dir", "*/devices/disk/*source/@dir", K_V_DISK_FILE },
	{ "@domain", "/network/dns/forwarder/@domain", K_V_NET_DNS },
	{ "@domain", "/network/dns/srv/@domain", K_V_NET_DNS },
	{ "@dstipaddr", "/filter/*/@dstipaddr", K_V_NWFILTER },
	{ "@dstipfrom", "/filter/*/@dstipfrom", K_V_NWFILTER },
	{ "@dstipmask", "/filter/*/@dstipmask", K_V_NWFILTER },
	{ "@dstipto", "/filter/*/@dstipto", K_V_NWFILTER },
	{ "@end", "/network/ip/dhcp/range/@end", K_V_NET_DHCP },
	{ "@end", "/network/forward/nat/address/@end", K_V_NET_NAT },
	{ "@file", "*/devices/disk/*source/@file", K_V_DISK_FILE },
	{ "@file", "*/os/nvram/source/@file", K_V_FIRMWARE },
	{ "@filter", "*/filterref/@filter", K_V_FILTER_NAME },
	{ "@gateway", "*/devices/interface/route/@gateway", K_V_IF_ROUTE },
	{ "@gateway", "/network/route/@gateway", K_V_NET_ROUTE },
	{ "@host", "*/devices/serial/source/@host", K_V_CHARDEV_HOST },
	{ "@host", "*/devices/console/source/@host", K_V_CHARDEV_HOST },
	{ "@host", "*/devices/parallel/source/@host", K_V_CHARDEV_HOST },
	{ "@host", "*/devices/channel/source/@host", K_V_CHARDEV_HOST },
	{ "@host", "*/devices/redirdev/source/@host", K_V_CHARDEV_HOST },
	{ "@host", "*/devices/smartcard/source/@host", K_V_CHARDEV_HOST },
	{ "@host", "*/devices/rng/backend/source/@host", K_V_CHARDEV_HOST },
	{ "@host", "*/devices/tpm/backend/source/@host", K_V_CHARDEV_HOST },
	{ "@ip", "/network/ip/dhcp/host/@ip", K_V_NET_DHCP },
	{ "@ip", "/network/dns/host/@ip", K_V_NET_DNS },
	{ "@listen", "*/devices/graphics/@listen", K_V_CONSOLE_LISTEN },
	{ "@machine", "*/os/type/@machine", K_V_MACHINE },
	{ "@name", "*/devices/disk/*source/host/@name", K_V_DISK_HOST },
	{ "@name", "*/devices/hostdev/source/host/@name", K_V_DISK_HOST },
	{ "@name", "*/devices/disk/*source/@name", K_V_DISK_FILE },
	{ "@name", "*/source/initiator/iqn/@name", K_V_DISK_IDENTITY },
	{ "@name", "/network/ip/dhcp/host/@name", K_V_NET_DHCP },
	{ "@name", "/network/domain/@name", K_V_NET_DNS },
	{ "@name", "/network/bridge/@name", K_V_NET_BRIDGE },
	{ "@name", "/pool/source/host/@name", K_V_POOL_HOST },
	{ "@name", "/pool/source/adapter/@name", K_V_POOL_HOST },
	{ "@name", "/pool/source/initiator/iqn/@name", K_V_POOL_SOURCE },
	{ "@netmask", "/network/ip/@netmask", K_V_NET_ADDRESS },
	{ "@network", "*/devices/graphics/listen/@network", K_V_CONSOLE_NETWORK },
	{ "@network", "*/devices/interface/source/@network", K_V_IF_BRIDGE },
	{ "@path", "/pool/source/device/@path", K_V_POOL_SOURCE },
	{ "@path", "/pool/source/dir/@path", K_V_POOL_SOURCE },
	{ "@peer", "*/devices/interface/ip/@peer", K_V_IF_ADDRESS },
	{ "@root", "/network/ip/tftp/@root", K_V_NET_DHCP },
	{ "@server", "/network/ip/dhcp/bootp/@server", K_V_NET_DHCP },
	{ "@socket", "*/devices/graphics/listen/@socket", K_V_CONSOLE_NETWORK },
	{ "@srcipaddr", "/filter/*/@srcipaddr", K_V_NWFILTER },
	{ "@srcipfrom", "/filter/*/@srcipfrom", K_V_NWFILTER },
	{ "@srcipmask", "/filter/*/@srcipmask", K_V_NWFILTER },
	{ "@srcipto", "/filter/*/@srcipto", K_V_NWFILTER },
	{ "@start", "/network/ip/dhcp/range/@start", K_V_NET_DHCP },
	{ "@start", "/network/forward/nat/address/@start", K_V_NET_NAT },
	{ "@target", "/network/dns/srv/@target", K_V_NET_DNS },
	{ "@template", "*/os/nvram/@template", K_V_FIRMWARE },
	{ "@value", "*/filterref/parameter/@value", K_V_FILTER_PARAMETER },
	{ "@value", "*commandline/*arg/@value", K_V_COMMANDLINE },
	{ "@value", "*commandline/*env/@value", K_V_COMMANDLINE },
	{ "@value", "/network/dns/txt/@value", K_V_NET_DNS },
	{ "cmdline", "*/os/cmdline", K_V_KERNEL },
	{ "cookie", "*/devices/disk/*source/cookies/cookie", K_V_DISK_HOST },
	{ "description", "*/description", K_V_DESCRIPTION },
	{ "dtb", "*/os/dtb", K_V_KERNEL },
	{ "emulator", "*/devices/emulator", K_V_EMULATOR },
	{ "hostname", "/network/dns/host/hostname", K_V_NET_DNS },
	{ "initrd", "*/os/initrd", K_V_KERNEL },
	{ "kernel", "*/os/kernel", K_V_KERNEL },
	{ "loader", "*/os/loader", K_V_FIRMWARE },
	{ "model", "*/cpu/model", K_V_CPU },
	{ "name", "/pool/source/name", K_V_POOL_SOURCE },
	{ "name", "/secret/usage/name", K_V_SECRET_USE },
	{ "nvram", "*/os/nvram", K_V_FIRMWARE },
	{ "path", "/pool/target/path", K_V_POOL_TARGET },
	{ "target", "/secret/usage/target", K_V_SECRET_USE },
	{ "title", "/domain/title", K_V_DESCRIPTION },
	{ "volume", "/secret/usage/volume", K_V_SECRET_USE },
};

static const struct kind_spot kind_loose_spots[] = {
	{ "", "*/devices/filesystem/source/@*", K_V_DISK_FILE },
	{ "", "/domain/metadata/*", K_V_METADATA_OTHER },
	{ "", "*/sysinfo/*", K_V_SYSINFO },
	{ "", "/secret/usage/*", K_V_SECRET_USE },
};

/**
 * Files, by the row of the file set and a pattern on the path (NULL: any); the
 * first that fits decides.  Set NULL: any.
 */
struct kind_file {
	const char *set, *path;
	enum kind_id kind;
};

static const struct kind_file kind_files[] = {
	{ "cinder", "*_shares*", K_F_NFS_SHARES },
	{ NULL, "*/api-paste.ini", K_F_PASTE },
	{ "keystone", "*.templates", K_F_CATALOGUE },
	{ "identity", "*/compute_id", K_F_COMPUTE_ID },
	{ "identity", "/etc/hostname", K_F_HOSTNAME },
	{ "iscsi", "*/initiatorname.iscsi", K_F_INITIATOR },
	{ "iscsi", "*/nodes/*", K_F_ISCSI_NODES },
	{ "iscsi", "*/send_targets/*", K_F_ISCSI_DISCOVERY },
	{ "iscsi", NULL, K_F_ISCSI },
	{ "instances", "*/libvirt.xml", K_F_LIBVIRT_XML },
	{ "instances", "*/disk.info", K_F_DISK_INFO },
	{ "guest", NULL, K_F_GUEST },
	{ "snapshots", NULL, K_F_SNAPSHOTS },
	{ "nvme", NULL, K_F_NVME },
	{ "tgt", "*/volumes/*", K_F_TGT_VOLUME },
	{ "tgt", NULL, K_F_TGT },
	{ "systemd", "*/tgt.service.d/*", K_F_SYSTEMD_TGT },
	{ "systemd", NULL, K_F_SYSTEMD },
	{ "nova", NULL, K_F_NOVA },
	{ "cinder", NULL, K_F_CINDER },
	{ "keystone", NULL, K_F_KEYSTONE },
	{ "glance", NULL, K_F_GLANCE },
	{ "neutron", NULL, K_F_NEUTRON },
	{ "quantum", NULL, K_F_QUANTUM },
	{ "placement", NULL, K_F_PLACEMENT },
	{ "swift", NULL, K_F_SWIFT },
	{ "heat", NULL, K_F_HEAT },
	{ "ironic", NULL, K_F_IRONIC },
	{ "designate", NULL, K_F_DESIGNATE },
	{ "octavia", NULL, K_F_OCTAVIA },
	{ "manila", NULL, K_F_MANILA },
	{ "barbican", NULL, K_F_BARBICAN },
	{ "telemetry", NULL, K_F_TELEMETRY },
	{ "openstack", NULL, K_F_OPENSTACK },
	{ "horizon", NULL, K_F_HORIZON },
	{ "openrc", NULL, K_F_OPENRC },
	{ "known-hosts", NULL, K_F_KNOWN_HOSTS },
	{ "nova-network", NULL, K_F_NOVA_NETWORK },
	{ "libvirt", NULL, K_F_LIBVIRT },
	{ "pki", NULL, K_F_PKI },
	{ "ovs", NULL, K_F_OVS },
	{ "lio", NULL, K_F_LIO },
	{ "mounts", NULL, K_F_MOUNTS },
	{ "ceph", NULL, K_F_CEPH },
	{ "hosts", NULL, K_F_HOSTS },
	{ "resolver", NULL, K_F_RESOLVER },
	{ "mysql", NULL, K_F_MYSQL },
	{ "rabbitmq", NULL, K_F_RABBITMQ },
	{ "memcached", NULL, K_F_MEMCACHED },
	{ "chrony", NULL, K_F_CHRONY },
	{ "ntp", NULL, K_F_NTP },
	{ "haproxy", NULL, K_F_HAPROXY },
	{ "keepalived", NULL, K_F_KEEPALIVED },
	{ "apache", NULL, K_F_APACHE },
	{ "nginx", NULL, K_F_NGINX },
	{ "corosync", NULL, K_F_COROSYNC },
	{ "redis", NULL, K_F_REDIS },
	{ "etcd", NULL, K_F_ETCD },
	{ "mongodb", NULL, K_F_MONGODB },
	{ "dnsmasq", NULL, K_F_DNSMASQ },
	{ "firewall", NULL, K_F_FIREWALL },
	{ "interfaces", NULL, K_F_INTERFACES },
	{ "named", NULL, K_F_NAMED },
};
/* clang-format on */

#endif
