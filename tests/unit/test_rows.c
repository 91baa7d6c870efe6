/* rows_look, rows_make and rows_unmake on a real server, by a journal alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/rowsite.h"

static struct rowsite site;

#define BEFORE                                                                 \
	"a old-a NULL 2012-10-30 01:02:03\nb old-b x 2012-10-30 01:02:03\n"    \
	"c old-c  2012-10-30 01:02:03\nz not ours  2012-10-30 01:02:03\n"      \
	"50 NULL NULL NULL NULL NULL NULL"
#define NODE(id, up)                                                           \
	id " " up " 00FF5C27 {\"a\": 1} 3.14 2012-10-30 11:12:13 "             \
	   "18446744073709551615\n"
#define AFTER                                                                  \
	"a new-a canary 2012-10-30 01:02:03\nb old-c x 2012-10-30 01:02:03\n"  \
	"c new-c NULL 2012-10-30 01:02:03\n"                                   \
	"z not ours  2012-10-30 01:02:03\n" NODE("1", "9") NODE("2", "1")      \
	    NODE("9", "50") "50 NULL NULL NULL NULL NULL NULL"

/* Values that move on along a unique key, NULL both ways, rows that come before
 * the ones that they refer to. */
static struct journal *
journal(void)
{
	const struct plan_cell a[] = { rowsite_cell("url", "old-a", "new-a"),
		rowsite_cell("note", NULL, "canary"), { .name = NULL } };
	const struct plan_cell c[] = { rowsite_cell("url", "old-c", "new-c"),
		rowsite_cell("note", "", NULL), { .name = NULL } };
	struct journal *j = rowsite_journal(&site);

	rowsite_row(j, PLAN_CHANGE, "url", "a", a);
	rowsite_url(j, "b", "url", "old-b", "old-c");
	rowsite_row(j, PLAN_CHANGE, "url", "c", c);
	rowsite_node(j, "1", "9");
	rowsite_node(j, "2", "1");
	rowsite_node(j, "9", "50");
	rowsite_seal(j);
	return j;
}

static enum outcome
make(struct journal *j)
{

	return rows_make(&site.r, j, NULL, NULL);
}

static enum outcome
unmake(struct journal *j)
{

	assert_int_equal(journal_turn(j, JOURNAL_BACK), 0);
	return rows_unmake(&site.r, j, NULL, NULL);
}

/* What rows_look tells of rows that are neither, a line each. */
static int
tell(void *cookie, const struct plan_record *rec, enum step_state state,
    const char *why)
{

	if (state == STEP_AFTER)
		return 0;
	return buf_addf(cookie, "%s: %s\n", rec->item, why);
}

static void
expect_look(struct journal *j, const char *want)
{
	struct buf got = BUF_EMPTY;

	assert_int_equal(rows_look(&site.r, j, tell, &got), 0);
	if (strcmp(got.len == 0 ? "" : got.data, want) != 0)
		fail_msg("got:\n%swant:\n%s", got.data, want);
	buf_free(&got);
}

static void
there_and_back(void **state)
{
	struct journal *j;

	(void)state;
	rowsite_open(&site);
	j = journal();
	rowsite_expect(&site, BEFORE);
	expect_look(j, "");
	assert_int_equal(make(j), OUTCOME_DONE);
	rowsite_expect(&site, AFTER);
	assert_int_equal(journal_intended(j), 6);
	expect_look(j, "");
	/* Once more does nothing, both ways. */
	assert_int_equal(make(j), OUTCOME_DONE);
	rowsite_expect(&site, AFTER);
	assert_int_equal(unmake(j), OUTCOME_DONE);
	rowsite_expect(&site, BEFORE);
	assert_int_equal(unmake(j), OUTCOME_DONE);
	rowsite_expect(&site, BEFORE);
	journal_close(j);
	rowsite_close(&site);
}

/* Something moves before the way there, or before the way back. */
static const struct {
	int back;
	const char *sql, *look, *said;
} moved[] = {
	{ 0, "UPDATE nova.url SET url = 'OLD-a' WHERE id = 'a'",
	    "row:nova.url:a: column url has changed since", "column url has" },
	{ 0, "UPDATE nova.url SET note = '' WHERE id = 'a'",
	    "row:nova.url:a: column note has changed since", "column note" },
	{ 0, "UPDATE nova.url SET url = 'new-a' WHERE id = 'a'",
	    "row:nova.url:a: has changed since: some of its columns",
	    "some of its columns are as they were" },
	{ 0, "DELETE FROM nova.url WHERE id = 'b'",
	    "row:nova.url:b: the row is gone\n", "the row is gone" },
	{ 0, "INSERT INTO nova.node (id, up) VALUES (9, 50)",
	    "row:nova.node:9: a row with this key is here, and its column b",
	    "row:nova.node:9: a row with this key is here" },
	{ 0, "DROP TABLE nova.node", "has no table nova.node any more\n",
	    "row:nova.node:9: " },
	{ 0, "ALTER TABLE nova.url DROP note",
	    "row:nova.url:a: the table has no column note\n", "no column" },
	{ 0, "ALTER TABLE nova.url DROP PRIMARY KEY, ADD PRIMARY KEY (id, at)",
	    "row:nova.url:a: the table has another primary key\n", "another" },
	{ 0, "UPDATE nova.url SET url = 'new-c' WHERE id = 'z'", "",
	    "row:nova.url:c: error 1062: Duplicate entry *** for key 'url'" },
	{ 0, "DELETE FROM nova.node", "", "row:nova.node:9: error 1452" },
	{ 1, "UPDATE nova.url SET note = 'Canary' WHERE id = 'a'",
	    "row:nova.url:a: column note has changed since", "column note" },
	{ 1, "UPDATE nova.url SET url = 'other' WHERE id = 'b'",
	    "row:nova.url:b: column url has changed since", "column url" },
	{ 1, "UPDATE nova.node SET b = X'00' WHERE id = 1",
	    "row:nova.node:1: a row with this key is here, and its column b",
	    "column b is not" },
	{ 1, "UPDATE nova.node SET u = u - 1 WHERE id = 2",
	    "row:nova.node:2: a row with this key is here, and its column u",
	    "column u is not" },
	{ 1, "INSERT INTO nova.node (id, up) VALUES (77, 2)", "",
	    "row:nova.node:2: error 1451" },
	{ 1, "UPDATE nova.url SET url = 'old-b' WHERE id = 'z'", "",
	    "row:nova.url:b: error 1062: Duplicate entry *** for key 'url'" },
};

static void
expect_look_begins(struct journal *j, const char *want)
{
	struct buf got = BUF_EMPTY;

	assert_int_equal(rows_look(&site.r, j, tell, &got), 0);
	if (want[0] == '\0')
		assert_int_equal(got.len, 0);
	else if (got.len == 0 || strstr(got.data, want) == NULL)
		fail_msg("got:\n%swant:\n%s", got.data, want);
	assert_true(got.len == 0 || strstr(got.data, "anary") == NULL);
	buf_free(&got);
}

static void
changed_since(void **state)
{
	char *now, *then;
	struct journal *j;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(moved) / sizeof(moved[0]); i++) {
		print_message("%s\n", moved[i].sql);
		rowsite_open(&site);
		j = journal();
		if (moved[i].back) {
			assert_int_equal(make(j), OUTCOME_DONE);
			assert_int_equal(journal_done(j, 6), 0);
		}
		mariadb_sql(&site.db.server, moved[i].sql);
		expect_look_begins(j, moved[i].look);
		now = strstr(moved[i].sql, "ABLE") == NULL ? rowsite_dump(&site)
							   : NULL;
		assert_int_equal(
		    moved[i].back ? unmake(j) : make(j), OUTCOME_UNSAFE);
		if (!said_any(moved[i].said))
			fail_msg("%s is not said", moved[i].said);
		assert_false(said_any("anary"));
		if (now != NULL) {
			assert_non_null(then = rowsite_dump(&site));
			assert_string_equal(now, then);
			free(then);
		}
		free(now);
		assert_int_equal(journal_intended(j), moved[i].back ? 6 : 0);
		journal_close(j);
		rowsite_close(&site);
	}
}

/* Rows that were never committed are not to be taken back, whatever became of
 * them since. */
static void
never_made(void **state)
{
	struct journal *j;

	(void)state;
	rowsite_open(&site);
	j = journal();
	mariadb_sql(&site.db.server, "UPDATE nova.url SET url = 'theirs'"
				     " WHERE id = 'a'");
	assert_int_equal(unmake(j), OUTCOME_DONE);
	/* The commit was ahead when it was cut. */
	assert_int_equal(journal_turn(j, JOURNAL_FORWARD), 0);
	assert_int_equal(journal_intend(j, 6), 0);
	assert_int_equal(unmake(j), OUTCOME_DONE);
	assert_false(said_any("changed since"));
	/* One row is as the restore makes it: it was committed. */
	mariadb_sql(&site.db.server, "UPDATE nova.url SET url = 'old-c'"
				     " WHERE id = 'c';"
				     "UPDATE nova.url SET url = 'x'"
				     " WHERE id = 'c';"
				     "UPDATE nova.url SET url = 'old-c'"
				     " WHERE id = 'b'");
	assert_int_equal(unmake(j), OUTCOME_UNSAFE);
	assert_true(said_any("row:nova.url:a: column url"));
	assert_true(said_any("row:nova.url:c: column url"));
	journal_close(j);
	rowsite_close(&site);
}

/* An error of the server's: said with the row, nothing is changed. */
static void
trigger(void **state)
{
	struct journal *j;

	(void)state;
	rowsite_open(&site);
	j = journal();
	mariadb_sql(&site.db.server,
	    "CREATE TRIGGER nova.no BEFORE INSERT ON nova.node FOR EACH ROW"
	    " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'");
	assert_int_equal(make(j), OUTCOME_FAILED);
	assert_true(said_any("not today"));
	assert_true(said_any("row:nova.node:1: stopped here"));
	rowsite_expect(&site, BEFORE);
	mariadb_sql(&site.db.server, "DROP TRIGGER nova.no");
	assert_int_equal(make(j), OUTCOME_DONE);
	rowsite_expect(&site, AFTER);
	journal_close(j);
	rowsite_close(&site);
}

static int
third(void *cookie, uint64_t done, uint64_t of, const char *item)
{
	uint64_t *last = cookie;

	assert_int_equal(of, 6);
	assert_non_null(item);
	*last = done;
	return done == 2 ? -1 : 0;
}

static void
stopped_by_tick(void **state)
{
	struct journal *j;
	uint64_t last;

	(void)state;
	rowsite_open(&site);
	j = journal();
	assert_int_equal(rows_make(&site.r, j, third, &last), OUTCOME_FAILED);
	assert_int_equal(last, 2);
	rowsite_expect(&site, BEFORE);
	assert_int_equal(journal_intended(j), 0);
	assert_int_equal(make(j), OUTCOME_DONE);
	assert_int_equal(journal_turn(j, JOURNAL_BACK), 0);
	assert_int_equal(rows_unmake(&site.r, j, third, &last), OUTCOME_FAILED);
	rowsite_expect(&site, AFTER);
	journal_close(j);
	rowsite_close(&site);
}

/* More rows than one query takes, told in the journal's order. */
static void
many(void **state)
{
	struct buf got = BUF_EMPTY;
	char key[16], old[24], new[24];
	struct journal *j;
	int i, n = 0;
	char *at;

	(void)state;
	rowsite_open(&site);
	mariadb_sql(&site.db.server,
	    "USE nova; DELETE FROM nova.url; INSERT INTO nova.url (id, url)"
	    " SELECT seq, CONCAT('old-', seq) FROM seq_1000_to_3200");
	j = rowsite_journal(&site);
	for (i = 1000; i <= 3200; i++) {
		snprintf(key, sizeof(key), "%d", i);
		snprintf(old, sizeof(old), "old-%d", i);
		snprintf(new, sizeof(new), "new-%d", i);
		rowsite_url(j, key, "url", old, new);
	}
	rowsite_seal(j);
	expect_look(j, "");
	mariadb_sql(&site.db.server, "DELETE FROM nova.url WHERE id LIKE '%7'");
	assert_int_equal(rows_look(&site.r, j, tell, &got), 0);
	for (at = got.data; (at = strchr(at, '\n')) != NULL; at++)
		n++;
	assert_int_equal(n, 220);
	assert_memory_equal(got.data, "row:nova.url:1007: the", 22);
	assert_int_equal(make(j), OUTCOME_UNSAFE);
	assert_true(said_any("200 more of its rows are in the way"));
	mariadb_sql(&site.db.server, "INSERT INTO nova.url (id, url) SELECT"
				     " seq, CONCAT('new-', seq) FROM"
				     " seq_1007_to_3197_step_10");
	assert_int_equal(make(j), OUTCOME_DONE);
	buf_free(&got);
	journal_close(j);
	rowsite_close(&site);
}

/* No server for a row, and no rows at all. */
static void
without_database(void **state)
{
	struct db_set *set;
	struct journal *j;

	(void)state;
	rowsite_open(&site);
	j = journal();
	set = site.r.db;
	site.r.db = NULL;
	assert_int_equal(make(j), OUTCOME_FAILED);
	assert_true(said_any("row:nova.url:a: its database is not among"));
	assert_int_equal(rows_look(&site.r, j, tell, NULL), -1);
	journal_close(j);
	j = rowsite_journal(&site);
	rowsite_seal(j);
	assert_int_equal(make(j), OUTCOME_DONE);
	assert_int_equal(unmake(j), OUTCOME_DONE);
	assert_int_equal(rows_look(&site.r, j, tell, NULL), 0);
	journal_close(j);
	site.r.db = set;
	rowsite_close(&site);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(changed_since),
		cmocka_unit_test(never_made),
		cmocka_unit_test(trigger),
		cmocka_unit_test(stopped_by_tick),
		cmocka_unit_test(many),
		cmocka_unit_test(without_database),
	};
	int rc;

	if (rowsite_start(&site) == 0)
		return 77;
	warn_quiet(1);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	dbsite_stop(&site.db);
	return rc;
}
