/* Rows that others hold: the server takes ours back, or lets us wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/rowsite.h"

static struct rowsite site;
static char *was, *will;

/* Two tables, changes and new rows, one of them before its parent. */
static struct journal *
journal(void)
{
	struct journal *j = rowsite_journal(&site);

	rowsite_url(j, "a", "url", "old-a", "new-a");
	rowsite_url(j, "c", "note", "", NULL);
	rowsite_node(j, "1", "9");
	rowsite_node(j, "9", "50");
	rowsite_seal(j);
	return j;
}

/* Statements of another session, run in turn by a child. */
static pid_t
other_session(const char *const *sql, unsigned int wait_us)
{
	MYSQL *m;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid != 0)
		return pid;
	m = mysql_init(NULL);
	if (m == NULL || mysql_real_connect(m, NULL, "root", "", "nova", 0,
			     site.db.server.socket, 0) == NULL)
		_exit(1);
	for (; *sql != NULL; sql++) {
		if (mysql_query(m, *sql))
			_exit(2);
		mysql_free_result(mysql_store_result(m));
		usleep(wait_us);
	}
	mysql_close(m);
	_exit(0);
}

static void
join(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* Before the second row, let the other session lock it and wait for ours. */
static int
let_other_in(void *cookie, uint64_t done, uint64_t of, const char *item)
{
	int *n = cookie;

	(void)of;
	(void)item;
	if (done == 1 && (*n)++ == 0)
		usleep(700000);
	return 0;
}

/* Two sessions lock two rows in the opposite order.  The other one has written
 * more, so that ours is the server's victim. */
static void
deadlock(void **state)
{
	static const char *const sql[] = { "START TRANSACTION",
		"UPDATE nova.url SET note = CONCAT(note, '') WHERE id = 'b'",
		"INSERT INTO nova.node (id) SELECT seq + 1000 FROM"
		" seq_1_to_300",
		"DELETE FROM nova.node WHERE id > 1000",
		"SELECT 1 FROM nova.url WHERE id = 'c' FOR UPDATE",
		"SELECT 1 FROM nova.url WHERE id = 'a' FOR UPDATE", "COMMIT",
		NULL };
	struct journal *j;
	int n = 0;
	pid_t pid;

	(void)state;
	rowsite_open(&site);
	j = journal();
	pid = other_session(sql, 50000);
	assert_int_equal(rows_make(&site.r, j, let_other_in, &n), OUTCOME_DONE);
	join(pid);
	/* It came to the second row twice. */
	assert_true(n >= 2);
	rowsite_expect(&site, will);
	journal_close(j);
	rowsite_close(&site);
}

/* A row that another holds for longer than the server waits. */
static void
lock_wait(void **state)
{
	static const char *const sql[] = { "START TRANSACTION",
		"SELECT 1 FROM nova.url WHERE id = 'c' FOR UPDATE",
		"SELECT SLEEP(2)", "COMMIT", NULL };
	struct journal *j;
	pid_t pid;

	(void)state;
	rowsite_open(&site);
	mariadb_sql(&site.db.server, "SET GLOBAL innodb_lock_wait_timeout = 1");
	rowsite_close(&site);
	rowsite_open(&site);
	j = journal();
	pid = other_session(sql, 0);
	usleep(300000);
	assert_int_equal(rows_make(&site.r, j, NULL, NULL), OUTCOME_DONE);
	join(pid);
	rowsite_expect(&site, will);
	assert_int_equal(journal_turn(j, JOURNAL_BACK), 0);
	/* One that never ends: tried so often, then given up. */
	mariadb_sql(&site.db.server, "START TRANSACTION; SELECT 1 FROM nova.url"
				     " WHERE id = 'a' FOR UPDATE");
	assert_int_equal(rows_unmake(&site.r, j, NULL, NULL), OUTCOME_FAILED);
	assert_true(said_any("error 1205"));
	assert_true(said_any("were tried 10 times"));
	mariadb_sql(&site.db.server,
	    "COMMIT; SET GLOBAL innodb_lock_wait_timeout = 50");
	rowsite_expect(&site, will);
	assert_int_equal(rows_unmake(&site.r, j, NULL, NULL), OUTCOME_DONE);
	rowsite_expect(&site, was);
	journal_close(j);
	rowsite_close(&site);
}

static int
record_states(void **state)
{
	struct journal *j;

	(void)state;
	rowsite_open(&site);
	was = rowsite_dump(&site);
	j = journal();
	if (rows_make(&site.r, j, NULL, NULL) != OUTCOME_DONE)
		return -1;
	will = rowsite_dump(&site);
	journal_close(j);
	rowsite_close(&site);
	return was == NULL || will == NULL || strcmp(was, will) == 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deadlock),
		cmocka_unit_test(lock_wait),
	};
	int rc;

	if (rowsite_start(&site) == 0)
		return 77;
	warn_quiet(1);
	rc = cmocka_run_group_tests(tests, record_states, NULL);
	free(was);
	free(will);
	dbsite_stop(&site.db);
	return rc;
}
