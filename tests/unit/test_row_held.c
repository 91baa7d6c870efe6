/* Tables without a primary key, and tables outside the catalogue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "restore/journal/step.h"
#include "tests/unit/dbsite.h"
#include "tests/unit/journal_of.h"
#include "tests/unit/row_plan.h"

static struct dbsite site;
static struct restore_options opt;

static const char *const map[] = { "10.2.116.14=10.2.15.3", NULL };

/* A site with these tables in nova, and a bundle of it; then ${after}. */
static void
begin(const char *tables, const char *after)
{

	mariadb_sql(&site.server,
	    "DROP DATABASE IF EXISTS nova; CREATE DATABASE nova CHARACTER SET"
	    " latin1; USE nova; CREATE TABLE instances (id int PRIMARY KEY);");
	mariadb_sql(&site.server, tables);
	assert_int_equal(dbsite_take(&site), OUTCOME_DONE);
	opt = dbsite_options(&site, map);
	if (after != NULL)
		mariadb_sql(&site.server, after);
}

#define NETWORKS(keys)                                                         \
	"CREATE TABLE networks (a int NOT NULL, b varchar(20) NOT NULL,"       \
	" c int, g int AS (a) STORED, dns1 varchar(39) NOT NULL" keys          \
	") ENGINE=InnoDB; INSERT INTO networks (a, b, c, dns1) VALUES"         \
	" (1, 'x', 7, '10.2.116.14'), (2, 'y', 8, '10.2.116.14'),"             \
	" (3, 'z', 9, '10.9.9.9')"

/* Which key tells rows apart, and what the plan says. */
static const struct {
	const char *what, *tables, *plan;
} keys[] = {
	{ "a primary key", NETWORKS(", PRIMARY KEY (a), UNIQUE (b)"),
	    "CHANGE row:nova.networks:1 [1] dns1=10.2.15.3\n"
	    "CHANGE row:nova.networks:2 [2] dns1=10.2.15.3\n" },
	{ "a unique key", NETWORKS(", UNIQUE (b)"),
	    "NOTE table:nova.networks no-primary\n"
	    "CHANGE row:nova.networks:x [x] dns1=10.2.15.3\n"
	    "CHANGE row:nova.networks:y [y] dns1=10.2.15.3\n" },
	{ "the shorter of two", NETWORKS(", UNIQUE aa (a, b), UNIQUE z (a)"),
	    "NOTE table:nova.networks no-primary\n"
	    "CHANGE row:nova.networks:1 [1] dns1=10.2.15.3\n"
	    "CHANGE row:nova.networks:2 [2] dns1=10.2.15.3\n" },
	{ "its columns in its own order", NETWORKS(", UNIQUE (b, a)"),
	    "NOTE table:nova.networks no-primary\n"
	    "CHANGE row:nova.networks:x,1 [x,1] dns1=10.2.15.3\n"
	    "CHANGE row:nova.networks:y,2 [y,2] dns1=10.2.15.3\n" },
	{ "with the address in it", NETWORKS(", UNIQUE (a, dns1)"),
	    "NOTE table:nova.networks no-primary\n"
	    "CHANGE row:nova.networks:1,10.2.116.14 [1,10.2.116.14]"
	    " dns1=10.2.15.3\n"
	    "CHANGE row:nova.networks:2,10.2.116.14 [2,10.2.116.14]"
	    " dns1=10.2.15.3\n" },
	{ "none", NETWORKS(""), "HELD table:nova.networks no-key\n" },
	{ "none that is unique", NETWORKS(", KEY (a)"),
	    "HELD table:nova.networks no-key\n" },
	{ "one that may be NULL", NETWORKS(", UNIQUE (c)"),
	    "HELD table:nova.networks no-key\n" },
	{ "one of first characters", NETWORKS(", UNIQUE (b(1))"),
	    "HELD table:nova.networks no-key\n" },
	{ "one of a generated column", NETWORKS(", UNIQUE (g)"),
	    "HELD table:nova.networks no-key\n" },
};

#define DNS                                                                    \
	"SELECT GROUP_CONCAT(dns1 ORDER BY a SEPARATOR ' ') FROM "             \
	"nova.networks"
#define OLD "10.2.116.14 10.2.116.14 10.9.9.9"
#define NEW "10.2.15.3 10.2.15.3 10.9.9.9"

/* Changed and taken back where there is a key; held, no leftover and untouched
 * where there is none. */
static void
test_keys(void **state)
{
	struct restore r;
	struct journal *j;
	size_t i;
	int held;

	(void)state;
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		print_message("%s\n", keys[i].what);
		begin(keys[i].tables, NULL);
		row_plan_expect(&opt, keys[i].plan);
		held = strncmp(keys[i].plan, "HELD", 4) == 0;
		row_plan_open(&opt, &r);
		assert_int_equal(
		    row_plan_says(r.plan, "no primary key: left as they are, "
					  "2 of its 3 rows hold an address"),
		    held);
		j = journal_of(r.plan, site.server.dir);
		assert_int_equal(rows_make(&r, j, NULL, NULL), OUTCOME_DONE);
		dbsite_cell(&site, DNS, held ? OLD : NEW);
		row_plan_verify(&opt, OUTCOME_DONE);
		assert_int_equal(rows_unmake(&r, j, NULL, NULL), OUTCOME_DONE);
		dbsite_cell(&site, DNS, OLD);
		journal_close(j);
		restore_close(&r);
	}
}

/* Of rows without a key those that are here count, not those captured. */
static void
test_unkeyed(void **state)
{
	struct restore r;

	(void)state;
	begin(NETWORKS(""), "UPDATE nova.networks SET dns1 = '10.2.15.3'"
			    " WHERE a = 1");
	row_plan_open(&opt, &r);
	assert_true(row_plan_says(r.plan, "1 of its 3 rows"));
	restore_close(&r);
	mariadb_sql(&site.server, "UPDATE nova.networks SET dns1 = ''");
	row_plan_expect(&opt, "NOTE table:nova.networks no-key\n");
	/* A release does not make a key. */
	opt.also = (const char *const[]){ "*", NULL };
	mariadb_sql(&site.server, "UPDATE nova.networks SET dns1 ="
				  " '10.2.116.14'");
	row_plan_expect(&opt, "HELD table:nova.networks no-key\n");
	opt.only = (const char *const[]){ "table:nova.instances", NULL };
	row_plan_expect(&opt, "");
}

/* A table without a key that the bundle does not have. */
static void
test_unkeyed_new(void **state)
{
	struct restore r;

	(void)state;
	begin("SELECT 1", NETWORKS(""));
	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(&opt, &r), OUTCOME_DONE);
	if (r.db == NULL)
		assert_int_equal(
		    db_connect(r.site, opt.defaults_file, &r.db), OUTCOME_DONE);
	assert_non_null(r.plan = plan_new());
	assert_int_equal(leftover_db(&r), 0);
	row_plan_is(r.plan, "HELD table:nova.networks no-key\n");
	restore_close(&r);
}

#define MORE                                                                   \
	"CREATE TABLE more (id int PRIMARY KEY, t varchar(60), n int)"         \
	" ENGINE=InnoDB; INSERT INTO more VALUES (1, 'at 10.2.116.14', 1),"    \
	" (2, 'nothing', 2), (3, '10.2.116.14:80', 3)"
#define ONE   "CHANGE row:nova.more:1 [1] t=at 10.2.15.3\n"
#define THREE "CHANGE row:nova.more:3 [3] t=10.2.15.3:80\n"
#define HELD1 "HELD row:nova.more:1 t outside\n"
#define HELD3 "HELD row:nova.more:3 t outside\n"

/* What --also names, what is here, and what the plan of nova.more is. */
static const struct {
	const char *also, *sql, *plan;
} outside[] = {
	{ "nothing", "SELECT 1", HELD1 HELD3 },
	{ "row:nova.more:*", "SELECT 1", ONE THREE },
	{ "row:nova.more:3", "SELECT 1", HELD1 THREE },
	{ "row:nova.more:* t", "SELECT 1", ONE THREE },
	{ "table:nova.more", "SELECT 1", ONE THREE },
	{ "table:nova.*", "SELECT 1", ONE THREE },
	{ "row:nova.mo:*", "SELECT 1", HELD1 HELD3 },
	{ "nothing", "DELETE FROM nova.more WHERE id = 1",
	    "HELD row:nova.more:1 outside\n" HELD3 },
	{ "row:nova.more:3", "DELETE FROM nova.more",
	    "HELD row:nova.more:1 outside\n"
	    "CREATE row:nova.more:3 [3] id=3 t=10.2.15.3:80 n=3\n" },
	{ "table:nova.more", "DELETE FROM nova.more WHERE id = 1",
	    "CREATE row:nova.more:1 [1] id=1 t=at 10.2.15.3 n=1\n" THREE },
	{ "nothing", "DROP TABLE nova.more", "NOTE table:nova.more outside\n" },
	{ "row:nova.more:3", "DROP TABLE nova.more",
	    "FINDING table:nova.more table-missing\n" },
	{ "table:nova.more", "DROP TABLE nova.more",
	    "FINDING table:nova.more table-missing\n" },
	{ "nothing", "ALTER TABLE nova.more DROP n",
	    "NOTE table:nova.more outside\n" },
	{ "row:*", "ALTER TABLE nova.more DROP n",
	    "FINDING table:nova.more n column-missing\n" },
};

static void
test_outside(void **state)
{
	const char *also[] = { NULL, NULL };
	size_t i;

	(void)state;
	begin(MORE, NULL);
	for (i = 0; i < sizeof(outside) / sizeof(outside[0]); i++) {
		print_message("%s: %s\n", outside[i].also, outside[i].sql);
		mariadb_sql(
		    &site.server, "DROP TABLE IF EXISTS nova.more; " MORE);
		mariadb_sql(&site.server, outside[i].sql);
		also[0] = outside[i].also;
		opt.also = also;
		row_plan_expect(&opt, outside[i].plan);
	}
}

/* Held rows are no leftovers; released ones are changed, and verified. */
static void
test_outside_apply(void **state)
{

	(void)state;
	begin(MORE, NULL);
	row_plan_verify(&opt, OUTCOME_DONE);
	opt.also = (const char *const[]){ "row:nova.more:3", NULL };
	row_plan_verify(&opt, OUTCOME_DIFFERS);
	row_plan_apply(&opt, site.server.dir);
	dbsite_cell(&site, "SELECT GROUP_CONCAT(t ORDER BY id) FROM nova.more",
	    "at 10.2.116.14,nothing,10.2.15.3:80");
	row_plan_expect(&opt, HELD1);
	row_plan_verify(&opt, OUTCOME_DONE);
}

/* Outside the catalogue and without a key: those captured are counted. */
static void
test_outside_unkeyed(void **state)
{
	struct restore r;

	(void)state;
	begin("CREATE TABLE more (t varchar(60)) ENGINE=InnoDB; INSERT INTO"
	      " more VALUES ('10.2.116.14'), ('x')",
	    NULL);
	row_plan_expect(&opt, "HELD table:nova.more no-key\n");
	opt.also = (const char *const[]){ "table:nova.more", NULL };
	row_plan_open(&opt, &r);
	row_plan_is(r.plan, "HELD table:nova.more no-key\n");
	assert_true(row_plan_says(r.plan, "1 of its 1 rows"));
	restore_close(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_unkeyed),
		cmocka_unit_test(test_unkeyed_new),
		cmocka_unit_test(test_outside),
		cmocka_unit_test(test_outside_apply),
		cmocka_unit_test(test_outside_unkeyed),
	};
	int rc;

	if (dbsite_start(&site) == 0)
		return 77;
	dbsite_write(site.root, "etc/keystone/keystone.conf", "[sql]\n");
	warn_quiet(1);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site);
	return rc;
}
