#include "tests/unit/rooted.h"

/* What nova.conf says, and what follows: host, my_ip, instances, URI. */
static const struct {
	const char *conf, *host, *my_ip, *instances, *state_path, *uri;
} nova[] = {
	{ "[DEFAULT]\nhost = c1\n", "c1", NULL, "/var/lib/nova/instances",
	    "/var/lib/nova", "qemu:///system" },
	{ "--host=c1\n--my_ip=10.2.116.14\n--state_path=/s\n", "c1",
	    "10.2.116.14", "/s/instances", "/s", "qemu:///system" },
	{ "[DEFAULT]\nhost=c1\nstate_path=/s\ninstances_path=$state_path/i\n",
	    "c1", NULL, "/s/i", "/s", "qemu:///system" },
	{ "[DEFAULT]\nhost=c1\ninstances_path=/srv/i\n", "c1", NULL, "/srv/i",
	    "/var/lib/nova", "qemu:///system" },
	{ "[DEFAULT]\nhost=c1\nstate_path=\ninstances_path=\n", "c1", NULL,
	    "/var/lib/nova/instances", "/var/lib/nova", "qemu:///system" },
	{ "--host=c1\n--libvirt_type=kvm\n", "c1", NULL,
	    "/var/lib/nova/instances", "/var/lib/nova", "qemu:///system" },
	{ "--host=c1\n--libvirt_type=lxc\n", "c1", NULL,
	    "/var/lib/nova/instances", "/var/lib/nova", "lxc:///" },
	{ "--host=c1\n--libvirt_type=uml\n", "c1", NULL,
	    "/var/lib/nova/instances", "/var/lib/nova", "uml:///system" },
	{ "--host=c1\n--libvirt_type=xen\n", "c1", NULL,
	    "/var/lib/nova/instances", "/var/lib/nova", "xen:///" },
	{ "--host=c1\n--libvirt_type=lxc\n--libvirt_uri=qemu:///x\n", "c1",
	    NULL, "/var/lib/nova/instances", "/var/lib/nova", "qemu:///x" },
	{ "[DEFAULT]\nhost=c1\nlibvirt_type=xen\n[libvirt]\nvirt_type = "
	  "parallels\n",
	    "c1", NULL, "/var/lib/nova/instances", "/var/lib/nova",
	    "parallels:///system" },
	{ "[DEFAULT]\nhost=c1\nlibvirt_uri=a:///\n[libvirt]\nconnection_uri = "
	  "b:///\n",
	    "c1", NULL, "/var/lib/nova/instances", "/var/lib/nova", "b:///" },
	{ "[DEFAULT]\nhost=c1\n[libvirt]\nconnection_uri =\n", "c1", NULL,
	    "/var/lib/nova/instances", "/var/lib/nova", "qemu:///system" },
};

static void
test_nova(void **state)
{
	struct rooted *f = *state;
	size_t i;

	for (i = 0; i < sizeof(nova) / sizeof(*nova); i++) {
		tree_file(&f->tree, "/etc/nova/nova.conf", nova[i].conf);
		assert_int_equal(rooted_load(f), 0);
		assert_string_equal(f->site->host, nova[i].host);
		if (nova[i].my_ip == NULL)
			assert_null(f->site->my_ip);
		else
			assert_string_equal(f->site->my_ip, nova[i].my_ip);
		assert_string_equal(f->site->instances_path, nova[i].instances);
		assert_string_equal(f->site->state_path, nova[i].state_path);
		assert_string_equal(f->site->libvirt_uri, nova[i].uri);
		assert_true(f->site->has_nova);
		assert_int_equal(f->site->nfiles, 1);
	}
}

/* The role and source of each database found, "role source url" a line. */
static void
databases(struct rooted *f, const char *want)
{
	char got[4096] = "";
	size_t i, at = 0;

	assert_int_equal(rooted_load(f), 0);
	for (i = 0; i < f->site->ndatabases; i++)
		at += (size_t)snprintf(got + at, sizeof(got) - at, "%s %s %s\n",
		    f->site->databases[i].role, f->site->databases[i].source,
		    f->site->databases[i].url);
	assert_string_equal(got, want);
}

static void
test_essex(void **state)
{
	struct rooted *f = *state;

	tree_file(&f->tree, "/etc/nova/nova.conf",
	    "--my_ip=10.2.116.14\n--sql_connection=mysql://n:p@$my_ip/nova\n");
	tree_file(&f->tree, "/etc/keystone/keystone.conf",
	    "[DEFAULT]\n[sql]\nconnection = mysql://k:p@10.2.116.14/k\n");
	tree_file(&f->tree, "/etc/glance/glance-api.conf",
	    "[DEFAULT]\nbind_port = 9292\n");
	tree_file(&f->tree, "/etc/glance/glance-registry.conf",
	    "[DEFAULT]\nsql_connection = mysql://g:p@10.2.116.14/g\n");
	databases(f,
	    "nova file:/etc/nova/nova.conf --sql_connection "
	    "mysql://n:p@10.2.116.14/nova\n"
	    "keystone file:/etc/keystone/keystone.conf [sql] connection "
	    "mysql://k:p@10.2.116.14/k\n"
	    "glance file:/etc/glance/glance-registry.conf [DEFAULT] "
	    "sql_connection mysql://g:p@10.2.116.14/g\n");
	assert_int_equal(f->site->nfiles, 4);
}

static void
test_modern(void **state)
{
	struct rooted *f = *state;

	tree_file(&f->tree, "/etc/nova/nova.conf",
	    "[DEFAULT]\nsql_connection = old\n[database]\nconnection = n\n"
	    "slave_connection = no\n[api_database]\nconnection = a\n");
	tree_file(&f->tree, "/etc/nova/nova.conf.d/x.conf",
	    "[api_database]\nconnection = a2\n");
	tree_file(&f->tree, "/etc/cinder/cinder.conf",
	    "[database]\nconnection = c\n");
	tree_file(&f->tree, "/etc/neutron/neutron.conf",
	    "[database]\nconnection = sqlite:////var/lib/neutron/n.sqlite\n");
	tree_file(&f->tree, "/etc/placement/placement.conf",
	    "[placement_database]\nconnection = p\n");
	tree_file(&f->tree, "/etc/quantum/quantum.conf", "[DEFAULT]\nx = y\n");
	tree_file(&f->tree,
	    "/etc/quantum/plugins/openvswitch/ovs_quantum_plugin.ini",
	    "[DATABASE]\nsql_connection = q\n");
	databases(f,
	    "nova file:/etc/nova/nova.conf [database] connection n\n"
	    "nova_api file:/etc/nova/nova.conf.d/x.conf [api_database] "
	    "connection a2\n"
	    "cinder file:/etc/cinder/cinder.conf [database] connection c\n"
	    "neutron file:/etc/neutron/neutron.conf [database] connection "
	    "sqlite:////var/lib/neutron/n.sqlite\n"
	    "neutron "
	    "file:/etc/quantum/plugins/openvswitch/ovs_quantum_plugin.ini "
	    "[DATABASE] sql_connection q\n"
	    "placement file:/etc/placement/placement.conf "
	    "[placement_database] connection p\n");
}

static void
test_empty_connection(void **state)
{
	struct rooted *f = *state;

	tree_file(&f->tree, "/etc/nova/nova.conf",
	    "[DEFAULT]\nsql_connection = n\n[database]\nconnection =\n");
	databases(
	    f, "nova file:/etc/nova/nova.conf [DEFAULT] sql_connection n\n");
}

/* What a compute node's own file says wins over the shared one. */
static void
test_compute_file(void **state)
{
	struct rooted *f = *state;

	tree_file(&f->tree, "/etc/nova/nova.conf",
	    "[DEFAULT]\nhost = c1\n[libvirt]\nvirt_type = kvm\n");
	tree_file(&f->tree, "/etc/nova/nova-compute.conf",
	    "[libvirt]\nvirt_type = lxc\n");
	assert_int_equal(rooted_load(f), 0);
	assert_string_equal(f->site->libvirt_uri, "lxc:///");
	assert_int_equal(f->site->nfiles, 2);
	assert_string_equal(f->site->files[1], "/etc/nova/nova-compute.conf");
}

static void
test_addresses(void **state)
{
	static const char *const want[] = { "nova.conf my_ip", "10.2.116.14",
		"nova.conf [vnc] server_proxyclient_address", "10.2.116.14",
		"cinder.conf target_ip_address", "10.3.0.1",
		"openvswitch_agent.ini [ovs] local_ip", "fd00::1" };
	struct rooted *f = *state;
	size_t i;

	tree_file(&f->tree, "/etc/nova/nova.conf",
	    "[DEFAULT]\nmy_ip = 10.2.116.14\n[vnc]\nserver_listen = 0.0.0.0\n"
	    "server_proxyclient_address = $my_ip\n");
	tree_file(&f->tree, "/etc/cinder/cinder.conf",
	    "[DEFAULT]\ntarget_ip_address = 10.3.0.1\niscsi_ip_address =\n");
	tree_file(&f->tree, "/etc/neutron/plugins/ml2/openvswitch_agent.ini",
	    "[ovs]\nlocal_ip = fd00::1\n");
	assert_int_equal(rooted_load(f), 0);
	assert_int_equal(f->site->naddresses, 4);
	for (i = 0; i < 4; i++) {
		assert_string_equal(f->site->addresses[i].where, want[2 * i]);
		assert_string_equal(
		    f->site->addresses[i].text, want[2 * i + 1]);
	}
}

/* Where shares are mounted: as set, in every backend, or by default; once. */
static void
test_mounts(void **state)
{
	static const char *const want[] = { "/srv/state/mnt", "/mnt/nova",
		"/var/lib/cinder/mnt", "/mnt/one", "/var/lib/cinder/two",
		"/var/lib/cinder/backup_mount" };
	struct rooted *f = *state;
	size_t i;

	assert_int_equal(rooted_load(f), 0);
	assert_int_equal(f->site->nmounts, 3);
	assert_string_equal(f->site->mounts[0], "/var/lib/nova/mnt");
	tree_file(&f->tree, "/etc/nova/nova.conf",
	    "[DEFAULT]\nstate_path = /srv/state\n[libvirt]\n"
	    "nfs_mount_point_base = /mnt/nova//\n"
	    "quobyte_mount_point_base = relative\n");
	tree_file(&f->tree, "/etc/cinder/cinder.conf",
	    "[DEFAULT]\nenabled_backends = one, two,lvm\n"
	    "[one]\nnfs_mount_point_base = /mnt/one\n"
	    "[two]\nnfs_mount_point_base = $state_path/two\n"
	    "[off]\nnfs_mount_point_base = /mnt/off\n");
	assert_int_equal(rooted_load(f), 0);
	assert_int_equal(f->site->nmounts, 6);
	for (i = 0; i < 6; i++)
		assert_string_equal(f->site->mounts[i], want[i]);
}

static void
test_nothing(void **state)
{
	struct rooted *f = *state;
	char name[256] = "";

	assert_int_equal(rooted_load(f), 0);
	assert_false(f->site->has_nova);
	assert_int_equal(f->site->ndatabases, 0);
	assert_int_equal(f->site->nfiles, 0);
	assert_string_equal(f->site->libvirt_uri, "qemu:///system");
	assert_string_equal(f->site->instances_path, "/var/lib/nova/instances");
	assert_int_equal(gethostname(name, sizeof(name) - 1), 0);
	assert_string_equal(f->site->host, name);

	tree_file(&f->tree, "/etc/hostname", "cloud01\n");
	assert_int_equal(rooted_load(f), 0);
	assert_string_equal(f->site->host, "cloud01");
	tree_file(&f->tree, "/etc/hostname", "\n");
	assert_int_equal(rooted_load(f), 0);
	assert_string_equal(f->site->host, name);
	site_free(NULL);
}

static void
test_broken(void **state)
{
	struct rooted *f = *state;
	const char *const *said;
	size_t n;

	tree_file(&f->tree, "/etc/nova/nova.conf", "[DEFAULT]\nhost = c1\n");
	tree_file(&f->tree, "/etc/cinder/cinder.conf",
	    "[database]\nconnection canary\n");
	assert_int_equal(rooted_load(f), -1);
	said = warn_said(&n);
	assert_int_equal(n, 1);
	assert_non_null(strstr(said[0], "/etc/cinder/cinder.conf:2"));
	assert_null(strstr(said[0], "canary"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROOTED(test_nova),
		ROOTED(test_essex),
		ROOTED(test_modern),
		ROOTED(test_empty_connection),
		ROOTED(test_compute_file),
		ROOTED(test_addresses),
		ROOTED(test_mounts),
		ROOTED(test_nothing),
		ROOTED(test_broken),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
