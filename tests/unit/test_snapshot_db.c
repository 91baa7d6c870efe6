#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/dbsite.h"

static struct dbsite site;

static const char base[] =
    "DROP DATABASE IF EXISTS nova; DROP DATABASE IF EXISTS keystone;"
    "CREATE DATABASE nova CHARACTER SET utf8; USE nova;"
    "CREATE TABLE instances (id int PRIMARY KEY, deleted int,"
    " access_ip_v4 varchar(39), created datetime, n bigint);"
    "INSERT INTO instances VALUES (2, 0, '10.2.116.14', NULL, 10), (1, 0,"
    " NULL, '2012-10-30 11:12:13', 20);"
    "CREATE TABLE block_device_mapping (id int PRIMARY KEY, deleted int,"
    " connection_info text, g int AS (id + 1) VIRTUAL,"
    " FOREIGN KEY (id) REFERENCES instances (id));"
    "INSERT INTO block_device_mapping (id, deleted, connection_info) VALUES"
    " (1, 0, '{\"data\": {\"target_portal\": \"10.2.116.14:3260\","
    " \"device_path\": \"by-path/ip-10.2.116.14:3260-iscsi-x\"}}'),"
    " (2, 0, NULL);"
    "CREATE TABLE volumes (id int PRIMARY KEY);"
    "CREATE TABLE certificates (id int PRIMARY KEY, t text);"
    "INSERT INTO certificates VALUES (1, '10.2.116.14');"
    "CREATE DATABASE keystone CHARACTER SET utf8; USE keystone;"
    "CREATE TABLE endpoint (id varchar(64) PRIMARY KEY, url text, extra text);"
    "INSERT INTO endpoint VALUES ('b', 'http://10.2.116.14:5000/v2.0', '{}'),"
    " ('a', 'http://[2001:db8::e]:5000', NULL);";

static struct bundle *
open_bundle(void)
{
	struct bundle *b;

	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	assert_int_equal(bundle_open(site.bundle,
			     &(struct bundle_keys){ .trust = site.trust }, &b),
	    OUTCOME_DONE);
	return b;
}

static int
setup(void **state)
{

	(void)state;
	mariadb_sql(&site.server, base);
	warn_quiet(1);
	return 0;
}

/* 1 when the bundle has a warning with that text. */
static int
warned(const struct bundle *b, const char *text)
{
	const struct manifest *m = bundle_manifest(b);
	size_t i;

	for (i = 0; i < m->nwarnings; i++)
		if (strstr(m->warnings[i].text, text) != NULL)
			return 1;
	return 0;
}

static uint64_t
count(const struct manifest *m, const char *item, const char *address)
{
	struct address a;
	size_t i;

	assert_int_equal(address_parse(address, &a), 0);
	for (i = 0; i < m->nindex; i++)
		if (address_compare(&a, &m->index[i].addr) == 0 &&
		    strcmp(m->items[m->index[i].item]->name, item) == 0)
			return m->index[i].count;
	return 0;
}

static void
test_items(void **state)
{
	struct bundle *b = open_bundle();
	const struct manifest *m = bundle_manifest(b);
	static const char *const want[] = { "table:nova.instances",
		"table:nova.volumes", "table:nova.block_device_mapping",
		"table:keystone.endpoint", "table:nova.certificates" };
	const struct item *item;
	size_t i, n = 0;

	(void)state;
	for (i = 0; i < m->nitems; i++)
		if (m->items[i]->kind == ITEM_TABLE)
			assert_string_equal(m->items[i]->name, want[n++]);
	assert_int_equal(n, 5);
	assert_non_null(item = manifest_find(m, want[2]));
	assert_string_equal(item->path, "nova/block_device_mapping.txt");
	assert_string_equal(item->table->role, "nova");
	assert_int_equal(item->table->rows, 2);
	assert_int_equal(item->table->ncolumns, 4);
	assert_int_equal(item->table->columns[3].generated, 1);
	assert_int_equal(item->table->columns[0].key, 1);
	assert_int_equal(m->ndatabases, 2);
	assert_string_equal(m->databases[0].role, "nova");
	/* --no-libvirt, what else is left out, and what is outside the
	 * catalogue is told, nothing more. */
	for (i = 0; i < m->nwarnings; i++)
		if (m->warnings[i].item == NULL)
			assert_non_null(strstr(
			    m->warnings[i].text, "left out by the operator"));
		else
			assert_string_equal(
			    m->warnings[i].item, "table:nova.certificates");
	assert_int_equal(count(m, want[2], "10.2.116.14"), 2);
	assert_int_equal(count(m, want[0], "10.2.116.14"), 1);
	assert_int_equal(count(m, want[3], "10.2.116.14"), 1);
	assert_int_equal(count(m, want[3], "2001:db8::e"), 1);
	bundle_close(b);
}

static void
test_bytes(void **state)
{
	struct bundle *b = open_bundle();
	struct buf out = BUF_EMPTY;

	(void)state;
	assert_int_equal(
	    bundle_load(b, "table:nova.instances", &out), OUTCOME_DONE);
	assert_string_equal(out.data, "1\t0\t\\N\t2012-10-30 11:12:13\t20\n"
				      "2\t0\t10.2.116.14\t\\N\t10\n");
	buf_clear(&out);
	assert_int_equal(
	    bundle_load(b, "table:keystone.endpoint", &out), OUTCOME_DONE);
	assert_string_equal(out.data, "a\thttp://[2001:db8::e]:5000\t\\N\n"
				      "b\thttp://10.2.116.14:5000/v2.0\t{}\n");
	buf_clear(&out);
	assert_int_equal(
	    bundle_load(b, "table:nova.volumes", &out), OUTCOME_DONE);
	assert_int_equal(out.len, 0);
	assert_int_equal(bundle_check(b), OUTCOME_DONE);
	buf_free(&out);
	bundle_close(b);
}

static const struct {
	const char *sql, *warning;
} warnings[] = {
	{ "ALTER TABLE nova.volumes ENGINE=MyISAM",
	    "table:nova.volumes: its engine has no transactions" },
	{ "ALTER TABLE nova.volumes DROP PRIMARY KEY",
	    "table:nova.volumes: no primary key" },
	{ "DROP TABLE nova.volumes; CREATE VIEW nova.volumes AS SELECT 1",
	    "nova.volumes is a view" },
	{ "DROP TABLE nova.block_device_mapping, nova.instances",
	    "nova.instances is not there" },
	{ "DROP DATABASE keystone", "schema keystone" },
	{ "DROP TABLE keystone.endpoint", "schema keystone" },
};

static void
test_warnings(void **state)
{
	struct bundle *b;
	size_t i;

	for (i = 0; i < sizeof(warnings) / sizeof(warnings[0]); i++) {
		setup(state);
		mariadb_sql(&site.server, warnings[i].sql);
		b = open_bundle();
		if (!warned(b, warnings[i].warning))
			fail_msg("%s: not warned", warnings[i].sql);
		assert_int_equal(bundle_check(b), OUTCOME_DONE);
		bundle_close(b);
	}
}

/* More rows than one buffer holds; the same rows give the same bytes. */
static void
test_large(void **state)
{
	const struct item *item;
	struct bundle *b;
	char digest[65];

	(void)state;
	mariadb_sql(&site.server,
	    "INSERT INTO nova.instances SELECT seq, 0,"
	    " CONCAT('10.2.116.', seq % 250), NULL, seq FROM"
	    " seq_100_to_20000");
	b = open_bundle();
	item = manifest_find(bundle_manifest(b), "table:nova.instances");
	assert_non_null(item);
	assert_int_equal(item->table->rows, 19903);
	assert_int_equal(bundle_check(b), OUTCOME_DONE);
	memcpy(digest, item->sha256, sizeof(digest));
	bundle_close(b);
	b = open_bundle();
	item = manifest_find(bundle_manifest(b), "table:nova.instances");
	assert_string_equal(item->sha256, digest);
	bundle_close(b);
}

/* One instant: rows that come while the tables are read are not in it.  The
 * session begins before the first of them is read. */
static void
test_instant(void **state)
{
	struct site_database d = { NULL, NULL, NULL, NULL };
	static char role[] = "nova", source[] = "x";
	static char url[] = "mysql://root:@localhost/nova";
	struct site s = { .databases = &d, .ndatabases = 1 };
	struct snapshot_options opt = { 0 };
	struct snapshot snap = { .opt = &opt };
	const struct item *item;

	(void)state;
	d.role = role;
	d.url = url;
	d.source = source;
	assert_int_equal(db_connect(&s, site.cnf, &snap.db), OUTCOME_DONE);
	assert_int_equal(bundle_create(site.bundle, site.key, 1, &snap.bundle),
	    OUTCOME_DONE);
	assert_int_equal(snapshot_db(&snap), 0);
	/* The transaction is over: nothing is locked any more. */
	mariadb_sql(
	    &site.server, "SET lock_wait_timeout = 1; DROP TABLE nova.volumes");
	item = manifest_find(
	    bundle_new_manifest(snap.bundle), "table:nova.volumes");
	assert_non_null(item);
	bundle_discard(snap.bundle);
	db_close(snap.db);
}

/* A table that cannot be read stops the snapshot, and no bundle is left. */
static void
test_unreadable(void **state)
{
	char path[200];

	(void)state;
	remove(site.bundle);
	mariadb_sql(&site.server,
	    "CREATE TABLE nova.services (id int PRIMARY KEY) ENGINE=MyISAM;"
	    "INSERT INTO nova.services VALUES (1)");
	snprintf(
	    path, sizeof(path), "%s/data/nova/services.MYI", site.server.dir);
	mariadb_sql(&site.server, "FLUSH TABLES");
	assert_int_equal(truncate(path, 3), 0);
	assert_int_equal(dbsite_take(&site), OUTCOME_FAILED);
	assert_int_equal(access(site.bundle, F_OK), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_items, setup),
		cmocka_unit_test_setup(test_bytes, setup),
		cmocka_unit_test_setup(test_warnings, setup),
		cmocka_unit_test_setup(test_large, setup),
		cmocka_unit_test_setup(test_instant, setup),
		cmocka_unit_test_setup(test_unreadable, setup),
	};
	int rc;

	if (dbsite_start(&site) == 0)
		return 77;
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
