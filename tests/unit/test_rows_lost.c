/**
 * Rows against a server that goes away: before each statement, and behind each
 * whose answer is lost, until a whole run meets no fault; and one that does not
 * come back.
 *
 * The three calls that run a statement are novark's only ones: they stand in
 * front of the library's here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/socket.h>

#include <dlfcn.h>
#include <time.h>

#include "tests/unit/rowsite.h"

static struct rowsite site;

enum fault {
	NONE,
	KILL_BEFORE,  /* an administrator kills our connection */
	LOSE_ANSWER,  /* done, but the connection breaks before the answer */
	CRASH_BEFORE, /* the server is killed, and started again */
	GONE_BEHIND,  /* likewise, and not started again */
	CRASH_BEHIND, /* likewise, when it has done the statement */
};

/* Which statement of a run has the fault, and how many there were. */
static struct {
	enum fault fault;
	unsigned int at, n;
	int commits; /* that the server took */
} plan;

static void
kill_connection(MYSQL *mysql)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "KILL %lu", mysql_thread_id(mysql));
	mariadb_sql(&site.db.server, sql);
}

static void
before(MYSQL *mysql)
{

	if (plan.fault == NONE || plan.n++ != plan.at)
		return;
	if (plan.fault == KILL_BEFORE)
		kill_connection(mysql);
	if (plan.fault == CRASH_BEFORE)
		mariadb_again(&site.db.server);
}

/* 1: the answer is lost. */
static int
behind(MYSQL *mysql)
{

	if (plan.n != plan.at + 1 || plan.fault == NONE ||
	    plan.fault == KILL_BEFORE || plan.fault == CRASH_BEFORE)
		return 0;
	plan.n++;
	if (plan.fault == CRASH_BEHIND)
		mariadb_again(&site.db.server);
	if (plan.fault == GONE_BEHIND)
		kill(site.db.server.pid, SIGKILL);
	shutdown((int)mysql_get_socket(mysql), SHUT_RDWR);
	return 1;
}

/* The library's own function of that name. */
static void
real(const char *name, void *to)
{
	void *found = dlsym(RTLD_NEXT, name);

	assert_non_null(found);
	memcpy(to, &found, sizeof(found));
}

/* Is it novark that calls, not the test's own session? */
static int
is_ours(const MYSQL *mysql)
{

	return mysql != site.db.server.mysql;
}

int STDCALL
mysql_real_query(MYSQL *mysql, const char *q, unsigned long len)
{
	int(STDCALL * call)(MYSQL *, const char *, unsigned long);
	int rc;

	real("mysql_real_query", &call);
	if (!is_ours(mysql))
		return call(mysql, q, len);
	before(mysql);
	rc = call(mysql, q, len);
	if (rc == 0 && strcmp(q, "COMMIT") == 0)
		plan.commits++;
	if (rc == 0 && behind(mysql)) {
		mysql->net.last_errno = 2013;
		snprintf(mysql->net.last_error, sizeof(mysql->net.last_error),
		    "Lost connection");
		return 1;
	}
	return rc;
}

int STDCALL
mysql_stmt_execute(MYSQL_STMT *stmt)
{
	int(STDCALL * call)(MYSQL_STMT *);
	int rc;

	real("mysql_stmt_execute", &call);
	before(stmt->mysql);
	rc = call(stmt);
	if (rc == 0 && behind(stmt->mysql)) {
		stmt->last_errno = 2013;
		return 1;
	}
	return rc;
}

int STDCALL
mysql_stmt_prepare(MYSQL_STMT *stmt, const char *q, unsigned long len)
{
	int(STDCALL * call)(MYSQL_STMT *, const char *, unsigned long);

	real("mysql_stmt_prepare", &call);
	before(stmt->mysql);
	return call(stmt, q, len);
}

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

static char *was, *will;

/* A run one way, with a fault at statement ${at}: was there one? */
static int
run(enum journal_way way, enum fault fault, unsigned int at)
{
	enum outcome rc;
	struct journal *j;

	rowsite_open(&site);
	j = journal();
	if (way == JOURNAL_BACK) {
		assert_int_equal(
		    rows_make(&site.r, j, NULL, NULL), OUTCOME_DONE);
		rowsite_expect(&site, will);
		assert_int_equal(journal_turn(j, JOURNAL_BACK), 0);
	}
	plan.fault = fault;
	plan.at = at;
	plan.n = 0;
	plan.commits = 0;
	rc = way == JOURNAL_FORWARD ? rows_make(&site.r, j, NULL, NULL)
				    : rows_unmake(&site.r, j, NULL, NULL);
	plan.fault = NONE;
	if (site.db.server.mysql == NULL)
		assert_int_equal(mariadb_wait(&site.db.server), 0);
	if (rc != OUTCOME_DONE)
		fail_msg("fault %d at %u: outcome %d", fault, at, rc);
	rowsite_expect(&site, way == JOURNAL_FORWARD ? will : was);
	assert_in_range(plan.commits, 1, 2);
	journal_close(j);
	rowsite_close(&site);
	return plan.n > at;
}

/* With a fault at every statement until a run meets none; or, where each costs
 * a start of the server, at the commit and at one statement in ${every}. */
static unsigned int
statements(enum journal_way way, enum fault fault, unsigned int every)
{
	unsigned int at, points = 0, total;

	assert_false(run(way, fault, UINT_MAX));
	total = plan.n;
	for (at = 0; at < total; at++) {
		/* Behind the commit comes the setting for reading. */
		if (at != total - 2 && (unsigned int)rand() % every != 0)
			continue;
		assert_true(run(way, fault, at));
		points++;
	}
	assert_false(run(way, fault, at));
	return points;
}

static void
all_statements(enum fault fault, unsigned int every)
{
	unsigned int points;

	points = statements(JOURNAL_FORWARD, fault, every);
	points += statements(JOURNAL_BACK, fault, every);
	print_message("%u points\n", points);
	assert_true(points >= (every == 1 ? 20 : 2));
}

/* All of them takes a minute: NOVARK_CRASH=all, as tests/lib/crash.sh has it.
 */
static unsigned int
some(void)
{
	const char *all = getenv("NOVARK_CRASH"), *seed = getenv("NOVARK_SEED");
	unsigned int n = seed != NULL ? (unsigned int)strtoul(seed, NULL, 10)
				      : (unsigned int)time(NULL);

	print_message("NOVARK_SEED=%u\n", n);
	srand(n);
	return all != NULL && strcmp(all, "all") == 0 ? 1 : 8;
}

static void
connection_lost(void **state)
{

	(void)state;
	all_statements(KILL_BEFORE, 1);
	all_statements(LOSE_ANSWER, 1);
}

static void
server_killed(void **state)
{
	unsigned int every = some();

	(void)state;
	all_statements(CRASH_BEFORE, every);
	all_statements(CRASH_BEHIND, every);
}

static int
asked_to_stop(void *cookie, uint64_t done, uint64_t of, const char *item)
{

	(void)done;
	(void)of;
	if (strncmp(item, "waiting for unix:", 17) != 0)
		return 0;
	++*(int *)cookie;
	return -1;
}

/* A server that does not come back: nothing is known after a commit. */
static void
gone(void **state)
{
	static const struct db_patience little = { 10, 20, 100 };
	struct journal *j;
	int stops = 0, status;

	(void)state;
	rowsite_open(&site);
	site.r.patience = &little;
	j = journal();
	kill(site.db.server.pid, SIGKILL);
	waitpid(site.db.server.pid, &status, 0);
	assert_int_equal(rows_make(&site.r, j, NULL, NULL), OUTCOME_FAILED);
	assert_true(said_any("did not come back within 0 s"));
	assert_int_equal(
	    rows_make(&site.r, j, asked_to_stop, &stops), OUTCOME_FAILED);
	assert_int_equal(stops, 1);
	assert_int_equal(rows_look(&site.r, j, NULL, NULL), -1);
	mysql_close(site.db.server.mysql);
	mariadb_serve(&site.db.server);
	assert_int_equal(mariadb_wait(&site.db.server), 0);
	assert_int_equal(rows_look(&site.r, j, NULL, NULL), 0);
	assert_int_equal(rows_make(&site.r, j, NULL, NULL), OUTCOME_DONE);
	rowsite_expect(&site, will);
	journal_close(j);
	rowsite_close(&site);
}

/* It ends behind the commit, and stays away: then that is what is said. */
static void
gone_in_commit(void **state)
{
	static const struct db_patience little = { 10, 20, 100 };
	struct journal *j;
	int status;

	(void)state;
	assert_false(run(JOURNAL_FORWARD, LOSE_ANSWER, UINT_MAX));
	plan.at = plan.n - 2;
	plan.n = 0;
	rowsite_open(&site);
	site.r.patience = &little;
	j = journal();
	plan.fault = GONE_BEHIND;
	assert_int_equal(rows_make(&site.r, j, NULL, NULL), OUTCOME_PARTIAL);
	plan.fault = NONE;
	assert_true(said_any("its rows are unknown"));
	assert_int_equal(journal_intended(j), 4);
	waitpid(site.db.server.pid, &status, 0);
	mysql_close(site.db.server.mysql);
	mariadb_serve(&site.db.server);
	assert_int_equal(mariadb_wait(&site.db.server), 0);
	rowsite_expect(&site, will);
	/* Resumed, in a session of its own, then taken back. */
	rowsite_close(&site);
	assert_int_equal(
	    db_connect(&site.site, site.db.cnf, &site.r.db), OUTCOME_DONE);
	assert_int_equal(rows_make(&site.r, j, NULL, NULL), OUTCOME_DONE);
	rowsite_expect(&site, will);
	assert_int_equal(journal_turn(j, JOURNAL_BACK), 0);
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
		cmocka_unit_test(connection_lost),
		cmocka_unit_test(gone),
		cmocka_unit_test(gone_in_commit),
		cmocka_unit_test(server_killed),
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
