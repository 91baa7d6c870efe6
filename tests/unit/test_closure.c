/* closure: the rows of a host, with what they need, from a real server; by the
 * keys that stand in the bundle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/database/rows.h"
#include "tests/unit/dbsite.h"

static struct dbsite site;

/* Hosts one and two; instances a1, a2 on one, b1 on two, s0 on none. */
static const char *const base[] = {
	"DROP DATABASE IF EXISTS nova; DROP DATABASE IF EXISTS cinder;"
	"DROP DATABASE IF EXISTS neutron; DROP DATABASE IF EXISTS keystone;"
	"CREATE DATABASE nova; CREATE DATABASE cinder; CREATE DATABASE neutron;"
	"CREATE DATABASE keystone;"
	"USE nova;"
	"CREATE TABLE services (id int PRIMARY KEY, host varchar(255));"
	"INSERT INTO services VALUES (1, 'one'), (2, 'two'), (3, 'ctl'),"
	" (4, 'one');"
	"CREATE TABLE compute_nodes (id int PRIMARY KEY, service_id int,"
	" host varchar(255), uuid varchar(36));"
	"INSERT INTO compute_nodes VALUES (1, NULL, 'one', 'c-1'),"
	" (2, 2, 'two', 'c-2');"
	"CREATE TABLE instances (id int PRIMARY KEY, uuid varchar(36) UNIQUE,"
	" host varchar(255), deleted int, vm_state varchar(20));"
	"INSERT INTO instances VALUES (1, 'a1', 'one', 0, 'active'),"
	" (2, 'a2', 'one', 2, 'deleted'), (3, 'b1', 'two', 0, 'active'),"
	" (5, 's0', NULL, 0, 'shelved_offloaded'), (6, '6b', 'two', 0, 'x');"
	"CREATE TABLE instance_metadata (id int PRIMARY KEY, instance_uuid"
	" varchar(36), value text);"
	"INSERT INTO instance_metadata VALUES (1, 'a1', ''), (2, 'b1', ''),"
	" (3, 'a2', ''), (4, 's0', ''), (5, NULL, '');"
	/* An Essex number beside uuids that begin with digits. */
	"CREATE TABLE fixed_ips (id int PRIMARY KEY, instance_id int, host"
	" varchar(255), network_id int, deleted int);"
	"INSERT INTO fixed_ips VALUES (1, 1, NULL, 1, 0), (2, 3, NULL, 2, 0),"
	" (3, NULL, NULL, 1, 0), (4, NULL, 'one', 3, 0), (5, 6, NULL, 2, 0);"
	"CREATE TABLE networks (id int PRIMARY KEY, host varchar(255));"
	"INSERT INTO networks VALUES (1, NULL), (2, NULL), (3, 'ctl'),"
	" (4, 'one');"
	"CREATE TABLE instance_actions (id int PRIMARY KEY, instance_uuid"
	" varchar(36));"
	"INSERT INTO instance_actions VALUES (10, 'a1'), (11, 'b1');"
	"CREATE TABLE instance_actions_events (id int PRIMARY KEY,"
	" action_id int, host varchar(255));"
	"INSERT INTO instance_actions_events VALUES (1, 10, 'two'),"
	" (2, 11, 'one');",
	"CREATE TABLE block_device_mapping (id int PRIMARY KEY, deleted int,"
	" instance_uuid varchar(36), volume_id varchar(36));"
	"INSERT INTO block_device_mapping VALUES (1, 0, 'a1', 'v-a1'),"
	" (2, 2, 'a1', 'v-old'), (3, 0, 'b1', 'v-b1'), (4, 0, 'a1', 'v-both'),"
	" (5, 0, 'b1', 'v-both'), (6, 6, 'a1', 'v-gone');"
	"CREATE TABLE security_groups (id int PRIMARY KEY);"
	"INSERT INTO security_groups VALUES (1), (2), (3);"
	"CREATE TABLE security_group_rules (id int PRIMARY KEY, parent_group_id"
	" int, group_id int, FOREIGN KEY (group_id) REFERENCES security_groups"
	" (id));"
	"INSERT INTO security_group_rules VALUES (1, 1, 3), (2, 2, NULL);"
	"CREATE TABLE security_group_instance_association (security_group_id "
	"int,"
	" instance_uuid varchar(36));"
	"INSERT INTO security_group_instance_association VALUES (1, 'a1'),"
	" (2, 'b1');"
	"CREATE TABLE agent_builds (id int PRIMARY KEY);"
	"INSERT INTO agent_builds VALUES (1);"
	/* No key; and no column that tells a host. */
	"CREATE TABLE task_log (host varchar(255), n int);"
	"INSERT INTO task_log VALUES ('one', 1), ('two', 2);"
	"CREATE TABLE console_pools (id int PRIMARY KEY, address varchar(255));"
	"INSERT INTO console_pools VALUES (1, 'x');"
	"CREATE TABLE migrations (id int PRIMARY KEY, n int);",
	"USE cinder;"
	"CREATE TABLE services (id int PRIMARY KEY, host varchar(255));"
	"INSERT INTO services VALUES (1, 'one@lvm'), (2, 'ctl@nfs'), (3, "
	"'ctl');"
	"CREATE TABLE volumes (id varchar(36) PRIMARY KEY, host varchar(255),"
	" deleted int);"
	"INSERT INTO volumes VALUES ('v-a1', 'ctl@nfs#10.2.116.14:/x', 0),"
	" ('v-b1', 'ctl@nfs#p', 0), ('v-old', 'ctl@nfs#p', 0),"
	" ('v-both', 'ctl@nfs#p', 0), ('v-one', 'one@lvm#lvm', 0),"
	" ('v-onel', 'onel@lvm', 0), ('v-pool', 'one#p', 1), ('v-gone', "
	"'ctl@nfs#p', 0);"
	"CREATE TABLE volume_metadata (id int PRIMARY KEY, volume_id"
	" varchar(36));"
	"INSERT INTO volume_metadata VALUES (1, 'v-a1'), (2, 'v-b1'),"
	" (3, 'v-one');"
	"CREATE TABLE volume_attachment (id varchar(36) PRIMARY KEY, volume_id"
	" varchar(36), instance_uuid varchar(36), attached_host varchar(255),"
	" FOREIGN KEY (volume_id) REFERENCES volumes (id));"
	"INSERT INTO volume_attachment VALUES ('t-a1', 'v-a1', 'a1', 'one'),"
	" ('t-b1', 'v-b1', 'b1', 'one'), ('t-both-a', 'v-both', 'a1', 'one'),"
	" ('t-both-b', 'v-both', 'b1', 'two'), ('t-one-b', 'v-one', 'b1', "
	"'two'),"
	" ('t-host', 'v-old', NULL, 'one');"
	"CREATE TABLE attachment_specs (id int PRIMARY KEY, attachment_id"
	" varchar(36));"
	"INSERT INTO attachment_specs VALUES (1, 't-a1'), (2, 't-b1');",
	"USE neutron;"
	"CREATE TABLE agents (id varchar(36) PRIMARY KEY, host varchar(255));"
	"INSERT INTO agents VALUES ('g1', 'one'), ('g2', 'two');"
	"CREATE TABLE standardattributes (id bigint PRIMARY KEY);"
	"INSERT INTO standardattributes VALUES (1), (2), (3), (4), (-5), (66);"
	"CREATE TABLE networks (id varchar(36) PRIMARY KEY, standard_attr_id"
	" bigint, FOREIGN KEY (standard_attr_id) REFERENCES standardattributes"
	" (id));"
	"INSERT INTO networks VALUES ('n1', 1), ('n2', 2), ('n3', 66);"
	"CREATE TABLE subnets (id varchar(36) PRIMARY KEY, network_id"
	" varchar(36), FOREIGN KEY (network_id) REFERENCES networks (id));"
	"INSERT INTO subnets VALUES ('s1', 'n1'), ('s1b', 'n1'), ('s2', 'n2');"
	"CREATE TABLE dnsnameservers (address varchar(128), subnet_id"
	" varchar(36), PRIMARY KEY (address, subnet_id));"
	"INSERT INTO dnsnameservers VALUES ('10.2.116.14', 's1'), ('8.8.8.8',"
	" 's1'), ('8.8.8.8', 's2');"
	"CREATE TABLE ports (id varchar(36) PRIMARY KEY, network_id "
	"varchar(36),"
	" device_id varchar(255), standard_attr_id bigint, FOREIGN KEY"
	" (network_id) REFERENCES networks (id), FOREIGN KEY (standard_attr_id)"
	" REFERENCES standardattributes (id));"
	"INSERT INTO ports VALUES ('p-a1', 'n1', 'a1', 3), ('p-b1', 'n2', 'b1',"
	" 4), ('p-dhcp', 'n3', 'dhcp-x', -5), ('p-b1n1', 'n1', 'b1', NULL);"
	"CREATE TABLE ml2_port_bindings (port_id varchar(36), host "
	"varchar(255),"
	" PRIMARY KEY (port_id, host), FOREIGN KEY (port_id) REFERENCES ports"
	" (id));"
	"INSERT INTO ml2_port_bindings VALUES ('p-a1', 'one'), ('p-a1', 'two'),"
	" ('p-b1', 'two'), ('p-dhcp', 'one'), ('p-b1n1', 'two');"
	"CREATE TABLE networksegments (id varchar(36) PRIMARY KEY, network_id"
	" varchar(36));"
	"INSERT INTO networksegments VALUES ('e1', 'n1'), ('e2', 'n2');"
	"CREATE TABLE segmenthostmappings (segment_id varchar(36), host"
	" varchar(255), PRIMARY KEY (segment_id, host));"
	"INSERT INTO segmenthostmappings VALUES ('e1', 'one'), ('e1', 'two'),"
	" ('e2', 'one'), ('e2', 'two');"
	"USE keystone;"
	"CREATE TABLE endpoint (id int PRIMARY KEY, url text);"
	"INSERT INTO endpoint VALUES (1, 'http://10.2.116.14:5000');"
};

/* Take a bundle of the hosts; what --host would give. */
static enum outcome
take(const char *const *hosts)
{
	struct snapshot_options opt = { .output = site.bundle,
		.key = site.key,
		.root = site.root,
		.defaults_file = site.cnf,
		.hosts = hosts,
		.force = 1,
		.no_libvirt = 1 };
	struct snapshot_result result;
	enum outcome rc;

	rc = snapshot_take(&opt, &result);
	snapshot_result_free(&result);
	return rc;
}

/* The keys of a table's rows, one behind the other. */
static void
keys(struct bundle_part *p, const struct item *item, struct buf *out)
{
	size_t skip = strlen("row:") + strlen(strchr(item->name, ':'));
	const struct db_value *cells;
	struct buf name = BUF_EMPTY;
	struct rows *r;
	int rc;

	assert_non_null(r = rows_open(p, item));
	while ((rc = rows_next(r, &cells)) == 1) {
		buf_clear(&name);
		assert_int_equal(rows_name(r, cells, &name), 0);
		assert_int_equal(buf_addf(out, " %s", name.data + skip), 0);
	}
	assert_int_equal(rc, 0);
	buf_free(&name);
	rows_close(r);
}

struct want {
	const char *table, *keys;
};

/* Every table that is named has these rows, the others are not looked at. */
static void
expect(const struct want *want, size_t n)
{
	struct buf line = BUF_EMPTY;
	const struct item *item;
	struct bundle_part *p;
	struct bundle *b;
	char name[80];
	size_t i, seen = 0;

	assert_int_equal(bundle_open(site.bundle,
			     &(struct bundle_keys){ .trust = site.trust }, &b),
	    OUTCOME_DONE);
	assert_int_equal(bundle_part_open(b, PART_DATABASE, &p), OUTCOME_DONE);
	while (bundle_part_next(p, &item) == 1)
		for (i = 0; i < n; i++) {
			snprintf(name, sizeof(name), "table:%s", want[i].table);
			if (strcmp(name, item->name) != 0)
				continue;
			buf_clear(&line);
			assert_int_equal(buf_adds(&line, ""), 0);
			keys(p, item, &line);
			if (strcmp(line.data, want[i].keys) != 0)
				fail_msg("%s:%s, not%s", name, line.data,
				    want[i].keys);
			seen++;
		}
	buf_free(&line);
	bundle_part_close(p);
	bundle_close(b);
	assert_int_equal(seen, n);
}

#define EXPECT(w) expect(w, sizeof(w) / sizeof((w)[0]))

static int
setup(void **state)
{

	size_t i;

	(void)state;
	for (i = 0; i < sizeof(base) / sizeof(base[0]); i++)
		mariadb_sql(&site.server, base[i]);
	warn_quiet(1);
	warn_forget();
	return 0;
}

static void
test_one(void **state)
{
	static const char *const hosts[] = { "one", NULL };
	static const struct want want[] = {
		{ "nova.services", " 1 4" },
		{ "nova.compute_nodes", " 1" },
		{ "nova.instances", " 1 2" },
		{ "nova.instance_metadata", " 1 3" },
		{ "nova.fixed_ips", " 1 4" },
		{ "nova.networks", " 1 3 4" },
		{ "nova.instance_actions", " 10" },
		{ "nova.instance_actions_events", " 1" },
		{ "nova.block_device_mapping", " 1 2 4 6" },
		{ "nova.security_groups", " 1 3" },
		{ "nova.security_group_rules", " 1" },
		{ "nova.agent_builds", " 1" },
		{ "nova.task_log", " #1 #2" },
		{ "nova.console_pools", " 1" },
		{ "nova.migrations", "" },
		{ "cinder.services", " 1" },
		{ "cinder.volumes", " v-a1 v-both v-old v-one v-pool" },
		{ "cinder.volume_metadata", " 1 3" },
		{ "cinder.volume_attachment", " t-a1 t-both-a t-host t-one-b" },
		{ "cinder.attachment_specs", " 1" },
		{ "neutron.agents", " g1" },
		{ "neutron.networks", " n1 n3" },
		{ "neutron.subnets", " s1 s1b" },
		{ "neutron.dnsnameservers", " 10.2.116.14,s1 8.8.8.8,s1" },
		{ "neutron.ports", " p-a1 p-dhcp" },
		{ "neutron.ml2_port_bindings",
		    " p-a1,one p-a1,two p-dhcp,one" },
		{ "neutron.networksegments", " e1" },
		{ "neutron.segmenthostmappings", " e1,one" },
		{ "neutron.standardattributes", " -5 1 3 66" },
		{ "keystone.endpoint", " 1" },
	};

	(void)state;
	assert_int_equal(take(hosts), OUTCOME_DONE);
	EXPECT(want);
}

static void
test_two(void **state)
{
	static const char *const hosts[] = { "two", NULL };
	static const struct want want[] = {
		{ "nova.services", " 2" },
		{ "nova.compute_nodes", " 2" },
		{ "nova.instances", " 3 6" },
		{ "nova.instance_metadata", " 2" },
		{ "nova.fixed_ips", " 2 5" },
		{ "nova.networks", " 2" },
		{ "cinder.services", "" },
		{ "cinder.volumes", " v-b1 v-both v-one" },
		{ "cinder.volume_attachment", " t-b1 t-both-b t-one-b" },
		{ "neutron.ports", " p-a1 p-b1 p-b1n1" },
		{ "neutron.networks", " n1 n2" },
		{ "neutron.standardattributes", " 1 2 3 4" },
	};

	(void)state;
	assert_int_equal(take(hosts), OUTCOME_DONE);
	EXPECT(want);
}

/* Both together: each row once. */
static void
test_both(void **state)
{
	static const char *const hosts[] = { "two", "one", NULL };
	static const struct want want[] = {
		{ "nova.services", " 1 2 4" },
		{ "nova.instances", " 1 2 3 6" },
		{ "cinder.volumes", " v-a1 v-b1 v-both v-old v-one v-pool" },
		{ "neutron.ports", " p-a1 p-b1 p-b1n1 p-dhcp" },
		{ "neutron.segmenthostmappings",
		    " e1,one e1,two e2,one e2,two" },
	};

	(void)state;
	assert_int_equal(take(hosts), OUTCOME_DONE);
	EXPECT(want);
}

/* 1 when the bundle has a warning with that text. */
static int
warned(const struct manifest *m, const char *text)
{
	size_t i;

	for (i = 0; i < m->nwarnings; i++)
		if (strstr(m->warnings[i].text, text) != NULL)
			return 1;
	return 0;
}

/* What the bundle says of itself, and of what it does not have. */
static void
test_told(void **state)
{
	static const char *const hosts[] = { "two", NULL };
	const struct manifest *m;
	struct bundle *b;

	(void)state;
	mariadb_sql(&site.server,
	    "ALTER TABLE nova.instances ADD launched_at datetime;"
	    "INSERT INTO nova.instances (id, uuid, host, deleted, vm_state)"
	    " VALUES (7, 'e7', 'one', 0, 'error'), (8, 'e8', 'one', 0,"
	    " 'building'), (9, 'e9', 'one', 0, 'stopped')");
	assert_int_equal(take(hosts), OUTCOME_DONE);
	assert_int_equal(bundle_open(site.bundle,
			     &(struct bundle_keys){ .trust = site.trust }, &b),
	    OUTCOME_DONE);
	m = bundle_manifest(b);
	assert_int_equal(m->nhosts, 1);
	assert_string_equal(m->hosts[0], "two");
	assert_true(warned(m, "--host two: its rows only"));
	assert_true(warned(m, "1 instance of nova that no host has"));
	assert_true(warned(m, "nova.task_log: no primary key"));
	assert_true(warned(m, "nova.console_pools: nothing tells"));
	/* An empty table is not worth a word. */
	assert_false(warned(m, "nova.migrations"));
	assert_int_equal(m->nelsewhere, 1);
	assert_string_equal(m->elsewhere[0].host, "one");
	assert_int_equal(m->elsewhere[0].ninstances, 2);
	assert_string_equal(m->elsewhere[0].instances[0].uuid, "a1");
	assert_string_equal(m->elsewhere[0].instances[1].uuid, "e9");
	assert_int_equal(m->elsewhere[0].instances[1].id, 9);
	bundle_close(b);
}

/* Names are taken as they are: no part of one, no other case, no pattern. */
static void
test_unknown(void **state)
{
	static const char *const names[] = { "on", "ONE", "one@lvm", "%", "",
		"gone", "one'" };
	const char *hosts[] = { "two", NULL, NULL };
	const char *const *said;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		hosts[1] = names[i];
		remove(site.bundle);
		warn_forget();
		assert_int_equal(take(hosts), OUTCOME_FAILED);
		assert_int_equal(access(site.bundle, F_OK), -1);
		said = warn_said(&n);
		assert_int_equal(n, 1);
		assert_non_null(strstr(said[0], "know no such host"));
		assert_non_null(strstr(
		    said[0], "those that they know: ctl, one, onel, two"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_one, setup),
		cmocka_unit_test_setup(test_two, setup),
		cmocka_unit_test_setup(test_both, setup),
		cmocka_unit_test_setup(test_told, setup),
		cmocka_unit_test_setup(test_unknown, setup),
	};
	int rc;

	if (dbsite_start(&site) == 0)
		return 77;
	dbsite_mkdir(site.root, "etc/cinder");
	dbsite_mkdir(site.root, "etc/neutron");
	dbsite_write(site.root, "etc/cinder/cinder.conf",
	    "[database]\nconnection=mysql://c:canary@10.2.116.14/cinder\n");
	dbsite_write(site.root, "etc/neutron/neutron.conf",
	    "[database]\nconnection=mysql://n:canary@10.2.116.14/neutron\n");
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
