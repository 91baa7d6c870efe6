/* What a failure means, and a session that comes back as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/database/db_query.h"
#include "archive/database/db_session.h"
#include "archive/database/db_write.h"
#include "tests/unit/rowsite.h"

static struct rowsite site;

static const struct {
	unsigned int code;
	enum db_trouble want;
} codes[] = {
	{ 0, DB_FINE },
	{ 1213, DB_AGAIN },
	{ 1205, DB_AGAIN },
	{ 1180, DB_AGAIN },
	{ 1020, DB_AGAIN },
	{ 1317, DB_AGAIN },
	{ 1047, DB_LOST },
	{ 1053, DB_LOST },
	{ 1927, DB_LOST },
	{ 2002, DB_LOST },
	{ 2003, DB_LOST },
	{ 2006, DB_LOST },
	{ 2013, DB_LOST },
	{ 1062, DB_REFUSED },
	{ 1451, DB_REFUSED },
	{ 1452, DB_REFUSED },
	{ 1045, DB_WRONG },
	{ 1064, DB_WRONG },
	{ 1644, DB_WRONG },
	{ 2008, DB_WRONG },
	{ 2014, DB_WRONG },
	{ 1290, DB_WRONG },
};

static void
meanings(void **state)
{
	struct db *db;
	size_t i;

	(void)state;
	rowsite_open(&site);
	db = site.r.db->servers[0].db;
	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		db->code = codes[i].code;
		if (db_trouble(db) != codes[i].want)
			fail_msg("code %u", codes[i].code);
	}
	rowsite_close(&site);
}

/* What is said, and when: at once, only what is wrong, and without values. */
static void
words(void **state)
{
	struct db *db;

	(void)state;
	rowsite_open(&site);
	db = site.r.db->servers[0].db;
	db_failed(db, 1213, "Deadlock found");
	assert_true(said_any(": error 1213: Deadlock found"));
	warn_forget();
	db_hush(db, 1);
	db_failed(db, 1213, "Deadlock found");
	db_failed(db, 1062, "Duplicate entry 'can for ary' for key 'k'");
	assert_string_equal(
	    db_why(db), "error 1062: Duplicate entry *** for key 'k'");
	assert_false(said_any("error"));
	db_failed(db, 1644, "not today");
	assert_true(said_any("error 1644: not today"));
	/* A call that does not fail ends it. */
	assert_int_equal(db_run(db, "DO 1"), 0);
	assert_int_equal(db_trouble(db), DB_FINE);
	rowsite_close(&site);
}

static char *
ask(struct db *db, const char *query)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	char *out;

	assert_int_equal(buf_adds(&sql, query), 0);
	assert_int_equal(db_select(db, &sql, 0, &rows), 0);
	assert_int_equal(db_next(rows, &cells), 1);
	assert_non_null(out = strdup(cells[0].data));
	db_rows_free(rows);
	buf_free(&sql);
	return out;
}

#define SETTINGS                                                               \
	"SELECT CONCAT_WS('/', @@sql_mode, @@time_zone,"                       \
	" @@character_set_client, @@net_write_timeout, @@wait_timeout)"

static void
comes_back(void **state)
{
	char kill_it[64], *first, *id, *again;
	struct db *db;

	(void)state;
	rowsite_open(&site);
	db = site.r.db->servers[0].db;
	first = ask(db, SETTINGS);
	assert_string_equal(first, "/+00:00/binary/3600/28800");
	assert_int_equal(db_begin_writing(db), 0);
	id = ask(db, "SELECT CONNECTION_ID()");
	snprintf(kill_it, sizeof(kill_it), "KILL %s", id);
	mariadb_sql(&site.db.server, kill_it);
	assert_int_equal(db_run(db, "DO 1"), -1);
	assert_int_equal(db_trouble(db), DB_LOST);
	/* It stays so until somebody asks for it. */
	assert_int_equal(db_run(db, "DO 1"), -1);
	assert_int_equal(db_trouble(db), DB_LOST);
	assert_int_equal(db_reconnect(db, &rowsite_patience, NULL, NULL), 0);
	assert_int_equal(db_trouble(db), DB_FINE);
	again = ask(db, SETTINGS);
	assert_string_equal(first, again);
	free(again);
	again = ask(db, "SELECT CONNECTION_ID()");
	assert_string_not_equal(id, again);
	free(again);
	free(id);
	free(first);
	rowsite_close(&site);
}

/* A login that is refused is not waited for. */
static void
refused(void **state)
{
	struct db *db;

	(void)state;
	mariadb_sql(&site.db.server,
	    "CREATE OR REPLACE USER once@localhost IDENTIFIED BY 'canary'");
	rowsite_open(&site);
	db = site.r.db->servers[0].db;
	assert_int_equal(manifest_set(&db->login.user, "once"), 0);
	assert_int_equal(manifest_set(&db->login.password, "canary"), 0);
	assert_int_equal(db_reconnect(db, &rowsite_patience, NULL, NULL), 0);
	mariadb_sql(&site.db.server, "DROP USER once@localhost");
	warn_forget();
	assert_int_equal(db_reconnect(db, &rowsite_patience, NULL, NULL), -1);
	assert_int_equal(db_trouble(db), DB_WRONG);
	assert_true(said_any("error 1045"));
	assert_false(said_any("canary"));
	assert_int_equal(db_run(db, "DO 1"), -1);
	rowsite_close(&site);
}

static int
count_down(void *cookie)
{

	return --*(int *)cookie == 0 ? -1 : 0;
}

/* Pauses grow up to a bound, and who asks to stop is heard. */
static void
pauses(void **state)
{
	static const struct db_patience p = { 1, 4, 100 };
	int left = 3;

	(void)state;
	assert_int_equal(db_pause(&p, 0, NULL, NULL), 0);
	assert_int_equal(db_pause(&p, 4000000000u, count_down, &left), 0);
	assert_int_equal(db_pause(&p, 1, count_down, &left), 0);
	assert_int_equal(db_pause(&p, 2, count_down, &left), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(meanings),
		cmocka_unit_test(words),
		cmocka_unit_test(comes_back),
		cmocka_unit_test(refused),
		cmocka_unit_test(pauses),
	};
	int rc;

	if (rowsite_start(&site) == 0)
		return 77;
	warn_quiet(1);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site.db);
	return rc;
}
