#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/folder.h"

#include "tests/unit/engine_world.h"

static enum outcome
run(struct restore *r, enum journal_way way, int fresh)
{
	enum outcome rc;
	int saved = hush();

	rc = way == JOURNAL_FORWARD ? engine_forward(r, fresh, NULL, NULL)
				    : engine_back(r, NULL, NULL);
	if (rc == OUTCOME_DONE)
		assert_int_equal(journal_end(r->journal), 0);
	unhush(saved);
	return rc;
}

static int
was_said(const char *text)
{
	const char *const *said;
	size_t i, n;

	said = warn_said(&n);
	for (i = 0; i < n; i++)
		if (strstr(said[i], text) != NULL)
			return 1;
	return 0;
}

static void
there_and_back(void **state)
{
	struct restore_options opt;
	struct restore r;

	(void)state;
	world_start();
	world_journal(&r, &opt);
	assert_int_equal(run(&r, JOURNAL_FORWARD, 1), OUTCOME_DONE);
	assert_int_equal(world_count(STEP_AFTER), ALL);
	assert_int_equal(r.applied, ALL);
	assert_int_equal(journal_state(r.journal), JOURNAL_APPLIED);
	assert_int_equal(journal_intended(r.journal), ALL);
	world_close(&r);
	world_reopen(&r, &opt);
	assert_int_equal(run(&r, JOURNAL_BACK, 0), OUTCOME_DONE);
	assert_int_equal(world_count(STEP_BEFORE), ALL);
	assert_int_equal(journal_state(r.journal), JOURNAL_UNDONE);
	world_close(&r);
}

/* What stands as it shall be already is not made, nor taken back. */
static void
made_steps_are_passed(void **state)
{
	struct restore_options opt;
	struct restore r;

	(void)state;
	world_start();
	world_journal(&r, &opt);
	world->state[3] = STEP_AFTER;
	assert_int_equal(run(&r, JOURNAL_FORWARD, 1), OUTCOME_DONE);
	assert_int_equal(r.applied, ALL - 1);
	world_close(&r);
}

/* A change that fails, for each of them; then resume, or undo. */
static void
every_failure(void **state)
{
	struct restore_options opt;
	struct restore r;
	int i, way;

	(void)state;
	for (i = 0; i < STEPS; i++) {
		way = i % 2 ? JOURNAL_BACK : JOURNAL_FORWARD;
		world_start();
		world_journal(&r, &opt);
		world->fail = i;
		if (i == 0) {
			/* Nothing at all was changed. */
			assert_int_equal(
			    run(&r, JOURNAL_FORWARD, 1), OUTCOME_FAILED);
			assert_int_equal(world_count(STEP_BEFORE), ALL);
			assert_int_equal(journal_intended(r.journal), 0);
			journal_discard(r.journal);
			assert_int_equal(folder_count("s"), 0);
			continue;
		}
		assert_int_equal(run(&r, JOURNAL_FORWARD, 1), OUTCOME_PARTIAL);
		assert_int_equal(r.applied, i);
		assert_true(was_said("stopped here"));
		assert_true(was_said("--resume 20"));
		assert_true(was_said("--undo 20"));
		assert_true(was_said("--state-dir s"));
		/* What was not begun is of no concern any more. */
		assert_int_equal(journal_intended(r.journal), i + 1);
		world_close(&r);
		world->fail = -1;
		world_reopen(&r, &opt);
		if (way == JOURNAL_BACK)
			world->state[STEPS - 1] = i == STEPS - 1
						      ? world->state[STEPS - 1]
						      : STEP_OTHER;
		assert_int_equal(
		    run(&r, (enum journal_way)way, 0), OUTCOME_DONE);
		assert_int_equal(
		    world_count(way == JOURNAL_BACK ? STEP_BEFORE : STEP_AFTER),
		    way == JOURNAL_BACK && i != STEPS - 1 ? ALL - 1 : ALL);
		world_close(&r);
	}
}

static void
rows_that_fail(void **state)
{
	static const struct {
		enum outcome rows, want;
		const char *says;
	} table[] = {
		{ OUTCOME_FAILED, OUTCOME_PARTIAL,
		    "the rows are as they were" },
		{ OUTCOME_UNSAFE, OUTCOME_PARTIAL,
		    "the rows are as they were" },
		{ OUTCOME_PARTIAL, OUTCOME_PARTIAL, "some servers only" },
	};
	struct restore_options opt;
	struct restore r;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		world_start();
		world_journal(&r, &opt);
		world->no_rows = (int)table[i].rows;
		assert_int_equal(
		    (int)run(&r, JOURNAL_FORWARD, 1), (int)table[i].want);
		assert_true(was_said(table[i].says));
		assert_true(was_said("70 of 75 changes are made"));
		world_close(&r);
		world->no_rows = 0;
		world_reopen(&r, &opt);
		assert_int_equal(run(&r, JOURNAL_BACK, 0), OUTCOME_DONE);
		assert_int_equal(world_count(STEP_BEFORE), ALL);
		world_close(&r);
	}
	/* All else stands already: nothing was changed. */
	for (i = 0; i < 2; i++) {
		int n;

		world_start();
		for (n = 0; n < STEPS; n++)
			world->state[n] = STEP_AFTER;
		world_journal(&r, &opt);
		world->no_rows = (int)table[i].rows;
		assert_int_equal(
		    (int)run(&r, JOURNAL_FORWARD, 1), (int)table[i].rows);
		journal_discard(r.journal);
		assert_int_equal(folder_count("s"), 0);
	}
}

/* Something is neither: it is left alone, and said. */
static void
what_changed_is_left(void **state)
{
	struct restore_options opt;
	struct restore r;

	(void)state;
	world_start();
	world_journal(&r, &opt);
	world->state[0] = STEP_OTHER;
	assert_int_equal(run(&r, JOURNAL_FORWARD, 1), OUTCOME_UNSAFE);
	assert_true(was_said("file:0: holds something else; it is left"));
	assert_int_equal(world->acts, 0);
	journal_discard(r.journal);

	world_start();
	world_journal(&r, &opt);
	world->state[66] = STEP_OTHER;
	assert_int_equal(run(&r, JOURNAL_FORWARD, 1), OUTCOME_PARTIAL);
	assert_int_equal(world_count(STEP_AFTER), 66);
	assert_int_equal(journal_intended(r.journal), 66);
	assert_int_equal(run(&r, JOURNAL_BACK, 0), OUTCOME_DONE);
	assert_int_equal(world_count(STEP_BEFORE), ALL - 1);
	world_close(&r);
}

/* A child that ends at its act number ${kill}: 1, or 0 when it came through. */
static int
killed(enum journal_way way, int fresh, int kill)
{
	struct restore_options opt;
	struct restore r;
	int status;
	pid_t pid;

	world->kill = kill;
	world->acts = 0;
	assert_true((pid = fork()) != -1);
	if (pid == 0) {
		if (fresh)
			world_journal(&r, &opt);
		else
			world_reopen(&r, &opt);
		_exit(run(&r, way, fresh) == OUTCOME_DONE ? 0 : 1);
	}
	assert_true(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	world->kill = -1;
	assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9);
	return WEXITSTATUS(status) == 9;
}

static void
ends_with(enum journal_way way)
{
	struct restore_options opt;
	struct restore r;
	char *id;

	/* Taken back already? */
	if (journal_find("s", NULL, 0, &id) == 0) {
		assert_int_equal(world_count(STEP_BEFORE), ALL);
		return;
	}
	free(id);
	world_reopen(&r, &opt);
	assert_int_equal(run(&r, way, 0), OUTCOME_DONE);
	assert_int_equal(
	    world_count(way == JOURNAL_FORWARD ? STEP_AFTER : STEP_BEFORE),
	    ALL);
	world_close(&r);
}

/* Killed at every act, then resumed or taken back, each cut in its turn. */
static void
killed_everywhere(void **state)
{
	int kill, points = 0, more = 1;

	(void)state;
	for (kill = 0; more; kill++) {
		world_start();
		more = killed(JOURNAL_FORWARD, 1, kill);
		points += more;
		if (kill % 3 == 0)
			(void)killed(JOURNAL_BACK, 0, kill / 2);
		else if (kill % 3 == 1)
			(void)killed(JOURNAL_FORWARD, 0, kill / 2);
		ends_with(kill % 2 ? JOURNAL_BACK : JOURNAL_FORWARD);
	}
	print_message("%d points\n", points);
	assert_true(points > 150);
}

struct told {
	int n, other;
};

static int
tell(void *cookie, const struct plan_record *rec, enum step_state state,
    const char *why)
{
	struct told *t = cookie;

	assert_non_null(rec->item);
	assert_true(state != STEP_OTHER || why[0] != '\0');
	t->n++;
	t->other += state == STEP_OTHER;
	return 0;
}

static void
surveys(void **state)
{
	struct told t = { 0, 0 };
	struct restore_options opt;
	struct restore r;

	(void)state;
	world_start();
	world_journal(&r, &opt);
	world->state[2] = world->state[69] = world->state[72] = STEP_OTHER;
	assert_int_equal(engine_survey(&r, JOURNAL_FORWARD, tell, &t), 0);
	assert_int_equal(t.n, STEPS + 1);
	assert_int_equal(t.other, 3);
	/* Nothing was begun: nothing is in the way of going back. */
	memset(&t, 0, sizeof(t));
	assert_int_equal(engine_survey(&r, JOURNAL_BACK, tell, &t), 0);
	assert_int_equal(t.n, 0);
	assert_int_equal(journal_intend(r.journal, 64), 0);
	assert_int_equal(engine_survey(&r, JOURNAL_BACK, tell, &t), 0);
	assert_int_equal(t.n, 64);
	assert_int_equal(t.other, 1);
	/* Rows may have been committed, and none reads so: they were not. */
	assert_int_equal(journal_intend(r.journal, ALL), 0);
	memset(&t, 0, sizeof(t));
	assert_int_equal(engine_survey(&r, JOURNAL_BACK, tell, &t), 0);
	assert_int_equal(t.other, 2);
	world->state[71] = STEP_AFTER;
	memset(&t, 0, sizeof(t));
	assert_int_equal(engine_survey(&r, JOURNAL_BACK, tell, &t), 0);
	assert_int_equal(t.other, 3);
	assert_int_equal(world->acts, 0);
	world_close(&r);
}

static int
stop_at(void *cookie, uint64_t done, uint64_t of, const char *item)
{
	const uint64_t *at = cookie;

	assert_non_null(item);
	assert_int_equal(of, ALL);
	return done == *at ? -1 : 0;
}

static void
interrupted(void **state)
{
	struct restore_options opt;
	struct restore r;
	uint64_t at = 0;
	int saved;

	(void)state;
	world_start();
	world_journal(&r, &opt);
	saved = hush();
	assert_int_equal(engine_forward(&r, 1, stop_at, &at), OUTCOME_FAILED);
	assert_int_equal(world->acts, 0);
	at = 65;
	assert_int_equal(engine_forward(&r, 1, stop_at, &at), OUTCOME_PARTIAL);
	assert_int_equal(world_count(STEP_AFTER), 65);
	at = 3;
	assert_int_equal(engine_back(&r, NULL, NULL), OUTCOME_DONE);
	unhush(saved);
	assert_int_equal(world_count(STEP_BEFORE), ALL);
	world_close(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(made_steps_are_passed),
		cmocka_unit_test(every_failure),
		cmocka_unit_test(rows_that_fail),
		cmocka_unit_test(what_changed_is_left),
		cmocka_unit_test(killed_everywhere),
		cmocka_unit_test(surveys),
		cmocka_unit_test(interrupted),
	};

	world_make();
	return cmocka_run_group_tests_name(
	    "engine", tests, folder_setup, folder_teardown);
}
