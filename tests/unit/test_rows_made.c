/* The rows of a plan, made; and what is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/nova_rows.h"

/* Applied, every byte is as planned, nothing else has changed, and a second
 * plan is empty. */
static void
test_apply(void **state)
{
	struct restore r;

	(void)state;
	nova_rows_anew();
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	mariadb_sql(&site.server, "DELETE FROM nova.block_device_mapping;"
				  "DELETE FROM nova.volumes WHERE id < 9;"
				  "UPDATE nova.volumes SET instance_id = NULL;"
				  "DELETE FROM nova.instances WHERE id = 1");
	opt = dbsite_options(&site, maps);
	row_plan_open(&opt, &r);
	assert_int_equal(nova_rows_make(&r), OUTCOME_DONE);
	restore_close(&r);
	dbsite_cell(&site,
	    "SELECT connection_info FROM nova.block_device_mapping"
	    " WHERE id = 3",
	    "{\"data\": {\"target_portal\": \"10.2.15.3:3260\","
	    " \"auth_password\": \"canary\"}, \"serial\": \"s\"}");
	dbsite_cell(&site,
	    "SELECT GROUP_CONCAT(HEX(b), ' ', f, ' ', d, ' ', s)"
	    " FROM nova.instances WHERE id = 1",
	    "00FF5C0A 3.14 0000-00-00 00:00:00 2012-10-30 11:12:13");
	dbsite_cell(&site, "SELECT CONCAT(bridge, dns1) FROM nova.networks",
	    "br-ext10.2.15.3");
	dbsite_cell(&site, "SELECT url FROM keystone.endpoint",
	    "http://u:canary@10.2.15.3:5000/");
	dbsite_cell(&site,
	    "SELECT provider_location FROM nova.volumes WHERE id = 9",
	    "10.2.116.140:3260,1 iqn.c 1");
	dbsite_cell(
	    &site, "SELECT COUNT(*) FROM nova.volumes WHERE id = 8", "1");
	dbsite_cell(&site, "SELECT domain FROM nova.dns_domains WHERE n = 2",
	    "10.2.15.3");
	row_plan_expect(&opt, NOTE HELD AUTH OLD OLD2);
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_int_equal(restore_verify(&r), OUTCOME_DONE);
	restore_close(&r);
}

/* What moves between plan and apply is found at the write. */
static const struct {
	const char *sql, *said;
} moved[] = {
	{ "UPDATE keystone.endpoint SET url = 'http://other/'",
	    "column url has changed" },
	{ "UPDATE keystone.endpoint SET url = NULL", "column url has changed" },
	{ "DELETE FROM keystone.endpoint", "the row is gone" },
	{ "ALTER TABLE keystone.endpoint DROP url", "has no column url" },
	{ "ALTER TABLE keystone.endpoint MODIFY id varchar(64), DROP PRIMARY "
	  "KEY",
	    "another primary key" },
	{ "DROP TABLE keystone.endpoint", "has no table keystone.endpoint" },
	{ "INSERT INTO nova.instances (id) VALUES (1)",
	    "row:nova.instances:1: a row with this key is here, and its "
	    "column" },
	{ "UPDATE keystone.endpoint SET url = UPPER(url)",
	    "column url has changed" },
};

static void
test_moved(void **state)
{
	const char *const *lines;
	struct restore r;
	size_t i, n;
	int said;

	(void)state;
	nova_rows_anew();
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	for (i = 0; i < sizeof(moved) / sizeof(moved[0]); i++) {
		nova_rows_anew();
		mariadb_sql(&site.server,
		    "UPDATE nova.volumes SET instance_id = NULL;"
		    "DELETE FROM nova.instances WHERE id = 1");
		opt = dbsite_options(&site, maps);
		warn_forget();
		row_plan_open(&opt, &r);
		mariadb_sql(&site.server, moved[i].sql);
		assert_int_equal(nova_rows_make(&r), OUTCOME_UNSAFE);
		lines = warn_said(&n);
		for (said = 0; n > 0; n--) {
			said |= strstr(lines[n - 1], moved[i].said) != NULL;
			assert_null(strstr(lines[n - 1], "canary"));
		}
		if (!said)
			fail_msg(
			    "%s: %s is not said", moved[i].sql, moved[i].said);
		/* What was written before is taken back. */
		dbsite_cell(
		    &site, "SELECT dns1 FROM nova.networks", "10.2.116.14");
		restore_close(&r);
	}
	warn_forget();
}

static void
test_leftover(void **state)
{
	struct restore r;

	(void)state;
	nova_rows_anew();
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_non_null(r.plan = plan_new());
	mariadb_sql(&site.server,
	    "UPDATE nova.networks SET bridge = 'br0', dns1 = NULL;"
	    "INSERT INTO nova.networks VALUES (5, 0, '', '10.2.116.14'),"
	    " (6, 1, '', '10.2.116.14')");
	assert_int_equal(leftover_db(&r), 0);
	row_plan_is(r.plan,
	    "LEFTOVER row:nova.networks:5 dns1 leftover\n"
	    "LEFTOVER row:nova.dns_domains:10.2.116.14,2 domain leftover\n"
	    "LEFTOVER row:nova.volumes:7 provider_location leftover\n"
	    "LEFTOVER row:nova.block_device_mapping:3"
	    " connection_info data.target_portal leftover\n"
	    "LEFTOVER row:keystone.endpoint:a url leftover\n"
	    "LEFTOVER row:keystone.endpoint:a extra publicurl leftover\n");
	restore_close(&r);
}

/* A swap: what is right holds what looks old; what is not right is found. */
static void
test_swap(void **state)
{
	static const char *const swap[] = { "10.2.116.14=10.2.15.3",
		"10.2.15.3=10.2.116.14", NULL };
	struct restore r;

	(void)state;
	nova_rows_anew();
	mariadb_sql(&site.server,
	    "INSERT INTO nova.networks VALUES (2, 0, '10.2.15.3', '10.2.15.3'),"
	    " (3, 0, '10.2.116.14', 'x 10.2.15.3')");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, swap);
	opt.only = (const char *const[]){ "table:nova.networks", NULL };
	row_plan_open(&opt, &r);
	assert_int_equal(nova_rows_make(&r), OUTCOME_DONE);
	dbsite_cell(&site,
	    "SELECT GROUP_CONCAT(bridge, ' ', dns1) FROM nova.networks",
	    "br100 10.2.15.3,10.2.116.14 10.2.116.14,10.2.15.3 x 10.2.116.14");
	restore_close(&r);
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_int_equal(restore_verify(&r), OUTCOME_DONE);
	restore_close(&r);
	mariadb_sql(&site.server,
	    "INSERT INTO nova.networks VALUES (9, 0, '10.2.15.3', '')");
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_int_equal(restore_verify(&r), OUTCOME_DIFFERS);
	row_plan_is(r.plan, "LEFTOVER row:nova.networks:9 bridge leftover\n");
	restore_close(&r);
}

/* What is right in a row does not hide what is not: beside a cell that is as
 * the map wants it, in a cell and in a row that the map does not touch. */
static void
test_beside(void **state)
{
	struct restore r;

	(void)state;
	nova_rows_anew();
	mariadb_sql(&site.server,
	    "INSERT INTO nova.networks VALUES (2, 0, 'br2', 'none')");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	opt.only = (const char *const[]){ "table:nova.networks", NULL };
	row_plan_open(&opt, &r);
	assert_int_equal(nova_rows_make(&r), OUTCOME_DONE);
	restore_close(&r);
	mariadb_sql(&site.server,
	    "UPDATE nova.networks SET bridge = '10.2.116.14' WHERE id = 1;"
	    "UPDATE nova.networks SET dns1 = '10.2.116.14' WHERE id = 2");
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_int_equal(restore_verify(&r), OUTCOME_DIFFERS);
	row_plan_is(r.plan, "DRIFT row:nova.networks:1 bridge drift\n"
			    "LEFTOVER row:nova.networks:1 bridge leftover\n"
			    "LEFTOVER row:nova.networks:2 dns1 leftover\n");
	restore_close(&r);
}

/* A table that the bundle does not have: what is held in it is said here. */
static void
test_new_table(void **state)
{
	struct restore r;

	(void)state;
	nova_rows_anew();
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	mariadb_sql(&site.server,
	    "CREATE TABLE nova.provider_fw_rules (id int PRIMARY KEY,"
	    " cidr varchar(30)) ENGINE=InnoDB;"
	    "INSERT INTO nova.provider_fw_rules VALUES (1, '10.2.116.14/32');"
	    "CREATE TABLE nova.fixed_ips (id int PRIMARY KEY,"
	    " address varchar(30)) ENGINE=InnoDB;"
	    "INSERT INTO nova.fixed_ips VALUES (1, '10.2.116.14')");
	opt = dbsite_options(&site, maps);
	opt.only = (const char *const[]){ "table:nova.provider*",
		"table:nova.fixed*", "table:nova.n*", NULL };
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_USAGE);
	restore_close(&r);
	opt.only = NULL;
	opt.except =
	    (const char *const[]){ "table:*.[!pf]*", "account:*", NULL };
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	assert_null(r.db);
	assert_int_equal(
	    db_connect(r.site, opt.defaults_file, &r.db), OUTCOME_DONE);
	assert_non_null(r.plan = plan_new());
	assert_int_equal(leftover_db(&r), 0);
	row_plan_is(r.plan, "HELD row:nova.provider_fw_rules:1 cidr tenant\n"
			    "LEFTOVER row:nova.fixed_ips:1 address leftover\n");
	restore_close(&r);
}

/* Types without a character set that hold an address all the same; keys of
 * several kinds; what the server would compare in its own way. */
static void
test_types(void **state)
{
	struct restore r;

	(void)state;
	nova_rows_anew();
	mariadb_sql(&site.server,
	    "DROP TABLE nova.networks;"
	    "CREATE TABLE nova.networks (u uuid, i inet6, b varbinary(9),"
	    " d datetime, n decimal(9,2), gateway inet6, cidr varbinary(40),"
	    " bit_ bit(9), f float, e enum('br100', 'br-ext'),"
	    " bridge char(20) COLLATE utf8_general_ci,"
	    " PRIMARY KEY (u, i, b, d, n)) ENGINE=InnoDB;"
	    "INSERT INTO nova.networks VALUES"
	    " ('123e4567-e89b-12d3-a456-426655440000', '::1', X'00095c',"
	    " '2012-10-30 01:02:03', 1.50, '::ffff:10.2.116.14',"
	    " '10.2.116.14/32', b'101011100', 3.14, 'br100', 'br100'),"
	    " ('123e4567-e89b-12d3-a456-426655440001', '::2', '',"
	    " '0000-00-00', -1, '2001:db8::1', NULL, b'1010', 1e30, 'br-ext',"
	    " 'BR100')");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	opt.only = (const char *const[]){ "table:nova.networks", NULL };
	mariadb_sql(&site.server, "CREATE TABLE nova.was AS SELECT * FROM"
				  " nova.networks");
	mariadb_sql(&site.server, "DELETE FROM nova.networks WHERE n < 0");
	row_plan_open(&opt, &r);
	assert_int_equal(plan_count(r.plan, PLAN_CREATE, ITEM_TABLE), 1);
	assert_int_equal(plan_count(r.plan, PLAN_CHANGE, ITEM_TABLE), 1);
	assert_int_equal(nova_rows_make(&r), OUTCOME_DONE);
	restore_close(&r);
	dbsite_cell(&site,
	    "SELECT GROUP_CONCAT(gateway, ' ', cidr, ' ', bridge)"
	    " FROM nova.networks WHERE n > 0",
	    "::ffff:10.2.15.3 10.2.15.3/32 br-ext");
	dbsite_cell(&site,
	    "SELECT COUNT(*) FROM nova.networks a JOIN nova.was b"
	    " USING (u, i, b, d, n, f, bit_, e)",
	    "2");
	row_plan_expect(&opt, "");
}

/* More rows than a batch, keys of text, keys in another order here. */
static void
test_batches(void **state)
{
	struct restore r;

	(void)state;
	nova_rows_anew();
	mariadb_sql(&site.server,
	    "INSERT INTO keystone.endpoint SELECT MD5(seq),"
	    " CONCAT('http://10.2.116.', IF(seq % 10, 200, 14), ':',"
	    " seq, '/'), NULL FROM seq_1_to_2750");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	mariadb_sql(&site.server,
	    "DELETE FROM keystone.endpoint WHERE url LIKE '%00/';"
	    "ALTER TABLE keystone.endpoint CONVERT TO CHARACTER SET utf8"
	    " COLLATE utf8_bin");
	opt = dbsite_options(&site, maps);
	opt.only = (const char *const[]){ "table:keystone.*", NULL };
	row_plan_open(&opt, &r);
	assert_int_equal(plan_count(r.plan, PLAN_CREATE, ITEM_TABLE), 28);
	assert_int_equal(plan_count(r.plan, PLAN_CHANGE, ITEM_TABLE), 275 - 27);
	assert_int_equal(nova_rows_make(&r), OUTCOME_DONE);
	restore_close(&r);
	row_plan_open(&opt, &r);
	assert_int_equal(plan_count(r.plan, PLAN_CREATE, -1), 0);
	assert_int_equal(plan_count(r.plan, PLAN_CHANGE, -1), 0);
	restore_close(&r);
	dbsite_cell(&site,
	    "SELECT COUNT(*) FROM keystone.endpoint WHERE url LIKE"
	    " 'http://10.2.15.3:%'",
	    "275");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_apply),
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_leftover),
		cmocka_unit_test(test_swap),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_new_table),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_batches),
	};
	int rc;

	if (dbsite_start(&site) == 0)
		return 77;
	warn_quiet(1);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
