#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/address/catalog.h"
#include "archive/address/kind.h"
#include "archive/address/kind_table.h"
#include "archive/node/fileset_table.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A place, and what people read of it; NULL: of no kind. */
static const struct {
	const char *item, *set, *label, *bytes, *want;
} places[] = {
	/* both dialects of nova.conf */
	{ "file:/etc/nova/nova.conf", "nova", "--my_ip", "10.2.116.14",
	    "own address" },
	{ "file:/etc/nova/nova.conf", "nova", "--my-ip#2", "10.2.116.14",
	    "own address" },
	{ "file:/etc/nova/nova.conf", "nova", "[DEFAULT] my_ip", "x",
	    "own address" },
	{ "file:/etc/nova/nova.conf", "nova", "--vncserver_listen", "x",
	    "VNC listen address" },
	{ "file:/etc/nova/nova.conf", "nova", "[vnc] server_listen", "x",
	    "VNC listen address" },
	{ "file:/etc/nova/nova.conf", "nova", "[spice] server_listen#2", "x",
	    "SPICE listen address" },
	{ "file:/etc/nova/nova.conf", "nova", "[Vnc] Server_Listen", "x",
	    "VNC listen address" },
	{ "file:/etc/nova/nova.conf", "nova", "[other] server_listen", "x",
	    "nova's configuration" },
	{ "file:/etc/nova/nova.conf", "nova", "[DEFAULT] host", "c1",
	    "host name of a service" },
	{ "file:/etc/nova/nova.conf", "nova", "--host", "c1",
	    "host name of a service" },
	{ "file:/etc/nova/nova.conf", "nova", "[x] host", "c1",
	    "nova's configuration" },
	{ "file:/etc/nova/nova.conf", "nova", "line 4", "# my_ip = 1.2.3.4",
	    "nova's configuration" },
	{ "file:/etc/nova/nova.conf", "nova", NULL, "",
	    "nova's configuration" },
	{ "file:/etc/nova/nova.conf", "nova", "[DEFAULT] transport_url", "x",
	    "message queue" },
	{ "file:/etc/nova/api-paste.ini", "nova",
	    "[filter:authtoken] auth_host", "x", "keystone's URL" },
	{ "file:/etc/nova/api-paste.ini", "nova", "line 1", "x",
	    "api-paste.ini" },
	{ "file:/etc/keystone/keystone.conf", "keystone", "[ldap] url", "x",
	    "LDAP server" },
	{ "file:/etc/keystone/keystone.conf", "keystone", "[sql] connection",
	    "x", "database" },
	{ "file:/etc/neutron/x.ini", "neutron", "[ovs] local_ip", "x",
	    "tunnel's address" },
	{ "file:/etc/cinder/cinder.conf", "cinder", "[v7k] storwize_iscsi_ips",
	    "x", "address of a storage system" },
	{ "file:/etc/cinder/nfs_shares", "cinder", "line 1", "10.2.116.9:/e",
	    "cinder's NFS and GlusterFS shares" },
	{ "file:/etc/keystone/default_catalog.templates", "keystone", "line 3",
	    "catalog.RegionOne.identity.publicURL = http://10.2.116.14:5000",
	    "endpoint in the catalogue's file" },
	/* files of lines: the first word, in its own set only */
	{ "file:/etc/mysql/my.cnf", "mysql", "line 3", "bind-address = 1.2.3.4",
	    "MySQL's listen address" },
	{ "file:/etc/mysql/my.cnf", "mysql", "line 3",
	    "#bind-address = 1.2.3.4", "MySQL's configuration" },
	{ "file:/etc/hosts", "hosts", "line 3", "bind-address", "hosts" },
	{ "file:/etc/mysql/my.cnf", "mysql", "line 3", "my_ip = 1.2.3.4",
	    "MySQL's configuration" },
	{ "file:/etc/mysql/my.cnf", "mysql", "line 3",
	    "wsrep_cluster_address=gcomm://1.2.3.4", "Galera's addresses" },
	{ "file:/etc/memcached.conf", "memcached", "line 3", "-l 10.2.116.14",
	    "memcached's listen address" },
	{ "file:/etc/chrony/chrony.conf", "chrony", "line 3",
	    "bindcmdaddress 1.2.3.4", "time service's listen address" },
	{ "file:/etc/rabbitmq/rabbitmq.conf", "rabbitmq", "line 3",
	    "listeners.tcp.1 = 10.2.116.14:5672", "RabbitMQ's listen address" },
	{ "file:/etc/rabbitmq/rabbitmq.config", "rabbitmq", "line 3",
	    " {tcp_listeners, [{\"10.2.116.14\", 5672}]}",
	    "RabbitMQ's listen address" },
	{ "file:/etc/rabbitmq/rabbitmq-env.conf", "rabbitmq", "line 1",
	    "NODENAME=rabbit@ip-10-2-116-14", "RabbitMQ's node name" },
	{ "file:/root/admin-openrc", "openrc", "line 1",
	    "export OS_AUTH_URL=http://10.2.116.14:5000/v3",
	    "administrator's URL" },
	{ "file:/etc/openstack-dashboard/local_settings.py", "horizon",
	    "line 9", "OPENSTACK_HOST = \"10.2.116.14\"",
	    "dashboard's keystone" },
	{ "file:/etc/openstack-dashboard/local_settings.py", "horizon",
	    "line 9", "'LOCATION': '10.2.116.14:11211',", "dashboard's cache" },
	{ "file:/etc/haproxy/haproxy.cfg", "haproxy", "line 9",
	    "bind 10.2.116.14:443 ssl crt /x.pem", "haproxy's listen address" },
	{ "file:/etc/apache2/ports.conf", "apache", "line 9",
	    "<VirtualHost 10.2.116.14:80>", "apache's listen address" },
	{ "file:/etc/iscsi/nodes/iqn.x/10.2.116.14,3260,1/default", "iscsi",
	    "line 2", "node.conn[0].address = 10.2.116.14",
	    "iSCSI node record's address" },
	{ "file:/etc/iscsi/nodes/iqn.x/10.2.116.14,3260,1", "iscsi", "name",
	    "10.2.116.14,3260,1", "open-iscsi's node records" },
	{ "file:/etc/rtslib-fb-target/saveconfig.json", "lio",
	    "targets[0].tpgs[0].portals[1].ip_address", "x",
	    "LIO target's portal" },
	{ "file:/etc/ceph/ceph.conf", "ceph", "[global] mon host", "x",
	    "ceph's monitor" },
	{ "file:/etc/libvirt/qemu.conf", "libvirt", "line 1",
	    "vnc_listen = \"10.2.116.14\"", "QEMU's default console address" },
	{ "file:/etc/systemd/system/tgt.service.d/a.conf", "systemd", "line 2",
	    "LimitNOFILE=1", "how tgt is started" },
	/* XML, from libvirt and in files */
	{ "domain:i-1", NULL, "/domain/devices/graphics/@listen", "x",
	    "console's listen address (VNC, SPICE)" },
	{ "domain:i-1", NULL, "/domain/devices/graphics[2]/listen/@address",
	    "x", "console's listen address (VNC, SPICE)" },
	{ "file:/i/1/libvirt.xml", "instances",
	    "/domain/devices/graphics/@listen", "x",
	    "console's listen address (VNC, SPICE)" },
	{ "file:/i/1/libvirt.xml", "instances", "/domain/uuid", "x",
	    "libvirt.xml of an instance" },
	{ "domain:i-1", NULL, "/domain/devices/disk[2]/source/host[1]/@name",
	    "x", "network disk's host" },
	{ "domain:i-1", NULL,
	    "/domain/devices/disk/backingStore/backingStore/source/host/@name",
	    "x", "network disk's host" },
	{ "domain:i-1", NULL, "/domain/devices/disk[3]/source/@dev", "x",
	    "disk's device (by-path)" },
	{ "domain:i-1", NULL,
	    "/domain/devices/interface/filterref/parameter[3]/@value", "x",
	    "filter's parameter (IP, DHCPSERVER ...)" },
	{ "domain:i-1", NULL,
	    "/domain/metadata/nova:instance/nova:ports/nova:port/nova:ip/"
	    "@address",
	    "x", "nova's metadata: guest's address" },
	{ "domain:i-1", NULL, "/domain/os/type/@machine", "x", "machine type" },
	{ "domain:i-1", NULL, "/domain/qemu:commandline/qemu:arg[4]/@value",
	    "x", "QEMU's own command line" },
	{ "domain:i-1", NULL, "/domain/name", "x", NULL },
	{ "network:n", NULL, "/network/ip[2]/@address", "x",
	    "network's address" },
	{ "network:n", NULL, "/network/ip/dhcp/host[7]/@ip", "x",
	    "network's DHCP" },
	{ "network:n", NULL, "/network/dns/host/@ip", "x", "network's DNS" },
	{ "nwfilter:f", NULL, "/filter/rule[2]/ip/@srcipaddr", "x",
	    "filter's address" },
	{ "nwfilter:f", NULL, "/filter/rule[2]/arp/@arpdstipaddr", "x",
	    "filter's address" },
	{ "pool:p", NULL, "/pool/source/host/@name", "x",
	    "pool's source host" },
	{ "secret:s", NULL, "/secret/usage/target", "x",
	    "what a secret is for" },
	{ "account:nova@10.2.116.14", NULL, "line 1", "10.2.116.14",
	    "MySQL account bound to an address" },
	/* nothing that surprises */
	{ "file:/etc/x.conf", "outside", "[DEFAULT] my_ip", "x", NULL },
	{ "file:/x", NULL, "[unclosed", "x", NULL },
	{ "file:/x", NULL, "line 1", "", NULL },
	{ "file:/x", NULL, "", "", NULL },
	{ "file:/x", NULL, "-", "", NULL },
	{ "domain:i-1", NULL, "/domain[", "", NULL },
	{ "domain:i-1", NULL, "", "", NULL },
	{ "row:nova.volumes:7", NULL, "my_ip", "x", NULL },
};

static void
test_places(void **state)
{
	const char *got;
	size_t i, kind;

	(void)state;
	for (i = 0; i < COUNT(places); i++) {
		kind = kind_of(places[i].item, places[i].set, places[i].label,
		    places[i].bytes, strlen(places[i].bytes));
		got = kind == KIND_NONE ? NULL : kind_name(kind);
		if (got == places[i].want)
			continue;
		if (got == NULL || places[i].want == NULL ||
		    strcmp(got, places[i].want) != 0)
			fail_msg("%s %s: %s", places[i].item,
			    places[i].label ? places[i].label : "-",
			    got ? got : "none");
	}
}

/* Names that do not end, or are too long for any table. */
static void
test_long(void **state)
{
	char label[2000];

	(void)state;
	memset(label, 'a', sizeof(label));
	label[sizeof(label) - 1] = '\0';
	assert_true(
	    kind_of("file:/x", "nova", "line 1", label, sizeof(label)) ==
	    kind_of("file:/x", "nova", NULL, "", 0));
	assert_true(kind_of("file:/x", NULL, label, "", 0) == KIND_NONE);
	label[0] = '/';
	assert_true(kind_of("domain:x", NULL, label, "", 0) == KIND_NONE);
	memcpy(label, "[a] ", 4);
	assert_true(kind_of("file:/x", NULL, label, "", 0) == KIND_NONE);
}

static int
is_higher(const char *a, const char *b)
{

	return strcmp(a, b) > 0;
}

/* Behind this row nothing of that option would be reached. */
static int
shadows(const struct kind_option *a, const struct kind_option *b)
{

	if (strcmp(a->option, b->option) != 0)
		return 0;
	if (a->set == NULL ? b->set != NULL && strcmp(b->set, "*") != 0
			   : b->set == NULL || strcmp(a->set, b->set) != 0)
		return 0;
	return a->section == NULL;
}

static void
test_tables(void **state)
{
	const char *star;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(kind_options); i++) {
		if (i > 0 && is_higher(kind_options[i - 1].option,
				 kind_options[i].option))
			fail_msg("%s is not in order", kind_options[i].option);
		if (i > 0 && shadows(&kind_options[i - 1], &kind_options[i]))
			fail_msg("%s is never reached", kind_options[i].option);
		assert_null(strpbrk(kind_options[i].option, "*-# ABCDEFGHIJKLM"
							    "NOPQRSTUVWXYZ"));
	}
	for (i = 0; i < COUNT(kind_patterns); i++)
		assert_non_null(strchr(kind_patterns[i].option, '*'));
	for (i = 0; i < COUNT(kind_spots); i++) {
		if (i > 0 &&
		    is_higher(kind_spots[i - 1].last, kind_spots[i].last))
			fail_msg("%s is not in order", kind_spots[i].path);
		star = strrchr(kind_spots[i].path, '/');
		assert_string_equal(star + 1, kind_spots[i].last);
	}
}

/* Every row of the file set has a kind, and every kind a name of its own. */
static void
test_names(void **state)
{
	const char *name, *other;
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(fileset_rows); i++)
		if (kind_of("file:/x", fileset_rows[i].set, NULL, "", 0) ==
			KIND_NONE &&
		    strcmp(fileset_rows[i].set, "instances") != 0 &&
		    strcmp(fileset_rows[i].set, "identity") != 0)
			fail_msg("%s has no kind", fileset_rows[i].set);
	for (i = 0; i < kind_count(); i++) {
		if ((name = kind_name(i)) == NULL)
			continue;
		assert_true(strlen(name) > 0);
		for (k = 0; k < i; k++) {
			other = kind_name(k);
			if (other != NULL && kind_group(i) == kind_group(k) &&
			    strcmp(name, other) == 0)
				fail_msg("two kinds are called %s", name);
		}
	}
	assert_null(kind_name(kind_count()));
	assert_null(kind_name(KIND_NONE));
}

static void
test_columns(void **state)
{
	const struct catalog_column *c;
	size_t i, kind;

	(void)state;
	for (i = 0; (c = catalog_row(i)) != NULL; i++) {
		kind = kind_of_column(c->role, c->table, c->column);
		assert_true(kind < kind_count());
		assert_int_equal(kind_group(kind), KIND_COLUMN);
		assert_string_equal(kind_name(kind), c->what);
	}
	assert_true(kind_of_column("nova", "volumes", "no_such") == KIND_NONE);
	assert_true(kind_of_column("no", "volumes", "host") == KIND_NONE);
	assert_string_equal(kind_group_name(KIND_COLUMN), "column");
	assert_string_equal(kind_group_name(KIND_OPTION), "option");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
