/* The sweep of a snapshot: rows outside the catalogue that hold an address. */
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
    "CREATE TABLE instances (id int PRIMARY KEY, t text);"
    "INSERT INTO instances VALUES (1, '10.2.116.14');"
    "CREATE DATABASE keystone CHARACTER SET utf8; USE keystone;"
    "CREATE TABLE endpoint (id varchar(64) PRIMARY KEY, url text);"
    "USE nova;";

static int
setup(void **state)
{

	(void)state;
	mariadb_sql(&site.server, base);
	warn_quiet(1);
	return 0;
}

/* A snapshot in which IPv6 is own, too. */
static struct bundle *
take(int no_sweep)
{
	static const char *const only[] = { "table:*", NULL }, *const more[] = {
		"2001:db8:1::e", NULL
	};
	const struct snapshot_options opt = { .output = site.bundle,
		.key = site.key,
		.root = site.root,
		.defaults_file = site.cnf,
		.only = only,
		.addresses = more,
		.force = 1,
		.no_libvirt = 1,
		.no_sweep = no_sweep };
	struct snapshot_result result;
	struct bundle *b;

	assert_int_equal(snapshot_take(&opt, &result), OUTCOME_DONE);
	snapshot_result_free(&result);
	assert_int_equal(bundle_open(site.bundle,
			     &(struct bundle_keys){ .trust = site.trust }, &b),
	    OUTCOME_DONE);
	assert_int_equal(bundle_check(b), OUTCOME_DONE);
	return b;
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

/* One value in a column of that type: is its row found? */
static const struct {
	const char *type, *value; /* as SQL */
	int found;
} values[] = {
	{ "text", "'10.2.116.14'", 1 },
	{ "text", "'x 10.2.116.14:3260,1 iqn'", 1 },
	{ "text", "'10.2.116.140'", 0 },
	{ "text", "'110.2.116.14'", 0 },
	{ "text", "'10.2.116.14.5'", 0 },
	{ "text", "'10.20.116.14'", 0 },
	{ "text", "'010.002.116.014'", 1 },
	{ "text", "'ip-10-2-116-14.internal'", 1 },
	{ "text", "'ip-10-2-116-140'", 0 },
	{ "text", "'::ffff:10.2.116.14'", 1 },
	{ "text", "'[::FFFF:0A02:740E]:80'", 1 },
	{ "text", "'0:0:0:0:0:ffff:a02:740e'", 1 },
	{ "text", "'::ffff:a02:740f'", 0 },
	{ "text", "'2001:db8:1::e'", 1 },
	{ "text", "'2001:0DB8:0001:0000:0000:0000:0000:000E'", 1 },
	{ "text", "'2001:db8:1:0:0:0:0.0.0.14'", 1 },
	{ "text", "'2001:db8:1::f'", 0 },
	{ "text", "'2001:db8:1::e:e'", 0 },
	{ "text", "NULL", 0 },
	{ "text", "''", 0 },
	{ "varchar(64) CHARACTER SET latin1", "'a\xc3\xa4 10.2.116.14'", 1 },
	{ "varchar(64) COLLATE utf8_bin", "'[2001:DB8:1::E]'", 1 },
	{ "char(20)", "'10.2.116.14'", 1 },
	{ "longtext", "'10.2.116.14'", 1 },
	{ "json", "'{\"a\": [\"10.2.116.14\"]}'", 1 },
	{ "blob", "'\\0\\0 10.2.116.14'", 1 },
	{ "blob", "'[2001:DB8:1::E]'", 1 },
	{ "varbinary(40)", "'10.2.116.14'", 1 },
	{ "enum('10.2.116.14', 'b')", "'10.2.116.14'", 1 },
	{ "enum('10.2.116.14', 'b')", "'b'", 0 },
	{ "inet6", "'2001:db8:1::e'", 1 },
	{ "inet6", "'::ffff:10.2.116.14'", 1 },
	{ "inet6", "'2001:db8:1::f'", 0 },
	{ "int", "10", 0 },
	{ "datetime", "'2012-10-30 10:02:14'", 0 },
	{ "point", "POINT(10, 2)", 0 },
	/* What no search over text finds. */
	{ "mediumtext", "TO_BASE64('ip 10.2.116.14')", 1 },
	{ "mediumtext", "TO_BASE64('ip 10.2.116.140')", 0 },
	{ "mediumtext", "TO_BASE64('[2001:DB8:1::E]')", 1 },
	{ "mediumtext",
	    "TO_BASE64(CONCAT(REPEAT('#!/bin/sh\\n', 40), '10.2.116.14'))", 1 },
	{ "mediumblob", "TO_BASE64('010.2.116.14')", 1 },
	/* printf 'ip 10.2.116.14' | gzip -n | base64 */
	{ "mediumtext", "'H4sIAAAAAAAAA8ssUDA00DPSMzQ00zM0AQBojaaRDgAAAA=='",
	    1 },
	{ "mediumblob",
	    "FROM_BASE64('H4sIAAAAAAAAA8ssUDA00DPSMzQ00zM0AQBojaaRDgAAAA==')",
	    1 },
	{ "mediumtext", "'H4sIAAAAAAAAA'", 0 },
};

static void
test_values(void **state)
{
	const struct item *item;
	struct bundle *b;
	char sql[512];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		snprintf(sql, sizeof(sql),
		    "USE nova; CREATE TABLE more_%zu (id int PRIMARY KEY,"
		    " v %s); INSERT INTO more_%zu VALUES (1, %s)",
		    i, values[i].type, i, values[i].value);
		mariadb_sql(&site.server, sql);
	}
	b = take(0);
	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		snprintf(sql, sizeof(sql), "table:nova.more_%zu", i);
		item = manifest_find(bundle_manifest(b), sql);
		if ((item != NULL) != values[i].found)
			fail_msg("%s, %s: found %d", values[i].type,
			    values[i].value, item != NULL);
		if (item != NULL)
			assert_int_equal(item->table->outside, 1);
	}
	bundle_close(b);
}

/* Only the rows that hold one, with all their columns; what the catalogue has
 * stays whole; history is counted. */
static void
test_rows(void **state)
{
	const struct manifest_sweep *sweep;
	struct buf out = BUF_EMPTY;
	const struct item *item;
	const struct manifest *m;
	struct bundle *b;

	(void)state;
	mariadb_sql(&site.server,
	    "USE nova;"
	    "CREATE TABLE more (k varchar(20) PRIMARY KEY, n int, a text,"
	    " g int AS (n + 1) VIRTUAL);"
	    "INSERT INTO more (k, n, a) VALUES ('c', 1, 'no'),"
	    " ('b', 2, 'http://10.2.116.14/'), ('a', 3, '10.2.116.14'),"
	    " ('10.2.116.14', 4, NULL), ('d', 5, '10.2.116.140');"
	    "CREATE TABLE keyless (a text);"
	    "INSERT INTO keyless VALUES ('10.2.116.14'), ('x');"
	    "CREATE TABLE `odd.na me%` (id int PRIMARY KEY, `a``b` text)"
	    " ENGINE=MyISAM;"
	    "INSERT INTO `odd.na me%` VALUES (1, '10.2.116.14');"
	    "CREATE TABLE shadow_volumes (id int, a text);"
	    "INSERT INTO shadow_volumes VALUES (1, '10.2.116.14'), (2, 'x'),"
	    " (3, '10.2.116.14');"
	    "CREATE TABLE nothing (id int PRIMARY KEY, a text);"
	    "CREATE VIEW seen AS SELECT * FROM more;"
	    "CREATE TABLE keystone.more (id int PRIMARY KEY, a text);"
	    "INSERT INTO keystone.more VALUES (7, '10.2.116.14')");
	b = take(0);
	m = bundle_manifest(b);
	sweep = &m->sweep;
	assert_int_equal(sweep->done, 1);
	assert_int_equal(sweep->tables, 6);
	assert_int_equal(sweep->columns, 7);
	assert_int_equal(sweep->found_rows, 6);
	assert_non_null(item = manifest_find(m, "table:nova.more"));
	assert_int_equal(item->table->rows, 3);
	assert_int_equal(item->table->ncolumns, 4);
	assert_int_equal(item->table->columns[0].key, 1);
	assert_string_equal(item->table->role, "nova");
	assert_int_equal(bundle_load(b, "table:nova.more", &out), OUTCOME_DONE);
	assert_string_equal(out.data, "10.2.116.14\t4\t\\N\n"
				      "a\t3\t10.2.116.14\n"
				      "b\t2\thttp://10.2.116.14/\n");
	assert_non_null(item = manifest_find(m, "table:nova.instances"));
	assert_int_equal(item->table->outside, 0);
	assert_non_null(item = manifest_find(m, "table:keystone.more"));
	assert_string_equal(item->table->role, "keystone");
	assert_non_null(manifest_find(m, "table:nova.odd.na me%"));
	assert_non_null(manifest_find(m, "table:nova.keyless"));
	assert_null(manifest_find(m, "table:nova.shadow_volumes"));
	assert_null(manifest_find(m, "table:nova.nothing"));
	assert_null(manifest_find(m, "table:nova.seen"));
	assert_true(warned(b, "table:nova.shadow_volumes: 2 rows hold an"));
	assert_true(warned(b, "table:nova.keyless: no primary key"));
	assert_true(warned(b, "table:nova.odd.na me%: its engine has no"));
	assert_true(warned(b, "outside the catalogue: 3 rows"));
	bundle_close(b);
	b = take(1);
	m = bundle_manifest(b);
	assert_int_equal(m->sweep.done, 0);
	assert_null(manifest_find(m, "table:nova.more"));
	assert_non_null(manifest_find(m, "table:nova.instances"));
	assert_true(warned(b, "was not searched for addresses of this node"));
	bundle_close(b);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_values, setup),
		cmocka_unit_test_setup(test_rows, setup),
	};
	int rc;

	if (dbsite_start(&site) == 0)
		return 77;
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
