#ifndef ARCHIVE_FILESET_TABLE_H
#define ARCHIVE_FILESET_TABLE_H

#include "archive/node/fileset.h"

/**
 * The files of a node, as data to be reviewed without reading C.
 *
 *   set     its name, as it stands in the manifest
 *   glob    below the root; * and ? within one part of the path, and a last
 *           part ** for the folder itself and all that is below it.
 *           $instances_path and $state_path are what nova.conf says.
 *   form    AUTO: by name and content (.conf and .ini, nova's flags, .json,
 *           .xml, else lines of text); TEXT: lines, whatever it looks like;
 *           XML, JSON; BINARY: carried, never looked into
 *   what    for people
 *
 * Not here, because libvirt itself is asked for them: the definitions below
 * /etc/libvirt/qemu, nwfilter, secrets and storage.  Not here, because they
 * are data: disks, images, consoles, logs.
 */
enum fileset_form { AUTO, TEXT, XML, JSON, BINARY };

struct fileset_row {
	const char *set, *glob;
	enum fileset_form form;
	const char *what;
};

static const struct fileset_row fileset_rows[] = {
	/* OpenStack's own services */
	{ "nova", "/etc/nova/**", AUTO, "nova's configuration" },
	{ "cinder", "/etc/cinder/**", AUTO, "cinder's configuration" },
	{ "keystone", "/etc/keystone/**", AUTO,
	    "keystone's configuration and keys" },
	{ "glance", "/etc/glance/**", AUTO, "glance's configuration" },
	{ "neutron", "/etc/neutron/**", AUTO, "neutron's configuration" },
	{ "quantum", "/etc/quantum/**", AUTO,
	    "quantum's configuration (before neutron)" },
	{ "placement", "/etc/placement/**", AUTO, "placement's configuration" },
	{ "horizon", "/etc/openstack-dashboard/**", TEXT,
	    "the dashboard's settings" },
	{ "horizon",
	    "/usr/share/openstack-dashboard/openstack_dashboard/local/"
	    "local_settings.py",
	    TEXT, "the dashboard's settings" },
	{ "openrc", "/root/*openrc*", TEXT, "an administrator's environment" },
	{ "openrc", "/root/.config/openstack/clouds.yaml", TEXT,
	    "an administrator's clouds" },
	{ "openrc", "/etc/openstack/*", TEXT, "clouds for all users" },
	{ "openrc", "/home/*/*openrc*", TEXT,
	    "an administrator's environment" },

	/* OpenStack's further services */
	{ "swift", "/etc/swift/**", AUTO, "swift's configuration and rings" },
	{ "heat", "/etc/heat/**", AUTO, "heat's configuration" },
	{ "ironic", "/etc/ironic/**", AUTO, "ironic's configuration" },
	{ "ironic", "/etc/ironic-inspector/**", AUTO,
	    "ironic's configuration" },
	{ "designate", "/etc/designate/**", AUTO, "designate's configuration" },
	{ "octavia", "/etc/octavia/**", AUTO, "octavia's configuration" },
	{ "manila", "/etc/manila/**", AUTO, "manila's configuration" },
	{ "barbican", "/etc/barbican/**", AUTO, "barbican's configuration" },
	{ "telemetry", "/etc/ceilometer/**", AUTO,
	    "ceilometer's configuration" },
	{ "telemetry", "/etc/aodh/**", AUTO, "aodh's configuration" },
	{ "telemetry", "/etc/gnocchi/**", AUTO, "gnocchi's configuration" },
	{ "telemetry", "/etc/panko/**", AUTO, "panko's configuration" },
	{ "openstack", "/etc/magnum/**", AUTO, "magnum's configuration" },
	{ "openstack", "/etc/trove/**", AUTO, "trove's configuration" },
	{ "openstack", "/etc/sahara/**", AUTO, "sahara's configuration" },
	{ "openstack", "/etc/mistral/**", AUTO, "mistral's configuration" },
	{ "openstack", "/etc/masakari/**", AUTO, "masakari's configuration" },
	{ "openstack", "/etc/masakarimonitors/**", AUTO,
	    "masakari's configuration" },
	{ "openstack", "/etc/watcher/**", AUTO, "watcher's configuration" },
	{ "openstack", "/etc/zaqar/**", AUTO, "zaqar's configuration" },
	{ "openstack", "/etc/zun/**", AUTO, "zun's configuration" },
	{ "openstack", "/etc/cyborg/**", AUTO, "cyborg's configuration" },
	{ "openstack", "/etc/blazar/**", AUTO, "blazar's configuration" },
	{ "openstack", "/etc/cloudkitty/**", AUTO,
	    "cloudkitty's configuration" },
	{ "openstack", "/etc/tacker/**", AUTO, "tacker's configuration" },
	{ "openstack", "/etc/melange/**", AUTO,
	    "melange's configuration (Essex)" },

	/* instances and identity */
	{ "instances", "$instances_path/*/libvirt.xml", XML,
	    "an instance's definition as nova wrote it" },
	{ "instances", "$instances_path/*/disk.info", JSON,
	    "formats of an instance's disks" },
	{ "guest", "$instances_path/*/kernel*", BINARY,
	    "the kernel that an instance starts" },
	{ "guest", "$instances_path/*/ramdisk*", BINARY,
	    "the ramdisk that an instance starts with" },
	{ "guest", "/var/lib/libvirt/qemu/nvram/*", BINARY,
	    "UEFI variables of instances" },
	{ "snapshots", "/var/lib/libvirt/qemu/snapshot/**", XML,
	    "what libvirt knows of instances' snapshots" },
	{ "snapshots", "/var/lib/libvirt/qemu/checkpoint/**", XML,
	    "what libvirt knows of instances' checkpoints" },
	{ "identity", "$state_path/compute_id", TEXT,
	    "the node's identity for nova" },
	{ "identity", "/etc/hostname", TEXT, "the node's name" },
	{ "known-hosts", "$state_path/.ssh/known_hosts", TEXT,
	    "hosts whose keys nova trusts" },
	{ "known-hosts", "/etc/ssh/ssh_known_hosts", TEXT,
	    "hosts whose keys all users trust" },
	{ "nova-network", "$state_path/networks/*.conf", TEXT,
	    "dnsmasq's hosts, as nova-network wrote them" },
	{ "nova-network", "$state_path/networks/*.opts", TEXT,
	    "dnsmasq's options, as nova-network wrote them" },

	/* libvirt and QEMU */
	{ "libvirt", "/etc/libvirt/*.conf", TEXT, "libvirt's own settings" },
	{ "libvirt", "/etc/libvirt/hooks/**", TEXT, "libvirt's hooks" },
	{ "libvirt", "/etc/default/libvirt*", TEXT, "how libvirt is started" },
	{ "libvirt", "/etc/sysconfig/libvirt*", TEXT,
	    "how libvirt is started" },
	{ "pki", "/etc/pki/CA/**", TEXT, "who signed libvirt's certificates" },
	{ "pki", "/etc/pki/libvirt/**", TEXT, "libvirt's certificates" },
	{ "pki", "/etc/pki/qemu/**", TEXT, "QEMU's certificates" },
	{ "pki", "/etc/pki/libvirt-*/**", TEXT,
	    "certificates of consoles and migration" },
	{ "pki", "/etc/pki/nova-*/**", TEXT,
	    "certificates of console proxies" },
	{ "ovs", "/etc/openvswitch/conf.db", TEXT, "Open vSwitch's database" },
	{ "ovs", "/var/lib/openvswitch/conf.db", TEXT,
	    "Open vSwitch's database" },

	/* block storage: initiator and targets */
	{ "iscsi", "/etc/iscsi/**", TEXT,
	    "open-iscsi's settings, its name, its nodes" },
	{ "iscsi", "/var/lib/iscsi/**", TEXT,
	    "open-iscsi's nodes and discovered portals" },
	{ "nvme", "/etc/nvme/**", TEXT, "the node's name for NVMe targets" },
	{ "tgt", "/etc/tgt/**", TEXT, "tgt's targets" },
	{ "tgt", "$state_path/volumes/*", TEXT, "targets of nova-volume" },
	{ "tgt", "/var/lib/cinder/volumes/*", TEXT, "targets of cinder" },
	{ "lio", "/etc/target/*.json", JSON, "LIO's targets" },
	{ "lio", "/etc/rtslib-fb-target/*.json", JSON, "LIO's targets" },
	{ "mounts", "/etc/fstab", TEXT, "what is mounted" },
	{ "mounts", "/etc/exports", TEXT, "what NFS gives out" },
	{ "mounts", "/etc/exports.d/*", TEXT, "what NFS gives out" },
	{ "ceph", "/etc/ceph/*", AUTO, "ceph's monitors and keys" },

	/* the services around OpenStack */
	{ "hosts", "/etc/hosts", TEXT, "names that the node knows by itself" },
	{ "resolver", "/etc/resolv.conf", TEXT, "name servers" },
	{ "systemd", "/etc/systemd/system/*.service.d/*", TEXT,
	    "how a service is started" },
	{ "systemd", "/etc/systemd/system/*.socket.d/*", TEXT,
	    "where a service listens" },
	{ "mysql", "/etc/mysql/**", TEXT,
	    "MySQL's or MariaDB's configuration" },
	{ "mysql", "/etc/my.cnf", TEXT, "MySQL's or MariaDB's configuration" },
	{ "mysql", "/etc/my.cnf.d/**", TEXT,
	    "MySQL's or MariaDB's configuration" },
	{ "mysql", "/root/.my.cnf", TEXT, "how root reaches MySQL" },
	{ "mysql", "/etc/default/garb", TEXT, "Galera's arbitrator" },
	{ "rabbitmq", "/etc/rabbitmq/**", TEXT, "RabbitMQ's configuration" },
	{ "rabbitmq", "/etc/default/rabbitmq-server", TEXT,
	    "how RabbitMQ is started" },
	{ "memcached", "/etc/memcached*.conf", TEXT, "memcached's options" },
	{ "memcached", "/etc/sysconfig/memcached", TEXT,
	    "memcached's options" },
	{ "chrony", "/etc/chrony/**", TEXT, "chrony's configuration" },
	{ "chrony", "/etc/chrony.conf", TEXT, "chrony's configuration" },
	{ "ntp", "/etc/ntp.conf", TEXT, "ntpd's configuration" },
	{ "ntp", "/etc/ntpsec/ntp.conf", TEXT, "ntpd's configuration" },
	{ "ntp", "/etc/systemd/timesyncd.conf", TEXT,
	    "systemd's time servers" },
	{ "haproxy", "/etc/haproxy/**", TEXT, "haproxy's configuration" },
	{ "keepalived", "/etc/keepalived/**", TEXT,
	    "keepalived's configuration" },
	{ "apache", "/etc/apache2/ports.conf", TEXT, "where apache listens" },
	{ "apache", "/etc/apache2/sites-available/**", TEXT, "apache's sites" },
	{ "apache", "/etc/apache2/conf-available/**", TEXT,
	    "apache's configuration" },
	{ "apache", "/etc/httpd/conf/httpd.conf", TEXT,
	    "where apache listens" },
	{ "apache", "/etc/httpd/conf.d/**", TEXT, "apache's sites" },
	{ "nginx", "/etc/nginx/**", TEXT, "nginx's configuration" },
	{ "corosync", "/etc/corosync/**", TEXT, "corosync's configuration" },
	{ "redis", "/etc/redis/**", TEXT, "redis's configuration" },
	{ "etcd", "/etc/etcd/**", TEXT, "etcd's configuration" },
	{ "etcd", "/etc/default/etcd", TEXT, "etcd's configuration" },
	{ "mongodb", "/etc/mongod*.conf", TEXT, "MongoDB's configuration" },
	{ "dnsmasq", "/etc/dnsmasq.conf", TEXT, "dnsmasq's configuration" },
	{ "dnsmasq", "/etc/dnsmasq.d/**", TEXT, "dnsmasq's configuration" },
	{ "firewall", "/etc/iptables/**", TEXT, "a saved firewall" },
	{ "firewall", "/etc/iptables.up.rules", TEXT, "a saved firewall" },
	{ "firewall", "/etc/sysconfig/iptables", TEXT, "a saved firewall" },
	{ "firewall", "/etc/sysconfig/ip6tables", TEXT, "a saved firewall" },
	{ "firewall", "/etc/nftables.conf", TEXT, "a saved firewall" },
	{ "firewall", "/etc/nftables/**", TEXT, "a saved firewall" },
	{ "firewall", "/etc/sysconfig/nftables.conf", TEXT,
	    "a saved firewall" },
	{ "firewall", "/etc/ufw/**", TEXT, "the firewall's rules" },
	{ "firewall", "/etc/firewalld/**", AUTO, "the firewall's rules" },

	/* the machine's own network: held, see below */
	{ "interfaces", "/etc/network/interfaces", TEXT,
	    "the machine's interfaces" },
	{ "interfaces", "/etc/network/interfaces.d/**", TEXT,
	    "the machine's interfaces" },
	{ "interfaces", "/etc/netplan/**", TEXT, "the machine's interfaces" },
	{ "interfaces", "/etc/systemd/network/**", TEXT,
	    "the machine's interfaces" },
	{ "interfaces", "/etc/NetworkManager/system-connections/**", TEXT,
	    "the machine's interfaces" },
	{ "interfaces", "/etc/sysconfig/network", TEXT,
	    "the machine's interfaces" },
	{ "interfaces", "/etc/sysconfig/network-scripts/ifcfg-*", TEXT,
	    "the machine's interfaces" },
	{ "interfaces", "/etc/sysconfig/network-scripts/route*-*", TEXT,
	    "the machine's routes" },
};

/**
 * Sets that a restore neither compares nor changes, but only looks into: what
 * the map would change there is shown as held.  Their globs are without $, and
 * have no pattern before a last part **.
 *
 *   name    of the reason, short and stable
 *   always  --also releases no file of them: nobody may rewrite it
 */
static const struct fileset_hold fileset_holds[] = {
	{ "interfaces", "own-network",
	    "the machine's own network, which is up already where it is "
	    "restored: a mistake would cut it off",
	    0 },
	{ "ovs", "ovs-database",
	    "Open vSwitch's own database: ovs-vsctl changes it", 1 },
};

/* Files of these names hold keys: their bytes are carried, never looked into.
 */
static const char *const fileset_keys[] = {
	"*.key",
	"*.p12",
	"*.pfx",
	"*.jks",
	"*.der",
	"*.keyring",
	"*/fernet-keys/*",
	"*/credential-keys/*",
	"*/.erlang.cookie",
	"*/id_rsa",
	"*/id_dsa",
	"*/id_ecdsa",
	"*/id_ed25519",
	"*/rndc.key",
	"*/hmac",
	"*.secret",
	"*.secrets",
	"*.keytab",
	"*/authkey",
	"*/chrony.keys",
	"*/ntp.keys",
	"*/ntp/keys",
	"*/.pgpass",
	"*/.htpasswd",
	"*/htpasswd",
	"*/passwd.db",
};

/**
 * Names of files follow the map below these folders alone: their programs find
 * a file by the address in its name.  Anywhere else a name is kept.
 */
static const char *const fileset_renamed[] = {
	/* nodes/IQN/ADDRESS,PORT,TPGT/IFACE */
	"/etc/iscsi/nodes/",
	"/var/lib/iscsi/nodes/",
	/* send_targets/ADDRESS,PORT/IQN,ADDRESS,PORT,TPGT,IFACE, links to the
	 * nodes; the others likewise */
	"/etc/iscsi/send_targets/",
	"/var/lib/iscsi/send_targets/",
	"/etc/iscsi/static/",
	"/var/lib/iscsi/static/",
	"/etc/iscsi/isns/",
	"/var/lib/iscsi/isns/",
	"/etc/iscsi/slp/",
	"/var/lib/iscsi/slp/",
	"/etc/iscsi/fw/",
	"/var/lib/iscsi/fw/",
	/* a node record is named after its interface */
	"/etc/iscsi/ifaces/",
	"/var/lib/iscsi/ifaces/",
};

/* A link to a file below one of these: the link alone is captured. */
static const char *const fileset_system[] = {
	"/usr/",
	"/lib/",
	"/lib64/",
	"/bin/",
	"/sbin/",
	"/proc/",
	"/sys/",
	"/dev/",
	"/run/",
	"/var/run/",
	"/tmp/",
};

#endif
