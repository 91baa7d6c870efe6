/* Rows whose primary key holds an address: it changes, and the row stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/neutron_rows.h"

/* nova.networks alone, as it begins. */
static const char again[] =
    "DELETE FROM nova.networks; INSERT INTO nova.networks VALUES"
    " ('10.2.116.14', 'one', '10.2.116.14', 0, 1, 'c1'),"
    " ('10.2.116.14', 'old', '10.2.116.14', 2, 2, 'c1')";

/* What stands in all of them, in an order of its own. */
#define ALL                                                                    \
	"SELECT CONCAT_WS('\n', (" DNS "), (SELECT GROUP_CONCAT(ip_address,"   \
	" ' ', subnet_id, ' ', COALESCE(port_id, '-') ORDER BY ip_address"     \
	" SEPARATOR '\n') FROM neutron.ipallocations), (SELECT"                \
	" GROUP_CONCAT(allocation_pool_id, ' ', first_ip, ' ', last_ip)"       \
	" FROM neutron.ipavailabilityranges), (SELECT GROUP_CONCAT("           \
	"port_id, ' ', ip_address) FROM neutron.allowedaddresspairs), (SELECT" \
	" GROUP_CONCAT(destination, ' ', nexthop) FROM neutron.subnetroutes)," \
	" (SELECT GROUP_CONCAT(dns1, ' ', label, ' ', gateway, ' ', id"        \
	" ORDER BY id SEPARATOR '\n') FROM nova.networks))"

#define BEFORE                                                                 \
	"10.2.116.14 s1 1\n10.2.116.14 s2 2\n10.2.116.140 s1 3\n"              \
	"10.2.116.14 s1 p1\n10.2.116.15 s1 -\n10.7.7.7 s1 p3\n"                \
	"a1 10.2.116.10 10.2.116.14\np1 10.2.116.14\n0.0.0.0/0 10.2.116.14\n"  \
	"10.2.116.14 one 10.2.116.14 1\n10.2.116.14 old 10.2.116.14 2"
#define AFTER                                                                  \
	"10.2.15.14 s1 1\n10.2.15.14 s2 2\n10.2.15.140 s1 3\n"                 \
	"10.2.15.14 s1 p1\n10.2.15.15 s1 -\n10.7.7.7 s1 p3\n"                  \
	"a1 10.2.15.10 10.2.15.14\np1 10.2.15.14\n0.0.0.0/0 10.2.15.14\n"      \
	"10.2.15.14 one 10.2.15.14 1\n10.2.116.14 old 10.2.116.14 2"

/* Nothing of it is said, or the rows that are. */
static int
tell(void *cookie, const struct plan_record *rec, enum step_state state,
    const char *why)
{

	return buf_addf(cookie, "%s %s%s\n", rec->item,
	    state == STEP_AFTER ? "after" : "other: ", why);
}

static void
expect_look(struct restore *r, struct journal *j, const char *want)
{
	struct buf got = BUF_EMPTY;

	assert_int_equal(rows_look(r, j, tell, &got), 0);
	assert_string_equal(got.data == NULL ? "" : got.data, want);
	buf_free(&got);
}

/* There, looked at, there again, verified, back, back again. */
static void
test_there_and_back(void **state)
{
	struct restore r;
	struct journal *j;

	(void)state;
	neutron_rows(NULL, map, NULL);
	opt.also = also;
	dbsite_cell(&site, ALL, BEFORE);
	row_plan_open(&opt, &r);
	assert_int_equal(plan_count(r.plan, PLAN_CHANGE, ITEM_TABLE), 9);
	assert_int_equal(plan_count(r.plan, PLAN_FINDING, -1), 0);
	j = journal_of(r.plan, site.server.dir);
	expect_look(&r, j, "");
	assert_int_equal(rows_make(&r, j, NULL, NULL), OUTCOME_DONE);
	dbsite_cell(&site, ALL, AFTER);
	expect_look(&r, j,
	    "row:nova.networks:1,10.2.116.14 after\n"
	    "row:neutron.ipavailabilityranges:a1,10.2.116.10,10.2.116.14"
	    " after\n"
	    "row:neutron.dnsnameservers:10.2.116.14,s1 after\n"
	    "row:neutron.dnsnameservers:10.2.116.14,s2 after\n"
	    "row:neutron.dnsnameservers:10.2.116.140,s1 after\n"
	    "row:neutron.subnetroutes:0.0.0.0/0,10.2.116.14,s1 after\n"
	    "row:neutron.ipallocations:10.2.116.14,s1,n1 after\n"
	    "row:neutron.ipallocations:10.2.116.15,s1,n1 after\n"
	    "row:neutron.allowedaddresspairs:p1,m,10.2.116.14 after\n");
	assert_int_equal(rows_make(&r, j, NULL, NULL), OUTCOME_DONE);
	dbsite_cell(&site, ALL, AFTER);
	row_plan_verify(&opt, OUTCOME_DONE);
	assert_int_equal(rows_unmake(&r, j, NULL, NULL), OUTCOME_DONE);
	dbsite_cell(&site, ALL, BEFORE);
	assert_int_equal(rows_unmake(&r, j, NULL, NULL), OUTCOME_DONE);
	expect_look(&r, j, "");
	dbsite_cell(&site, ALL, BEFORE);
	row_plan_verify(&opt, OUTCOME_DIFFERS);
	journal_close(j);
	restore_close(&r);
}

#define OLD ""
#define CHANGE                                                                 \
	"CHANGE row:nova.networks:1,10.2.116.14 [1,10.2.116.14]"               \
	" dns1=10.2.15.14 gateway=10.2.15.14\n"

/* What stands here, and what the plan of nova.networks is then. */
static const struct {
	const char *what, *sql, *plan;
} cases[] = {
	{ "the captured key", "SELECT 1", CHANGE OLD },
	{ "the new key, all is done",
	    "UPDATE nova.networks SET dns1 = '10.2.15.14', gateway ="
	    " '10.2.15.14' WHERE id = 1",
	    OLD },
	{ "the new key, the rest is to do",
	    "UPDATE nova.networks SET dns1 = '10.2.15.14' WHERE id = 1",
	    "CHANGE row:nova.networks:1,10.2.116.14 [1,10.2.15.14]"
	    " gateway=10.2.15.14\n" OLD },
	{ "the new key, the rest has drifted",
	    "UPDATE nova.networks SET dns1 = '10.2.15.14', gateway = 'x'"
	    " WHERE id = 1",
	    "DRIFT row:nova.networks:1,10.2.116.14 gateway drift\n" OLD },
	{ "neither", "DELETE FROM nova.networks WHERE id = 1",
	    "CREATE row:nova.networks:1,10.2.116.14 [1,10.2.15.14]"
	    " dns1=10.2.15.14 label=one gateway=10.2.15.14 deleted=0 id=1"
	    " host=c1\n" OLD },
	{ "both",
	    "INSERT INTO nova.networks (id, dns1) VALUES (1, '10.2.15.14')",
	    OLD CHANGE
	    "FINDING row:nova.networks:1,10.2.116.14 id unique-key\n" },
	{ "another row has another key",
	    "INSERT INTO nova.networks (id, dns1) VALUES (7, '10.2.15.14')",
	    CHANGE OLD },
};

static void
test_cases(void **state)
{
	static const char *const only[] = { "table:nova.networks", NULL };
	size_t i;

	(void)state;
	neutron_rows(NULL, map, NULL);
	opt.only = only;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		print_message("%s\n", cases[i].what);
		mariadb_sql(&site.server, again);
		mariadb_sql(&site.server, cases[i].sql);
		row_plan_expect(&opt, cases[i].plan);
	}
}

/* What is half done is finished, and taken back to where it was: the new key
 * with the rest to do, and the row that is made. */
static void
test_rest(void **state)
{
	static const char *const only[] = { "table:nova.networks", NULL };
	const char *const sql[] = { cases[2].sql, cases[4].sql };
	struct restore r;
	struct journal *j;
	char *was;
	size_t i;

	(void)state;
	neutron_rows(NULL, map, NULL);
	opt.only = only;
	for (i = 0; i < 2; i++) {
		mariadb_sql(&site.server, again);
		mariadb_sql(&site.server, sql[i]);
		was = mariadb_get(&site.server, ALL);
		row_plan_open(&opt, &r);
		j = journal_of(r.plan, site.server.dir);
		assert_int_equal(rows_make(&r, j, NULL, NULL), OUTCOME_DONE);
		dbsite_cell(&site,
		    "SELECT CONCAT_WS(' ', dns1, label, gateway) FROM"
		    " nova.networks WHERE id = 1",
		    "10.2.15.14 one 10.2.15.14");
		row_plan_verify(&opt, OUTCOME_DONE);
		assert_int_equal(rows_unmake(&r, j, NULL, NULL), OUTCOME_DONE);
		dbsite_cell(&site, ALL, was);
		free(was);
		journal_close(j);
		restore_close(&r);
	}
}

/* The row moves between the plan and the write, or before it is taken back. */
static const struct {
	int back;
	const char *sql, *said;
} moved[] = {
	{ 0, "DELETE FROM nova.networks WHERE id = 1", "the row is gone" },
	{ 0, "UPDATE nova.networks SET gateway = 'x' WHERE id = 1",
	    "column gateway has changed" },
	{ 0, "UPDATE nova.networks SET dns1 = '10.2.15.14' WHERE id = 1",
	    "some of its columns are as they were" },
	{ 0, "INSERT INTO nova.networks (id, dns1) VALUES (1, '10.2.15.14')",
	    "Duplicate entry" },
	{ 1, "UPDATE nova.networks SET gateway = 'x' WHERE id = 1",
	    "column gateway has changed" },
	{ 1, "UPDATE nova.networks SET dns1 = 'x' WHERE id = 1",
	    "the row is gone" },
	{ 1, "INSERT INTO nova.networks (id, dns1) VALUES (1, '10.2.116.14')",
	    "Duplicate entry" },
};

static void
test_moved(void **state)
{
	static const char *const only[] = { "table:nova.networks", NULL };
	struct restore r;
	struct journal *j;
	enum outcome rc;
	char *was;
	size_t i;

	(void)state;
	neutron_rows(NULL, map, NULL);
	opt.only = only;
	for (i = 0; i < sizeof(moved) / sizeof(moved[0]); i++) {
		print_message("%s\n", moved[i].sql);
		mariadb_sql(&site.server, again);
		row_plan_open(&opt, &r);
		j = journal_of(r.plan, site.server.dir);
		if (moved[i].back) {
			assert_int_equal(
			    rows_make(&r, j, NULL, NULL), OUTCOME_DONE);
			assert_int_equal(journal_done(j, 1), 0);
		}
		mariadb_sql(&site.server, moved[i].sql);
		was = mariadb_get(&site.server, ALL);
		warn_forget();
		rc = moved[i].back ? rows_unmake(&r, j, NULL, NULL)
				   : rows_make(&r, j, NULL, NULL);
		assert_int_equal(rc, OUTCOME_UNSAFE);
		if (!said_any(moved[i].said))
			fail_msg("%s is not said", moved[i].said);
		dbsite_cell(&site, ALL, was);
		free(was);
		journal_close(j);
		restore_close(&r);
	}
}

/* A tenant's own is held unless it is released, also as a key. */
static void
test_held(void **state)
{
	static const char *const only[] = { "table:neutron.dnsnameservers",
		"table:neutron.subnetroutes", NULL };

	(void)state;
	neutron_rows(NULL, map, NULL);
	opt.only = only;
	row_plan_expect(&opt,
	    "HELD row:neutron.dnsnameservers:10.2.116.14,s1 address tenant\n"
	    "HELD row:neutron.dnsnameservers:10.2.116.14,s2 address tenant\n"
	    "HELD row:neutron.dnsnameservers:10.2.116.140,s1 address tenant\n"
	    "HELD row:neutron.subnetroutes:0.0.0.0/0,10.2.116.14,s1 nexthop"
	    " tenant\n");
	row_plan_verify(&opt, OUTCOME_DONE);
	opt.also =
	    (const char *const[]){ "row:neutron.dnsnameservers:*,s2 address",
		    NULL };
	row_plan_apply(&opt, site.server.dir);
	dbsite_cell(
	    &site, DNS, "10.2.116.14 s1 1\n10.2.116.140 s1 3\n10.2.15.14 s2 2");
	row_plan_verify(&opt, OUTCOME_DONE);
}

/* Rows that refer to the key: they follow, or the server refuses. */
static void
test_foreign(void **state)
{
	static const char *const only[] = { "table:nova.networks", NULL };
	static const char child[] =
	    "CREATE TABLE nova.child (n int, a varchar(39), FOREIGN KEY (n, a)"
	    " REFERENCES nova.networks (id, dns1)%s) ENGINE=InnoDB"
	    " CHARSET latin1; INSERT INTO nova.child VALUES (1, '10.2.116.14')";
	struct restore r;
	struct journal *j;
	char sql[400];

	(void)state;
	snprintf(sql, sizeof(sql), child, " ON UPDATE CASCADE");
	neutron_rows(NULL, map, sql);
	opt.only = only;
	row_plan_open(&opt, &r);
	assert_true(row_plan_says(r.plan, "of nova.child (ON UPDATE CASCADE):"
					  " rows that refer to a changed key"
					  " follow it"));
	restore_close(&r);
	row_plan_apply(&opt, site.server.dir);
	dbsite_cell(&site, "SELECT a FROM nova.child", "10.2.15.14");
	row_plan_expect(&opt, OLD);
	row_plan_verify(&opt, OUTCOME_DONE);
	snprintf(sql, sizeof(sql), child, "");
	neutron_rows(NULL, map, sql);
	opt.only = only;
	row_plan_open(&opt, &r);
	assert_true(row_plan_says(r.plan, "of nova.child (ON UPDATE RESTRICT):"
					  " where a row refers"));
	j = journal_of(r.plan, site.server.dir);
	warn_forget();
	assert_int_equal(rows_make(&r, j, NULL, NULL), OUTCOME_UNSAFE);
	assert_true(said_any("error 1451"));
	dbsite_cell(&site, ALL, BEFORE);
	journal_close(j);
	restore_close(&r);
}

/* More rows than one query takes. */
static void
test_many(void **state)
{
	static const char *const only[] = { "table:neutron.ipallocations",
		NULL };
	static const char *const wide[] = { "10.2.0.0/16=10.3.0.0/16", NULL };

	(void)state;
	neutron_rows(
	    "INSERT INTO neutron.ipallocations SELECT CONCAT('p', seq),"
	    " CONCAT('10.2.', seq DIV 250, '.', seq % 250), 's9', 'n9'"
	    " FROM seq_1_to_2600",
	    wide, NULL);
	opt.only = only;
	opt.also = also;
	row_plan_apply(&opt, site.server.dir);
	dbsite_cell(&site,
	    "SELECT COUNT(*) FROM neutron.ipallocations WHERE"
	    " ip_address = CONCAT('10.3.', SUBSTR(port_id, 2) DIV 250,"
	    " '.', SUBSTR(port_id, 2) % 250)",
	    "2600");
	row_plan_expect(&opt, "");
	row_plan_verify(&opt, OUTCOME_DONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_rest),
		cmocka_unit_test(test_moved),
		cmocka_unit_test(test_held),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_many),
	};
	int rc;

	if (neutron_rows_start() == 0)
		return 77;
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
