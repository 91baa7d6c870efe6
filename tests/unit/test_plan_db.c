#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/nova_rows.h"

/* What is here, and what the plan then says. */
static const struct {
	const char *what, *sql, *plan;
	enum decide_policy policy;
} cases[] = {
	{ "nothing changed", "SELECT 1", FRONT AUTH VOLUME BACK, 0 },
	{ "done already",
	    "UPDATE nova.volumes SET provider_location ="
	    " '10.2.15.3:3260,1 iqn.a 1' WHERE id = 7",
	    FRONT AUTH BACK, 0 },
	{ "changed where the map does not touch",
	    "UPDATE nova.networks SET deleted = 2;"
	    "UPDATE nova.instances SET odd = 'new', f = 1",
	    FRONT AUTH VOLUME BACK, 0 },
	{ "changed beside the place",
	    "UPDATE nova.block_device_mapping SET connection_info ="
	    " '{\"data\": {\"target_portal\": \"10.2.116.14:3260\"}}'"
	    " WHERE id = 3",
	    FRONT AUTH VOLUME OLD
	    "CHANGE row:nova.block_device_mapping:3 [3] "
	    "connection_info={\"data\":"
	    " {\"target_portal\": \"10.2.15.3:3260\"}}\n" OLD2 ENDPOINT,
	    0 },
	{ "drift stops",
	    "UPDATE nova.volumes SET provider_location = '10.9.9.9:3260,1"
	    " iqn.a 1' WHERE id = 7",
	    FRONT
	    "DRIFT row:nova.volumes:7 provider_location drift\n" AUTH BACK,
	    ON_DRIFT_STOP },
	{ "drift is kept",
	    "UPDATE nova.volumes SET provider_location = '10.9.9.9:3260,1"
	    " iqn.a 1' WHERE id = 7",
	    FRONT AUTH BACK, ON_DRIFT_KEEP },
	{ "drift is rewritten",
	    "UPDATE nova.volumes SET provider_location = '10.2.116.14:9,1"
	    " iqn.z 1' WHERE id = 7",
	    FRONT AUTH "CHANGE row:nova.volumes:7 [7] "
		       "provider_location=10.2.15.3:9,1 iqn.z"
		       " 1\n" BACK,
	    ON_DRIFT_REWRITE },
	{ "drift is replayed",
	    "UPDATE nova.volumes SET provider_location = 'x' WHERE id = 7",
	    FRONT AUTH VOLUME BACK, ON_DRIFT_REPLAY },
	{ "NULL stops",
	    "UPDATE nova.volumes SET provider_location = NULL WHERE id = 7",
	    FRONT
	    "DRIFT row:nova.volumes:7 provider_location drift\n" AUTH BACK,
	    ON_DRIFT_STOP },
	{ "NULL is kept",
	    "UPDATE nova.volumes SET provider_location = NULL WHERE id = 7",
	    FRONT AUTH BACK, ON_DRIFT_KEEP },
	{ "NULL is rewritten: still NULL",
	    "UPDATE nova.volumes SET provider_location = NULL WHERE id = 7",
	    FRONT AUTH BACK, ON_DRIFT_REWRITE },
	{ "NULL is replayed",
	    "UPDATE nova.volumes SET provider_location = NULL WHERE id = 7",
	    FRONT AUTH VOLUME BACK, ON_DRIFT_REPLAY },
	{ "a row is gone",
	    "DELETE FROM nova.block_device_mapping WHERE id = 3;"
	    "DELETE FROM nova.volumes WHERE id = 7",
	    FRONT AUTH
	    "CREATE row:nova.volumes:7 [7] id=7 deleted=0"
	    " provider_location=10.2.15.3:3260,1 iqn.a 1 provider_auth=***"
	    " instance_id=1\n" OLD
	    "CREATE row:nova.block_device_mapping:3 [3] id=3 deleted=0"
	    " connection_info={\"data\": {\"target_portal\":"
	    " \"10.2.15.3:3260\", \"auth_password\": \"canary\"},"
	    " \"serial\": \"s\"} volume_id=7\n" OLD2 ENDPOINT,
	    0 },
	{ "a new row is nobody's",
	    "INSERT INTO nova.networks VALUES (5, 0, 'br100', '10.2.116.14')",
	    FRONT AUTH VOLUME BACK, 0 },
};

static void
test_cases(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		nova_rows_anew();
		if (i == 0)
			assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
		mariadb_sql(&site.server, cases[i].sql);
		opt = dbsite_options(&site, maps);
		opt.on_drift = cases[i].policy;
		print_message("%s\n", cases[i].what);
		row_plan_expect(&opt, cases[i].plan);
	}
}

/* What is left alone as history: its places and rows, table by table. */
static void
test_past(void **state)
{
	static const char *const also[] = { "row:nova.volumes:8", NULL };
	const struct past_table *t;
	struct restore r;
	size_t n;

	(void)state;
	nova_rows_anew();
	mariadb_sql(&site.server,
	    "USE nova; CREATE TABLE migrations (id int PRIMARY KEY, deleted "
	    "int,"
	    " dest_host varchar(39), source_compute varchar(39), status"
	    " varchar(20)); INSERT INTO migrations VALUES"
	    " (1, 0, '10.2.116.14', '10.2.116.14', 'done'),"
	    " (2, 0, '10.2.116.14', 'c', 'confirmed'),"
	    " (3, 0, '10.2.116.14', 'c', 'finished');"
	    "CREATE TABLE instance_faults (id int PRIMARY KEY, details text);"
	    "INSERT INTO instance_faults VALUES (1, 'no 10.2.116.14'),"
	    " (2, 'x');");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	row_plan_open(&opt, &r);
	t = past_tables(plan_past(r.plan), &n);
	assert_int_equal(n, 4);
	assert_string_equal(t[0].item, "table:nova.instance_faults");
	assert_int_equal(t[0].places, 1);
	assert_int_equal(t[0].rows, 1);
	assert_string_equal(t[1].item, "table:nova.migrations");
	assert_int_equal(t[1].places, 3);
	assert_int_equal(t[1].rows, 2);
	assert_string_equal(t[2].item, "table:nova.volumes");
	assert_string_equal(t[3].item, "table:nova.block_device_mapping");
	assert_int_equal(t[3].places, 1);
	restore_close(&r);
	/* What --also releases is no history any more. */
	opt.also = also;
	row_plan_open(&opt, &r);
	t = past_tables(plan_past(r.plan), &n);
	assert_int_equal(n, 3);
	assert_string_equal(t[2].item, "table:nova.block_device_mapping");
	restore_close(&r);
	/* The story goes on with a bundle of the tables as they began. */
	nova_rows_anew();
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
}

/* The tables here differ: nothing of them is planned, all is said. */
static const struct {
	const char *sql, *item, *name, *text;
} findings[] = {
	{ "DROP TABLE nova.block_device_mapping",
	    "table:nova.block_device_mapping", "table-missing",
	    "no table nova.block_device_mapping that this login may read: "
	    "make it (nova-manage db sync" },
	{ "ALTER TABLE nova.volumes MODIFY provider_location varchar(39)",
	    "table:nova.volumes", "column-type",
	    "provider_location is varchar(39) here, was varchar(38)" },
	{ "ALTER TABLE nova.volumes DROP COLUMN provider_auth",
	    "table:nova.volumes", "column-missing",
	    "nova.volumes has no column provider_auth here, captured as" },
	{ "ALTER TABLE nova.networks DROP PRIMARY KEY, ADD PRIMARY KEY"
	  " (id, bridge)",
	    "table:nova.networks", "column-type",
	    "another part in the primary key" },
	{ "ALTER TABLE nova.networks ADD k int NOT NULL DEFAULT 1,"
	  " DROP PRIMARY KEY, ADD PRIMARY KEY (id, k)",
	    "table:nova.networks", "column-type",
	    "primary key has column k here" },
	{ "ALTER TABLE nova.networks MODIFY dns1 varchar(39) CHARACTER SET"
	  " utf16",
	    "table:nova.networks", "charset", "character set utf16 here" },
	{ "ALTER TABLE nova.networks DROP dns1, ADD dns1 varchar(39) AS"
	  " (bridge) VIRTUAL",
	    "table:nova.networks", "column-type", "generated here" },
};

static void
test_findings(void **state)
{
	const struct plan_record *rec;
	struct restore r;
	size_t i;
	int found, rc;

	(void)state;
	nova_rows_anew();
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	for (i = 0; i < sizeof(findings) / sizeof(findings[0]); i++) {
		nova_rows_anew();
		mariadb_sql(&site.server, findings[i].sql);
		opt = dbsite_options(&site, maps);
		row_plan_open(&opt, &r);
		assert_int_equal(plan_rewind(r.plan), 0);
		found = 0;
		while ((rc = plan_next(r.plan, &rec)) == 1) {
			if (rec->type != PLAN_FINDING)
				continue;
			assert_string_equal(rec->item, findings[i].item);
			assert_string_equal(rec->name, findings[i].name);
			found += strstr(rec->text, findings[i].text) != NULL;
		}
		assert_int_equal(rc, 0);
		if (found != 1)
			fail_msg("%s: not said", findings[i].sql);
		assert_int_equal(restore_plan(&r), OUTCOME_UNSAFE);
		restore_close(&r);
	}
}

/* Types that are the same by another name, and wider character sets, agree. */
static void
test_agree(void **state)
{

	(void)state;
	nova_rows_anew();
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	mariadb_sql(&site.server,
	    "ALTER TABLE nova.networks MODIFY id int(5),"
	    " MODIFY dns1 varchar(39) CHARACTER SET utf8mb4;"
	    "ALTER TABLE nova.volumes ADD COLUMN extra int FIRST");
	opt = dbsite_options(&site, maps);
	row_plan_expect(&opt, FRONT AUTH VOLUME BACK);
}

static void
test_too_long(void **state)
{
	static const char *const longer[] = { "10.2.116.14=110.222.115.103",
		NULL };

	(void)state;
	nova_rows_anew();
	mariadb_sql(&site.server,
	    "ALTER TABLE nova.volumes MODIFY provider_location varchar(27)");
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, longer);
	opt.only = (const char *const[]){ "table:nova.volumes", NULL };
	row_plan_expect(&opt,
	    "FINDING row:nova.volumes:7 provider_location too-long\n"
	    "HELD row:nova.volumes:7 provider_auth secret\n"
	    "CHANGE row:nova.volumes:7 [7] provider_location="
	    "110.222.115.103:3260,1 iqn.a 1\n" OLD);
}

static void
test_also(void **state)
{
	static const char *const also[] = { "row:nova.instances:1 user_data",
		"row:nova.volumes:8", NULL };

	(void)state;
	nova_rows_anew();
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	opt.also = also;
	row_plan_expect(&opt, NOTE NETWORK DNS
	    "HELD row:nova.instances:1 host host\n"
	    "HELD row:nova.instances:1 odd outside\n"
	    "CHANGE row:nova.instances:1 [1] user_data=10.2.15.3\n" AUTH VOLUME
	    "CHANGE row:nova.volumes:8 [8]"
	    " provider_location=10.2.15.3:3260,1 iqn.b 1\n" BDM OLD2 ENDPOINT);
}

static void
test_pick(void **state)
{
	static const char *const only[] = { "table:nova.volumes",
		"table:keystone.*", NULL };
	static const char *const except[] = { "row:nova.volumes:7", NULL };

	(void)state;
	nova_rows_anew();
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, maps);
	opt.only = only;
	row_plan_expect(&opt, AUTH VOLUME OLD ENDPOINT);
	opt.except = except;
	row_plan_expect(&opt, OLD ENDPOINT);
}

/* An engine without transactions is said. */
static void
test_engine(void **state)
{

	(void)state;
	nova_rows_anew();
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	mariadb_sql(&site.server, "ALTER TABLE nova.networks ENGINE=MyISAM");
	opt = dbsite_options(&site, maps);
	opt.only = (const char *const[]){ "table:nova.networks", NULL };
	row_plan_expect(
	    &opt, NETWORK "FINDING table:nova.networks no-transactions\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_past),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_agree),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_also),
		cmocka_unit_test(test_pick),
		cmocka_unit_test(test_engine),
	};
	int rc;

	if (dbsite_start(&site) == 0)
		return 77;
	warn_quiet(1);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
