#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/folder.h"

#include "tests/unit/engine_world.h"

static enum outcome
run(struct restore *r, enum journal_way way, int fresh, restore_tick *tick,
    void *cookie)
{
	enum outcome rc;
	int saved = hush();

	rc = way == JOURNAL_FORWARD ? engine_forward(r, fresh, tick, cookie)
				    : engine_back(r, tick, cookie);
	if (rc == OUTCOME_DONE)
		assert_int_equal(journal_end(r->journal), 0);
	unhush(saved);
	return rc;
}

static void
begin(struct restore *r, struct restore_options *opt)
{

	world_start();
	world->abreast = 1;
	world_journal(r, opt);
}

/* All of it is on one side, by a run of its own. */
static void
ends(enum journal_way way)
{
	struct restore_options opt;
	struct restore r;

	world_reopen(&r, &opt);
	assert_int_equal(run(&r, way, 0, NULL, NULL), OUTCOME_DONE);
	assert_int_equal(
	    world_count(way == JOURNAL_FORWARD ? STEP_AFTER : STEP_BEFORE),
	    ALL);
	world_close(&r);
}

static void
there_and_back(void **state)
{
	struct restore_options opt;
	struct restore r;

	(void)state;
	begin(&r, &opt);
	/* Some stand already. */
	world->state[12] = world->state[40] = STEP_AFTER;
	assert_int_equal(run(&r, JOURNAL_FORWARD, 1, NULL, NULL), OUTCOME_DONE);
	assert_int_equal(world_count(STEP_AFTER), ALL);
	assert_int_equal(r.applied, ALL - 2);
	assert_int_equal(journal_intended(r.journal), ALL);
	world_close(&r);
	ends(JOURNAL_BACK);
}

/* What fails leaves some behind it that were begun: no more than the journal
 * knows of, and both ways are open. */
static void
every_failure(void **state)
{
	struct restore_options opt;
	struct restore r;
	uint64_t intended;
	int i, n;

	(void)state;
	for (i = 10; i < 60; i++) {
		begin(&r, &opt);
		world->fail = i;
		assert_int_equal(
		    run(&r, JOURNAL_FORWARD, 1, NULL, NULL), OUTCOME_PARTIAL);
		intended = journal_intended(r.journal);
		assert_true(intended > (uint64_t)i && intended <= 60);
		for (n = 0; n < ALL; n++)
			if (n < i)
				assert_int_equal(world->state[n], STEP_AFTER);
			else if ((uint64_t)n >= intended)
				assert_int_equal(world->state[n], STEP_BEFORE);
		assert_int_equal(r.applied, world_count(STEP_AFTER));
		world_close(&r);
		world->fail = -1;
		ends(i % 2 ? JOURNAL_BACK : JOURNAL_FORWARD);
	}
}

/* Something is neither: all in front of it is made, nothing behind it. */
static void
what_changed_is_left(void **state)
{
	struct restore_options opt;
	struct restore r;
	int i;

	(void)state;
	for (i = 10; i < 60; i += 7) {
		begin(&r, &opt);
		world->state[i] = STEP_OTHER;
		assert_int_equal(
		    run(&r, JOURNAL_FORWARD, 1, NULL, NULL), OUTCOME_PARTIAL);
		assert_int_equal(world_count(STEP_AFTER), i);
		assert_int_equal(world_count(STEP_BEFORE), ALL - i - 1);
		assert_int_equal(journal_intended(r.journal), i);
		world_close(&r);
	}
}

static int
stop_at(void *cookie, uint64_t done, uint64_t of, const char *item)
{
	const uint64_t *at = cookie;

	assert_non_null(item);
	assert_int_equal(of, ALL);
	return done == *at ? -1 : 0;
}

/* The operator stops it. */
static void
stopped(void **state)
{
	struct restore_options opt;
	struct restore r;
	uint64_t at;

	(void)state;
	for (at = 9; at < 61; at += 4) {
		begin(&r, &opt);
		assert_int_equal(
		    run(&r, JOURNAL_FORWARD, 1, stop_at, &at), OUTCOME_PARTIAL);
		assert_int_equal(world_count(STEP_AFTER), at);
		assert_int_equal(world_count(STEP_BEFORE), ALL - at);
		assert_int_equal(journal_intended(r.journal), at);
		world_close(&r);
		ends(at % 8 < 4 ? JOURNAL_BACK : JOURNAL_FORWARD);
	}
}

/* Killed at any act, when several are under way. */
static void
killed_anywhere(void **state)
{
	struct restore_options opt;
	struct restore r;
	int kill, status, points = 0;
	pid_t pid;

	(void)state;
	for (kill = 18; kill < 240; kill += 3) {
		world_start();
		world->abreast = 1;
		world->kill = kill;
		assert_true((pid = fork()) != -1);
		if (pid == 0) {
			world_journal(&r, &opt);
			_exit(run(&r, JOURNAL_FORWARD, 1, NULL, NULL) ==
				      OUTCOME_DONE
				  ? 0
				  : 1);
		}
		assert_true(waitpid(pid, &status, 0) == pid);
		assert_true(WIFEXITED(status));
		assert_true(
		    WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9);
		points += WEXITSTATUS(status) == 9;
		world->kill = -1;
		ends(kill % 2 ? JOURNAL_BACK : JOURNAL_FORWARD);
	}
	assert_true(points > 70);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(every_failure),
		cmocka_unit_test(what_changed_is_left),
		cmocka_unit_test(stopped),
		cmocka_unit_test(killed_anywhere),
	};

	world_make();
	return cmocka_run_group_tests_name(
	    "engine_group", tests, folder_setup, folder_teardown);
}
