/**
 * Accounts on a server of the test's own: what a login sees of them and may do,
 * what they may do, and the step that renames one, also while the server goes
 * away: before each of its statements, and behind each.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/socket.h>

#include <dlfcn.h>

#include "archive/database/accounts.h"
#include "folder.h"
#include "tests/unit/rowsite.h"

#define OLD "10.2.116.14"
#define NEW "10.2.15.3"

/* What other tests left is removed. */
#define ACCOUNTS                                                               \
	"SET GLOBAL read_only = 0;"                                            \
	"DROP USER IF EXISTS nova@'" OLD "', nova@'" NEW "', low@localhost,"   \
	"  mid@localhost, mid2@localhost, mid3@localhost, mid4@localhost,"     \
	"  mid5@localhost, high@localhost, all_@localhost, may@localhost;"     \
	"DROP ROLE IF EXISTS renamer;"                                         \
	"CREATE USER nova@'" OLD "' IDENTIFIED BY 'canary';"                   \
	"GRANT SELECT, INSERT ON nova.* TO nova@'" OLD "';"                    \
	"GRANT UPDATE (note) ON nova.url TO nova@'" OLD "';"

static struct rowsite site;

enum how { NONE, KILL_BEFORE, LOSE_ANSWER, CRASH_BEFORE, CRASH_BEHIND };

static struct {
	enum how how;
	unsigned int at, n;
} fault;

int STDCALL
mysql_real_query(MYSQL *mysql, const char *q, unsigned long len)
{
	int(STDCALL * call)(MYSQL *, const char *, unsigned long);
	void *found = dlsym(RTLD_NEXT, "mysql_real_query");
	int ours = mysql != site.db.server.mysql && fault.how != NONE, hit, rc;
	char sql[64];

	assert_non_null(found);
	memcpy(&call, &found, sizeof(found));
	hit = ours && fault.n++ == fault.at;
	if (hit && fault.how == KILL_BEFORE) {
		snprintf(sql, sizeof(sql), "KILL %lu", mysql_thread_id(mysql));
		mariadb_sql(&site.db.server, sql);
	}
	if (hit && fault.how == CRASH_BEFORE)
		mariadb_again(&site.db.server);
	rc = call(mysql, q, len);
	if (!hit || rc != 0 || fault.how == KILL_BEFORE ||
	    fault.how == CRASH_BEFORE)
		return rc;
	/* Its rows are on the way that is cut. */
	if (mysql_field_count(mysql) > 0)
		mysql_free_result(mysql_store_result(mysql));
	if (fault.how == CRASH_BEHIND)
		mariadb_again(&site.db.server);
	shutdown((int)mysql_get_socket(mysql), SHUT_RDWR);
	mysql->net.last_errno = 2013;
	snprintf(mysql->net.last_error, sizeof(mysql->net.last_error),
	    "Lost connection");
	return 1;
}

static struct db *
root(void)
{

	return site.r.db->servers[0].db;
}

static int
open_site(void **state)
{

	(void)state;
	memset(&fault, 0, sizeof(fault));
	rowsite_open(&site);
	mariadb_sql(&site.db.server, ACCOUNTS);
	return 0;
}

static int
close_site(void **state)
{

	(void)state;
	rowsite_close(&site);
	return 0;
}

/* A session as another one. */
static struct db_set *
login(const char *user)
{
	struct db_set *set = NULL;
	char text[512], path[256];

	snprintf(text, sizeof(text),
	    "[client]\nsocket=%s\nuser=%s\npassword=x\n", site.db.server.socket,
	    user);
	dbsite_write(site.db.server.dir, "other.cnf", text);
	snprintf(path, sizeof(path), "%s/other.cnf", site.db.server.dir);
	assert_int_equal(db_connect(&site.site, path, &set), OUTCOME_DONE);
	return set;
}

/* All are seen by who may read them; else one knows itself. */
static void
seen(void **state)
{
	struct db_accounts a;
	struct db_set *low;

	(void)state;
	assert_int_equal(db_accounts_read(root(), &a), 0);
	assert_null(a.unseen);
	assert_string_equal(a.self.user, "root");
	assert_string_equal(a.self.host, "localhost");
	assert_non_null(db_accounts_find(&a, "nova", OLD));
	assert_non_null(db_accounts_find(&a, "root", "LOCALHOST"));
	assert_null(db_accounts_find(&a, "Nova", OLD));
	assert_null(db_accounts_find(&a, "nova", NEW));
	db_accounts_free(&a);
	mariadb_sql(&site.db.server,
	    "CREATE USER low@localhost IDENTIFIED BY 'x';"
	    "GRANT ALL ON nova.* TO low@localhost");
	low = login("low");
	warn_forget();
	assert_int_equal(db_accounts_read(low->servers[0].db, &a), 0);
	assert_non_null(strstr(a.unseen, "denied"));
	assert_int_equal(a.n, 1);
	assert_non_null(db_accounts_find(&a, "low", "localhost"));
	assert_false(said_any("denied"));
	db_accounts_free(&a);
	db_close(low);
}

static void
rights(void **state)
{
	struct db_accounts a;
	struct buf out = BUF_EMPTY;

	(void)state;
	mariadb_sql(&site.db.server,
	    "GRANT PROCESS ON *.* TO nova@'" OLD "';"
	    "GRANT SELECT ON `od\\_d%`.* TO nova@'" OLD "' WITH GRANT OPTION;"
	    "CREATE USER NOVA@'" OLD "'; GRANT FILE ON *.* TO NOVA@'" OLD "'");
	assert_int_equal(db_accounts_read(root(), &a), 0);
	assert_int_equal(db_account_rights(root(),
			     db_accounts_find(&a, "nova", OLD), "glance", &out),
	    0);
	assert_string_equal(out.data,
	    "glance\taccount\tnova\t" OLD "\n"
	    "glance\tserver\t*.*\tPROCESS\n"
	    "glance\tschema\tnova\tINSERT,SELECT\n"
	    "glance\tschema\tod\\\\_d%\tSELECT,GRANT OPTION\n"
	    "glance\tcolumn\tnova.url.note\tUPDATE\n");
	buf_free(&out);
	db_accounts_free(&a);
	mariadb_sql(&site.db.server, "DROP USER NOVA@'" OLD "'");
}

/* Who may rename, by how it came to that right. */
static void
may(void **state)
{
	static const struct {
		const char *user, *grant;
		int may;
	} cases[] = {
		{ "low", "GRANT ALL ON nova.* TO low@localhost", 0 },
		{ "mid",
		    "GRANT SELECT ON *.* TO mid@localhost; GRANT INSERT ON"
		    " mysql.* TO mid@localhost",
		    0 },
		{ "mid2", "GRANT UPDATE ON mysql.* TO mid2@localhost", 1 },
		{ "mid3", "GRANT ALL ON mysql.* TO mid3@localhost", 1 },
		{ "mid4", "GRANT UPDATE ON *.* TO mid4@localhost", 1 },
		{ "mid5", "GRANT UPDATE ON mysql.user TO mid5@localhost", 0 },
		{ "high",
		    "GRANT SELECT, CREATE USER, PROCESS ON *.* TO"
		    " high@localhost",
		    1 },
		{ "all_", "GRANT ALL ON *.* TO all_@localhost", 1 },
		{ "may",
		    "CREATE ROLE renamer; GRANT CREATE USER ON *.* TO renamer;"
		    " GRANT renamer TO may@localhost;"
		    " SET DEFAULT ROLE renamer FOR may@localhost",
		    1 },
	};
	struct buf why = BUF_EMPTY;
	struct db_set *set;
	char sql[512];
	size_t i;

	(void)state;
	assert_int_equal(db_account_may_rename(root(), &why), 1);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(sql, sizeof(sql),
		    "CREATE USER %s@localhost IDENTIFIED BY 'x'; %s",
		    cases[i].user, cases[i].grant);
		mariadb_sql(&site.db.server, sql);
		set = login(cases[i].user);
		buf_clear(&why);
		assert_int_equal(
		    db_account_may_rename(set->servers[0].db, &why),
		    cases[i].may);
		if (cases[i].may == 0)
			assert_non_null(strstr(why.data, "CREATE USER"));
		/* As the server has it. */
		db_hush(set->servers[0].db, 2);
		assert_int_equal(
		    db_run(set->servers[0].db, "RENAME USER a@b TO c@d"), -1);
		assert_int_equal(
		    strstr(db_why(set->servers[0].db), "1227") == NULL,
		    cases[i].may);
		db_close(set);
	}
	/* Read-only for who has no more than that. */
	mariadb_sql(&site.db.server, "SET GLOBAL read_only = 1");
	set = login("high");
	buf_clear(&why);
	assert_int_equal(db_account_may_rename(set->servers[0].db, &why), 0);
	assert_string_equal(why.data, "the server is read-only");
	db_close(set);
	assert_int_equal(db_account_may_rename(root(), &why), 1);
	mariadb_sql(&site.db.server, "SET GLOBAL read_only = 0");
	buf_free(&why);
}

static void
definers(void **state)
{
	struct db_definer *list;
	struct buf out = BUF_EMPTY;
	size_t n, i;

	(void)state;
	mariadb_sql(&site.db.server,
	    "CREATE DEFINER=nova@'" OLD "' VIEW nova.v AS SELECT 1;"
	    "CREATE DEFINER=nova@'" OLD "' VIEW nova.w AS SELECT 1;"
	    "CREATE DEFINER=nova@'" OLD "' TRIGGER nova.tr BEFORE INSERT ON"
	    " nova.url FOR EACH ROW SET @x = 1;"
	    "CREATE DEFINER=nova@'" OLD "' PROCEDURE nova.pr() SELECT 1;"
	    "CREATE DEFINER=nova@'" OLD "' EVENT nova.ev ON SCHEDULE EVERY 1"
	    " DAY DISABLE DO SELECT 1");
	assert_int_equal(db_definers_read(root(), &list, &n), 0);
	for (i = 0; i < n; i++)
		if (db_account_same(&list[i].name, "nova", OLD))
			break;
	assert_true(i < n);
	assert_int_equal(db_definer_print(&list[i], &out), 0);
	assert_string_equal(
	    out.data, "2 views, 1 trigger, 1 routine and 1 event");
	buf_free(&out);
	db_definers_free(list, n);
}

/* The record of a rename. */
static struct plan_record
record(struct plan_cell *cell)
{
	static const struct plan_table at = { "nova", "nova", "" };
	struct plan_record rec = { .type = PLAN_CHANGE,
		.kind = ITEM_ACCOUNT,
		.item = "account:nova@" OLD,
		.table = &at,
		.ncells = 1,
		.cells = cell };

	*cell = rowsite_cell("name", "nova@" OLD, "nova@" NEW);
	return rec;
}

static void
expect(const struct plan_record *rec, enum step_state want, const char *why)
{
	struct buf told = BUF_EMPTY;

	assert_int_equal(account_look(&site.r, rec, &told), want);
	if (why != NULL)
		assert_non_null(strstr(told.data, why));
	buf_free(&told);
}

/* By what is here, each way. */
static void
step(void **state)
{
	struct plan_cell cell;
	struct plan_record rec = record(&cell);
	char *grants;

	(void)state;
	expect(&rec, STEP_BEFORE, NULL);
	assert_int_equal(account_unmake(&site.r, &rec), 0);
	assert_int_equal(account_make(&site.r, &rec), 0);
	expect(&rec, STEP_AFTER, NULL);
	assert_int_equal(account_make(&site.r, &rec), 0);
	grants = mariadb_get(&site.db.server,
	    "SELECT CONCAT((SELECT COUNT(*) FROM mysql.db WHERE User = 'nova'"
	    " AND Host = '" NEW "'), (SELECT COUNT(*) FROM mysql.columns_priv"
	    " WHERE User = 'nova' AND Host = '" NEW "'))");
	assert_string_equal(grants, "11");
	free(grants);
	assert_int_equal(account_unmake(&site.r, &rec), 0);
	expect(&rec, STEP_BEFORE, NULL);
	mariadb_sql(&site.db.server, "CREATE USER nova@'" NEW "'");
	expect(&rec, STEP_OTHER, "has both 'nova'@'" OLD "' and");
	assert_int_equal(account_make(&site.r, &rec), -1);
	assert_int_equal(account_unmake(&site.r, &rec), -1);
	mariadb_sql(
	    &site.db.server, "DROP USER nova@'" NEW "', nova@'" OLD "'");
	expect(&rec, STEP_OTHER, "has neither 'nova'@'" OLD "' nor");
	assert_int_equal(account_make(&site.r, &rec), -1);
}

/* Records that no plan makes. */
static void
strange(void **state)
{
	static const char *const names[] = { "nova", "nova@", "other@" NEW, "",
		NULL };
	struct plan_cell cell;
	struct plan_record rec = record(&cell);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		cell.after = names[i];
		cell.after_len = names[i] == NULL ? 0 : strlen(names[i]);
		expect(&rec, STEP_FAILED, NULL);
		assert_int_equal(account_make(&site.r, &rec), -1);
	}
	assert_true(said_any("is no change of an account"));
	rec = record(&cell);
	rec.table = NULL;
	expect(&rec, STEP_FAILED, NULL);
	rec = record(&cell);
	rec.type = PLAN_CREATE;
	expect(&rec, STEP_FAILED, NULL);
}

/* A login is not cut off from the server, and one that may not says so. */
static void
logins(void **state)
{
	static const struct plan_table at = { "nova", "nova", "" };
	struct plan_cell cell;
	struct plan_record rec = record(&cell);
	struct db_set *all = site.r.db;

	(void)state;
	mariadb_sql(&site.db.server,
	    "CREATE USER all_@localhost IDENTIFIED BY 'x';"
	    "CREATE USER low@localhost IDENTIFIED BY 'x';"
	    "GRANT ALL ON *.* TO all_@localhost;"
	    "GRANT ALL ON nova.* TO low@localhost");
	site.r.db = login("all_");
	rec.table = &at;
	cell = rowsite_cell("name", "all_@localhost", "all_@" NEW);
	expect(&rec, STEP_BEFORE, NULL);
	warn_forget();
	assert_int_equal(account_make(&site.r, &rec), -1);
	assert_true(said_any("itself is logged in with"));
	expect(&rec, STEP_BEFORE, NULL);
	db_close(site.r.db);
	site.r.db = login("low");
	cell = rowsite_cell("name", "nova@" OLD, "nova@" NEW);
	warn_forget();
	expect(&rec, STEP_FAILED, NULL);
	assert_true(said_any("may not read the accounts"));
	/* Itself it knows, but may not rename. */
	cell = rowsite_cell("name", "low@" NEW, "low@localhost");
	expect(&rec, STEP_AFTER, NULL);
	warn_forget();
	assert_int_equal(account_unmake(&site.r, &rec), -1);
	assert_true(said_any("could not be renamed"));
	assert_false(said_any("canary"));
	db_close(site.r.db);
	site.r.db = all;
}

/* At each statement in turn, until a run meets no fault. */
static void
lost(void **state)
{
	static const enum how hows[] = { KILL_BEFORE, LOSE_ANSWER, CRASH_BEFORE,
		CRASH_BEHIND };
	struct plan_cell cell;
	struct plan_record rec = record(&cell);
	unsigned int at;
	size_t i;
	int rc, saved;

	(void)state;
	for (i = 0; i < sizeof(hows) / sizeof(hows[0]); i++) {
		at = 0;
		do {
			rowsite_close(&site);
			open_site(NULL);
			fault.at = at;
			fault.how = hows[i];
			saved = hush();
			rc = account_make(&site.r, &rec);
			fault.how = NONE;
			if (rc != 0)
				rc = account_make(&site.r, &rec);
			unhush(saved);
			if (site.db.server.mysql == NULL)
				assert_int_equal(
				    mariadb_wait(&site.db.server), 0);
			assert_int_equal(rc, 0);
			expect(&rec, STEP_AFTER, NULL);
		} while (fault.n > at++ && at < 30);
		assert_in_range(at, 4, 29);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(seen, open_site, close_site),
		cmocka_unit_test_setup_teardown(rights, open_site, close_site),
		cmocka_unit_test_setup_teardown(may, open_site, close_site),
		cmocka_unit_test_setup_teardown(
		    definers, open_site, close_site),
		cmocka_unit_test_setup_teardown(step, open_site, close_site),
		cmocka_unit_test_setup_teardown(strange, open_site, close_site),
		cmocka_unit_test_setup_teardown(logins, open_site, close_site),
		cmocka_unit_test_setup_teardown(lost, open_site, close_site),
	};
	int failed;

	if (rowsite_start(&site) == 0)
		return 77;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site.db);
	return failed;
}
