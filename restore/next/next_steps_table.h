#ifndef RESTORE_NEXT_STEPS_TABLE_H
#define RESTORE_NEXT_STEPS_TABLE_H

/**
 * What is left to the operator, in the order that works, as data to be reviewed
 * without reading C.  Included by next_services.c alone.
 *
 *   text      what to do
 *   changed   globs of items: only where the map changed one of them; NULL:
 *             wherever the service is
 *   role      where no unit is found at all: only with a database of this role
 *   there     and with this below the root (NULL: not asked)
 *   units     services to restart, by their names at Debian and Ubuntu, at RDO
 *             and of old, with bars between; one that ends in ? only when it is
 *             found.  NULL: see command
 *   command   when there are no units; %s is the node's name
 *   find      a room that adds its own steps here, instead
 *   why
 */
struct next_row {
	const char *text, *changed, *role, *there, *units, *command;
	int (*find)(struct next *n);
	const char *why;
};

static const struct next_row next_rows[] = {
	/* infrastructure */
	{ .text = "look whether the node's name leads to its new address",
	    .changed = "file:/etc/hosts",
	    .command = "getent hosts %s",
	    .why = "RabbitMQ and others do not start when it leads elsewhere" },
	{ .find = next_certificates },
	{ .text = "let systemd read its changed files",
	    .changed = "file:/etc/systemd/*",
	    .command = "systemctl daemon-reload",
	    .why = "it starts services as it read them before" },
	{ .text = "restart the clock's service",
	    .changed = "file:/etc/chrony* file:/etc/ntp.conf",
	    .units = "chrony|chronyd|ntp|ntpd",
	    .why = "its settings changed" },
	{ .text = "restart the database server",
	    .changed = "file:/etc/mysql/* file:/etc/my.cnf*",
	    .units = "mariadb|mysql|mysqld",
	    .why = "its settings changed; it says nothing when it listens on "
		   "an address that this host does not have" },
	{ .text = "restart RabbitMQ",
	    .there = "/etc/rabbitmq",
	    .units = "rabbitmq-server",
	    .why = "it must listen before any OpenStack service starts" },
	{ .find = next_memcached },
	{ .text = "restart the proxy and its address",
	    .changed = "file:/etc/haproxy/* file:/etc/keepalived/*",
	    .units = "keepalived? haproxy?",
	    .why = "their settings changed" },
	{ .text = "restart dnsmasq",
	    .changed = "file:/etc/dnsmasq*",
	    .units = "dnsmasq?",
	    .why = "its settings changed" },
	{ .text = "restart libvirt",
	    .changed = "file:/etc/libvirt/* file:/etc/default/libvirt* "
		       "file:/etc/sysconfig/libvirt*",
	    .units = "libvirtd|libvirt-bin|virtqemud",
	    .why = "its settings changed; running domains go on" },
	{ .text = "restart libvirt for its snapshots and checkpoints",
	    .changed = "file:/var/lib/libvirt/qemu/snapshot/* "
		       "file:/var/lib/libvirt/qemu/checkpoint/*",
	    .units = "libvirtd|libvirt-bin|virtqemud",
	    .why = "it reads what it knows of them when it starts; running "
		   "domains go on" },
	{ .text = "restart the iSCSI targets",
	    .changed = "file:/etc/tgt/* file:/etc/systemd/system/tgt* "
		       "file:/etc/target/* file:/etc/rtslib-fb-target/*",
	    .units = "tgt|tgtd|rtslib-fb-targetctl|target",
	    .why = "they must listen on the new address before volumes are "
		   "attached" },
	{ .find = next_iscsi },

	/* OpenStack, each API before those that call it */
	{ .text = "restart keystone",
	    .role = "keystone",
	    .there = "/etc/keystone/keystone.conf",
	    .units = "keystone|openstack-keystone|apache2|httpd",
	    .why = "all others ask it first" },
	{ .text = "restart glance",
	    .role = "glance",
	    .there = "/etc/glance",
	    .units = "glance-registry|openstack-glance-registry? "
		     "glance-api|openstack-glance-api",
	    .why = "nova and cinder fetch images from it" },
	{ .text = "restart placement",
	    .role = "placement",
	    .there = "/etc/placement",
	    .units = "placement-api|openstack-placement-api",
	    .why = "nova-scheduler and nova-compute end without it" },
	{ .text = "restart cinder",
	    .role = "cinder",
	    .there = "/etc/cinder",
	    .units = "cinder-api|openstack-cinder-api "
		     "cinder-scheduler|openstack-cinder-scheduler "
		     "cinder-volume|openstack-cinder-volume "
		     "cinder-backup|openstack-cinder-backup?",
	    .why = "volumes must be there before the instances" },
	{ .text = "restart neutron's server",
	    .role = "neutron",
	    .units = "neutron-server|quantum-server|neutron-api "
		     "neutron-rpc-server?",
	    .why = "it must listen before its agents start" },
	{ .text = "restart neutron's agents",
	    .units = "neutron-openvswitch-agent|neutron-plugin-openvswitch-"
		     "agent|quantum-plugin-openvswitch-agent|quantum-"
		     "openvswitch-agent? "
		     "neutron-linuxbridge-agent|neutron-plugin-linuxbridge-"
		     "agent|quantum-plugin-linuxbridge-agent? "
		     "neutron-dhcp-agent|quantum-dhcp-agent? "
		     "neutron-l3-agent|quantum-l3-agent? "
		     "neutron-metadata-agent|quantum-metadata-agent? "
		     "neutron-ovn-metadata-agent?",
	    .why = "they build the tunnels from the new address" },
	{ .text = "restart nova's API and its neighbours",
	    .role = "nova",
	    .units = "nova-api|openstack-nova-api "
		     "nova-api-metadata|openstack-nova-metadata-api? "
		     "nova-scheduler|openstack-nova-scheduler "
		     "nova-conductor|openstack-nova-conductor? "
		     "nova-cert|openstack-nova-cert? "
		     "nova-consoleauth|openstack-nova-consoleauth? "
		     "nova-novncproxy|openstack-nova-novncproxy? "
		     "nova-spicehtml5proxy|nova-spiceproxy? "
		     "nova-serialproxy|openstack-nova-serialproxy?",
	    .why = "they must listen before nova-compute starts" },
	{ .find = next_cells },
	{ .find = next_secrets },
	{ .text = "restart nova's agents",
	    .there = "/etc/nova/nova.conf",
	    .units = "nova-network|openstack-nova-network? "
		     "nova-volume|openstack-nova-volume? "
		     "nova-compute|openstack-nova-compute",
	    .why = "from here on nova acts on what was restored" },

	/* what only you can decide or do */
	{ .find = next_instances },
	{ .find = next_held },
};

#endif
