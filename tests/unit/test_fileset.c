#include "tests/unit/rooted.h"

#include "archive/node/fileset.h"
#include "archive/node/fileset_table.h"

struct fixture {
	struct rooted r;
	char got[16384]; /* "path set\n" */
	size_t at;
	const char *skip;
	int stop; /* what the function returns */
};

static int
setup(void **state)
{

	return rooted_new(state, sizeof(struct fixture));
}

static int
note(void *cookie, const struct fileset_entry *e)
{
	struct fixture *f = cookie;

	f->at += (size_t)snprintf(
	    f->got + f->at, sizeof(f->got) - f->at, "%s %s\n", e->path, e->set);
	return f->stop;
}

static int
skip_one(void *cookie, const char *path)
{
	const struct fixture *f = cookie;

	return f->skip != NULL && strcmp(path, f->skip) == 0;
}

static int
walk(struct fixture *f)
{
	struct fileset *fs;
	int rc;

	assert_int_equal(rooted_load(&f->r), 0);
	f->at = 0;
	f->got[0] = '\0';
	if ((fs = fileset_find(f->r.root, f->r.site, skip_one, f, 0)) == NULL)
		return -1;
	rc = fileset_each(fs, note, f);
	fileset_free(fs);
	return rc;
}

static void
test_plain(void **state)
{
	struct fixture *f = *state;

	tree_file(
	    &f->r.tree, "/etc/nova/nova.conf", "--state_path=/srv/nova\n");
	tree_file(&f->r.tree, "/etc/nova/rootwrap.d/x.filters", "x");
	tree_file(&f->r.tree, "/etc/nova/.hidden", "x");
	tree_file(&f->r.tree, "/etc/nova/.novark-0123456789abcdef", "x");
	tree_file(&f->r.tree, "/etc/nova-other/x", "x");
	tree_file(&f->r.tree, "/etc/hosts", "127.0.0.1 localhost\n");
	tree_file(&f->r.tree, "/etc/passwd", "x");
	tree_file(&f->r.tree, "/etc/libvirt/qemu.conf", "x");
	tree_file(&f->r.tree, "/etc/libvirt/.x.conf", "x");
	tree_file(&f->r.tree, "/etc/libvirt/qemu/instance-1.xml", "x");
	tree_file(&f->r.tree, "/etc/libvirt/hooks/qemu", "x");
	tree_file(&f->r.tree, "/srv/nova/instances/i-1/libvirt.xml", "<a/>");
	tree_file(&f->r.tree, "/srv/nova/instances/i-1/disk.info", "{}");
	tree_file(&f->r.tree, "/srv/nova/instances/i-1/disk", "x");
	tree_file(&f->r.tree, "/srv/nova/instances/i-1/console.log", "x");
	tree_file(&f->r.tree, "/srv/nova/instances/i-2/disk", "x");
	tree_file(&f->r.tree, "/srv/nova/instances/_base/x", "x");
	tree_file(&f->r.tree, "/srv/nova/volumes/volume-1", "x");
	tree_file(&f->r.tree, "/srv/nova/compute_id", "x");
	tree_file(&f->r.tree, "/var/lib/nova/instances/i-9/libvirt.xml", "x");
	tree_file(&f->r.tree, "/root/adminrc", "x");
	tree_file(&f->r.tree, "/root/admin-openrc.sh", "x");
	assert_int_equal(walk(f), 0);
	assert_string_equal(f->got,
	    "/etc way\n"
	    "/etc/hosts hosts\n"
	    "/etc/libvirt way\n"
	    "/etc/libvirt/hooks libvirt\n"
	    "/etc/libvirt/hooks/qemu libvirt\n"
	    "/etc/libvirt/qemu.conf libvirt\n"
	    "/etc/nova nova\n"
	    "/etc/nova/.hidden nova\n"
	    "/etc/nova/nova.conf nova\n"
	    "/etc/nova/rootwrap.d nova\n"
	    "/etc/nova/rootwrap.d/x.filters nova\n"
	    "/root way\n"
	    "/root/admin-openrc.sh openrc\n"
	    "/srv way\n"
	    "/srv/nova way\n"
	    "/srv/nova/compute_id identity\n"
	    "/srv/nova/instances way\n"
	    "/srv/nova/instances/i-1 way\n"
	    "/srv/nova/instances/i-1/disk.info instances\n"
	    "/srv/nova/instances/i-1/libvirt.xml instances\n"
	    "/srv/nova/volumes way\n"
	    "/srv/nova/volumes/volume-1 tgt\n");
}

/* What a folder holds beside the set is known without listing it again. */
static void
test_listed(void **state)
{
	struct fixture *f = *state;
	struct fileset *fs;
	char *const *names;
	size_t n = 0;

	tree_file(&f->r.tree, "/var/lib/nova/instances/i/libvirt.xml", "x");
	tree_file(&f->r.tree, "/var/lib/nova/instances/i/disk", "x");
	assert_int_equal(rooted_load(&f->r), 0);
	fs = fileset_find(f->r.root, f->r.site, NULL, NULL, 0);
	assert_non_null(fs);
	names = fileset_listed(fs, "/var/lib/nova/instances/i", &n);
	assert_int_equal(n, 1);
	assert_string_equal(names[0], "disk");
	fileset_free(fs);
}

static void
test_empty(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(walk(f), 0);
	assert_string_equal(f->got, "");
	assert_int_equal(mkdir(tree_path(&f->r.tree, "/etc"), 0755), 0);
	assert_int_equal(walk(f), 0);
	assert_string_equal(f->got, "");
}

static void
test_named(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->r.tree, "/etc/nova/nova.conf",
	    "--flagfile=/opt/flags\n--state_path=/s\n");
	tree_file(&f->r.tree, "/opt/flags", "--x=y\n");
	assert_int_equal(walk(f), 0);
	assert_string_equal(f->got, "/etc way\n"
				    "/etc/nova nova\n"
				    "/etc/nova/nova.conf nova\n"
				    "/opt way\n"
				    "/opt/flags named\n");
}

/* Links: of folders on the way, of files, to the system, to folders, broken. */
static void
test_links(void **state)
{
	struct fixture *f = *state;

	tree_link(&f->r.tree, "/etc/nova", "../srv/conf");
	tree_file(&f->r.tree, "/srv/conf/a", "x");
	tree_link(&f->r.tree, "/srv/conf/abs", "/opt/one");
	tree_link(&f->r.tree, "/srv/conf/inside", "a");
	tree_link(&f->r.tree, "/srv/conf/system", "/usr/share/x");
	tree_link(&f->r.tree, "/srv/conf/folder", "/opt");
	tree_link(&f->r.tree, "/srv/conf/broken", "/opt/none");
	tree_link(&f->r.tree, "/srv/conf/loop", "loop");
	tree_file(&f->r.tree, "/opt/two", "x");
	tree_link(&f->r.tree, "/opt/one", "two");
	tree_file(&f->r.tree, "/opt/other", "x");
	tree_file(&f->r.tree, "/usr/share/x", "x");
	assert_int_equal(walk(f), 0);
	assert_string_equal(f->got, "/etc way\n"
				    "/etc/nova way\n"
				    "/opt way\n"
				    "/opt/one way\n"
				    "/opt/two nova\n"
				    "/srv way\n"
				    "/srv/conf nova\n"
				    "/srv/conf/a nova\n"
				    "/srv/conf/abs nova\n"
				    "/srv/conf/broken nova\n"
				    "/srv/conf/folder nova\n"
				    "/srv/conf/inside nova\n"
				    "/srv/conf/loop nova\n"
				    "/srv/conf/system nova\n");
}

static void
test_links_stay_inside(void **state)
{
	struct fixture *f = *state;

	tree_link(
	    &f->r.tree, "/etc/nova/up", "../../../../../../../etc/passwd");
	tree_file(&f->r.tree, "/etc/passwd", "x");
	assert_int_equal(walk(f), 0);
	/* "/" of the root is as far up as it goes. */
	assert_string_equal(f->got, "/etc way\n"
				    "/etc/nova nova\n"
				    "/etc/nova/up nova\n"
				    "/etc/passwd nova\n");
}

static void
test_odd_names(void **state)
{
	struct fixture *f = *state;

	/* A name that looks like a pattern is only itself. */
	tree_file(&f->r.tree, "/etc/nova/nova.conf",
	    "--instances_path=/i[1]*\n--state_path=/none\n");
	tree_file(&f->r.tree, "/i[1]*/a*/libvirt.xml", "<a/>");
	tree_file(&f->r.tree, "/i1x/b/libvirt.xml", "<a/>");
	assert_int_equal(walk(f), 0);
	assert_string_equal(f->got, "/etc way\n"
				    "/etc/nova nova\n"
				    "/etc/nova/nova.conf nova\n"
				    "/i[1]* way\n"
				    "/i[1]*/a* way\n"
				    "/i[1]*/a*/libvirt.xml instances\n");

	tree_file(&f->r.tree, "/etc/nova/nova.conf",
	    "--instances_path=relative\n--state_path=/none\n");
	assert_int_equal(walk(f), 0);
	assert_null(strstr(f->got, "libvirt.xml"));
}

static void
test_special(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->r.tree, "/etc/nova/a", "x");
	assert_int_equal(mkfifo(tree_path(&f->r.tree, "/etc/nova/p"), 0600), 0);
	assert_int_equal(walk(f), 0);
	assert_string_equal(f->got,
	    "/etc way\n/etc/nova nova\n/etc/nova/a nova\n/etc/nova/p nova\n");
}

static void
test_skip_and_stop(void **state)
{
	struct fixture *f = *state;

	tree_file(&f->r.tree, "/etc/nova/a", "x");
	tree_file(&f->r.tree, "/etc/nova/sub/b", "x");
	f->skip = "/etc/nova/sub";
	assert_int_equal(walk(f), 0);
	assert_string_equal(f->got,
	    "/etc way\n/etc/nova nova\n/etc/nova/a nova\n"
	    "/etc/nova/sub nova\n");
	f->stop = 7;
	assert_int_equal(walk(f), 7);
	assert_string_equal(f->got, "/etc way\n");
	f->stop = -1;
	assert_int_equal(walk(f), -1);
}

static const struct {
	const char *path, *set, *bytes;
	enum place_format want;
} formats[] = {
	{ "/etc/nova/nova.conf", "nova", "[DEFAULT]\na = b\n", PLACE_INI },
	{ "/etc/nova/nova.conf", "nova", "--a=b\n", PLACE_FLAGS },
	{ "/etc/nova/nova.conf", "nova", "", PLACE_INI },
	{ "/etc/nova/flags", "nova", "--a=b\n", PLACE_FLAGS },
	{ "/etc/nova/x.conf", "nova", "what is this\n", PLACE_TEXT },
	{ "/etc/nova/api-paste.ini", "nova", "[a]\n/: b\n", PLACE_INI },
	{ "/etc/nova/policy.json", "nova", "{}", PLACE_JSON },
	{ "/etc/nova/x.xml", "nova", "<a/>", PLACE_XML },
	{ "/etc/nova/readme", "nova", "a = b\n", PLACE_TEXT },
	{ "/etc/nova/nova.conf.bak", "nova", "a = b\n", PLACE_TEXT },
	{ "/opt/flags", "named", "--a=b\n", PLACE_FLAGS },
	{ "/opt/a.conf", "named", "[DEFAULT]\n", PLACE_INI },
	{ "/i/1/libvirt.xml", "instances", "<a/>", PLACE_XML },
	{ "/i/1/disk.info", "instances", "{}", PLACE_JSON },
	{ "/etc/libvirt/qemu.conf", "libvirt", "a = \"b\"\n", PLACE_TEXT },
	{ "/etc/mysql/my.cnf", "mysql", "[mysqld]\n", PLACE_TEXT },
	{ "/etc/ceph/ceph.conf", "ceph", "[global]\na = b\n", PLACE_INI },
	{ "/etc/ceph/x.keyring", "ceph", "[client]\nkey = x\n", PLACE_OPAQUE },
	{ "/etc/nova/tls.key", "nova", "x", PLACE_OPAQUE },
	{ "/etc/keystone/fernet-keys/0", "keystone", "x", PLACE_OPAQUE },
	{ "/etc/keystone/x.pem", "keystone",
	    "-----BEGIN RSA PRIVATE KEY-----\nx\n", PLACE_OPAQUE },
	{ "/etc/keystone/x.pem", "keystone", "-----BEGIN PRIVATE KEY-----",
	    PLACE_OPAQUE },
	{ "/etc/keystone/x.pem", "keystone", "-----BEGIN CERTIFICATE-----\nx\n",
	    PLACE_TEXT },
	{ "/etc/nova/x.conf", "way", "[a]\nb = c\n  d\n;e\n#f\n\nb: c\n",
	    PLACE_INI },
};

static void
test_format(void **state)
{
	char big[20000];
	enum place_format got;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		got = fileset_format(formats[i].path, formats[i].set,
		    formats[i].bytes, strlen(formats[i].bytes));
		if (got != formats[i].want)
			fail_msg("case %zu, %s: %s", i, formats[i].path,
			    place_format_name(got));
	}
	/* A NUL byte early makes it binary, a late one does not. */
	memset(big, 'x', sizeof(big));
	big[8191] = '\0';
	assert_int_equal(
	    fileset_format("/a", "nova", big, sizeof(big)), PLACE_OPAQUE);
	big[8191] = 'x';
	big[8192] = '\0';
	assert_int_equal(
	    fileset_format("/a", "nova", big, sizeof(big)), PLACE_TEXT);
}

/* The table itself: what the walk relies on. */
static void
test_table(void **state)
{
	const char *glob, *star;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(fileset_rows) / sizeof(*fileset_rows); i++) {
		glob = fileset_rows[i].glob;
		assert_true(*glob == '/' ||
			    strncmp(glob, "$instances_path/", 16) == 0 ||
			    strncmp(glob, "$state_path/", 12) == 0);
		assert_null(strstr(glob, "//"));
		assert_null(strstr(glob, ".."));
		if ((star = strstr(glob, "**")) != NULL) {
			assert_string_equal(star, "**");
			assert_true(star[-1] == '/');
		}
		assert_true(strcmp(fileset_rows[i].set, FILESET_WAY) != 0);
		assert_true(strcmp(fileset_rows[i].set, FILESET_NAMED) != 0);
		assert_true(strlen(fileset_rows[i].what) > 0);
		/* Asked of libvirt itself, never copied. */
		assert_null(strstr(glob, "/etc/libvirt/qemu"));
		assert_string_not_equal(glob, "/etc/libvirt/**");
	}
}

/* What stands around OpenStack (places.md 2, 4 and 6), and its row. */
static const struct {
	const char *path, *set;
} around[] = {
	{ "/etc/NetworkManager/system-connections/a.nmconnection",
	    "interfaces" },
	{ "/etc/chrony/chrony.conf", "chrony" },
	{ "/etc/cinder/nfs_shares", "cinder" },
	{ "/etc/exports", "mounts" },
	{ "/etc/fstab", "mounts" },
	{ "/etc/haproxy/haproxy.cfg", "haproxy" },
	{ "/etc/hostname", "identity" },
	{ "/etc/hosts", "hosts" },
	{ "/etc/iptables/rules.v4", "firewall" },
	{ "/etc/keepalived/keepalived.conf", "keepalived" },
	{ "/etc/keystone/default_catalog.templates", "keystone" },
	{ "/etc/libvirt/libvirtd.conf", "libvirt" },
	{ "/etc/memcached.conf", "memcached" },
	{ "/etc/mysql/mariadb.conf.d/50-server.cnf", "mysql" },
	{ "/etc/netplan/01.yaml", "interfaces" },
	{ "/etc/network/interfaces", "interfaces" },
	{ "/etc/network/interfaces.d/br100", "interfaces" },
	{ "/etc/nftables.conf", "firewall" },
	{ "/etc/nova/api-paste.ini", "nova" },
	{ "/etc/nvme/hostnqn", "nvme" },
	{ "/etc/openstack-dashboard/local_settings.py", "horizon" },
	{ "/etc/openvswitch/conf.db", "ovs" },
	{ "/etc/pki/CA/cacert.pem", "pki" },
	{ "/etc/pki/libvirt-vnc/server-cert.pem", "pki" },
	{ "/etc/pki/libvirt/servercert.pem", "pki" },
	{ "/etc/rabbitmq/rabbitmq-env.conf", "rabbitmq" },
	{ "/etc/resolv.conf", "resolver" },
	{ "/etc/rtslib-fb-target/saveconfig.json", "lio" },
	{ "/etc/swift/swift.conf", "swift" },
	{ "/etc/sysconfig/network-scripts/ifcfg-eth0", "interfaces" },
	{ "/etc/sysconfig/network-scripts/route-eth0", "interfaces" },
	{ "/etc/systemd/network/10-eth0.network", "interfaces" },
	{ "/etc/systemd/system/tgt.service.d/portal.conf", "systemd" },
	{ "/etc/tgt/conf.d/cinder.conf", "tgt" },
	{ "/home/admin/demo-openrc", "openrc" },
	{ "/root/admin-openrc", "openrc" },
	{ "/var/lib/nova/.ssh/known_hosts", "known-hosts" },
	{ "/var/lib/nova/networks/nova-br100.conf", "nova-network" },
};

static void
test_around(void **state)
{
	const struct fileset_hold *hold;
	struct fixture *f = *state;
	char want[600];
	size_t i;

	for (i = 0; i < sizeof(around) / sizeof(*around); i++)
		tree_file(&f->r.tree, around[i].path, "x");
	/* No address of the node, and as short-lived as the process. */
	tree_file(&f->r.tree, "/var/lib/nova/networks/nova-br100.pid", "1");
	assert_int_equal(walk(f), 0);
	assert_null(strstr(f->got, ".pid"));
	for (i = 0; i < sizeof(around) / sizeof(*around); i++) {
		snprintf(want, sizeof(want), "%s %s\n", around[i].path,
		    around[i].set);
		if (strstr(f->got, want) == NULL)
			fail_msg("%s is not in the set", around[i].path);
		hold = fileset_held(around[i].path);
		if (strcmp(around[i].set, "interfaces") == 0)
			assert_string_equal(hold->name, "own-network");
		else if (strcmp(around[i].set, "ovs") == 0)
			assert_string_equal(hold->name, "ovs-database");
		else
			assert_null(hold);
	}
	assert_non_null(fileset_held("/etc/netplan"));
	assert_null(fileset_held("/etc/netplanning"));
	assert_null(fileset_held("/etc/network"));
	assert_null(fileset_held("/etc/network/interfaces.bak"));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, rooted_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_plain),
		TEST(test_listed),
		TEST(test_empty),
		TEST(test_named),
		TEST(test_links),
		TEST(test_links_stay_inside),
		TEST(test_odd_names),
		TEST(test_special),
		TEST(test_skip_and_stop),
		TEST(test_around),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_table),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
