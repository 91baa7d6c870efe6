#include "restore/journal/engine.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive/warn.h"
#include "restore/journal/engine_inner.h"
#include "restore/journal/reopen.h"

/* So many steps are intended at once: one fsync for all of them. */
#define GROUP 64

enum step_state
engine_may(struct engine_run *run, const struct plan_record *rec,
    enum step_state state, const char *why, enum step_state done)
{

	if (state == STEP_OTHER) {
		warn_msg("%s: %s; it is left as it is", rec->item,
		    why[0] == '\0' ? "has changed" : why);
		run->other = 1;
		return STEP_FAILED;
	}
	if (state != STEP_FAILED && state != done && run->tick != NULL &&
	    run->tick(run->cookie, run->done, run->of, rec->item) != 0)
		return STEP_FAILED;
	return state;
}

/* Before a step: what is there?  ${done}: then there is nothing to do.
 * STEP_FAILED: stop, said. */
static enum step_state
start_step(
    struct engine_run *run, const struct plan_record *rec, enum step_state done)
{
	struct buf why = BUF_EMPTY;
	enum step_state state;

	state = engine_look(run->r, rec, &why);
	state =
	    engine_may(run, rec, state, why.data != NULL ? why.data : "", done);
	buf_wipe(&why);
	return state;
}

int
engine_intend(struct engine_run *run, uint64_t n, uint64_t end)
{
	uint64_t to = n + GROUP;

	if (end <= journal_intended(run->j))
		return 0;
	if (to > run->r->steps)
		to = run->r->steps;
	if (journal_done(run->j, n) == -1)
		return -1;
	return journal_intend(run->j, to);
}

/* Make step ${n}, which failed or was not begun when this is -1. */
static int
forward_step(struct engine_run *run, const struct plan_record *rec, uint64_t n)
{
	enum step_state state;

	if ((state = start_step(run, rec, STEP_AFTER)) == STEP_FAILED)
		return -1;
	if (state == STEP_AFTER)
		return 0;
	if (engine_intend(run, n, n + 1) == -1)
		return -1;
	run->half = 1;
	if (engine_make(run->r, rec) == -1)
		return -1;
	run->half = 0;
	run->made++;
	return 0;
}

/* Changes behind the one that failed were never begun, unless by an earlier
 * run: an undo need not look at them.  The one that failed is taken back when
 * it is the first of all, so that nothing was changed. */
static void
stop_at(struct engine_run *run, const struct plan_record *rec, uint64_t n,
    int fresh)
{
	uint64_t to;

	if (run->half && fresh && run->made == 0 &&
	    engine_unmake(run->r, rec) == 0)
		run->half = 0;
	to = n + (run->half ? 1 : 0);
	journal_retract(run->j, to > run->before ? to : run->before);
}

/* From ${*rec} on, which is such a step, those that may be made side by side.
 * ${*rec} and ${*n} become what comes behind them: 1, or 0 nothing was read; -1
 * said, stopped. */
static int
forward_group(
    struct engine_run *run, const struct plan_record **rec, uint64_t *n)
{
	const struct plan_record *at = NULL;
	struct engine_group *g;
	uint64_t first = *n, begun = *n;
	int rc = -1, more, ahead = 0;

	if ((g = engine_group_new()) == NULL)
		goto err0;
	while ((more = engine_group_add(g, *rec)) == 1) {
		if (*n + 1 == run->r->steps)
			break;
		if (journal_next(run->j, rec, n) != 1)
			goto err1;
		if (!engine_abreast(run, *rec)) {
			ahead = 1;
			break;
		}
	}
	if (more != -1 &&
	    (rc = engine_group_make(g, run, first, &at, &begun)) == 0)
		rc = ahead;
err1:
	if (rc == -1 && at != NULL)
		warn_msg("%s: stopped here", at->item);
	engine_group_free(g);
err0:
	if (rc == -1)
		journal_retract(
		    run->j, begun > run->before ? begun : run->before);
	return rc;
}

static int
forward_steps(struct engine_run *run, int fresh)
{
	const struct plan_record *rec;
	uint64_t n;
	int have = 0; /* ${rec} is read, and not made */

	if (journal_rewind(run->j, JOURNAL_FORWARD) == -1)
		return -1;
	while (run->done < run->r->steps) {
		if (!have && journal_next(run->j, &rec, &n) != 1)
			return -1;
		if (engine_abreast(run, rec)) {
			if ((have = forward_group(run, &rec, &n)) == -1)
				return -1;
			continue;
		}
		if (forward_step(run, rec, n) == -1) {
			warn_msg("%s: stopped here", rec->item);
			stop_at(run, rec, n, fresh);
			return -1;
		}
		have = 0;
		run->done++;
	}
	return journal_done(run->j, run->r->steps);
}

/* Part-way: what was done, and how to go on. */
static enum outcome
stopped(struct engine_run *run, enum journal_way way, const char *rows)
{
	char *first;

	run->r->applied = run->made;
	if (asprintf(&first,
		"stopped part-way: %" PRIu64 " of %" PRIu64
		" changes are %s%s%s",
		run->done, run->of,
		way == JOURNAL_FORWARD ? "made" : "taken back",
		run->half == 0   ? ""
		: run->half == 1 ? ", one may be half so"
				 : ", some may be half so",
		rows) == -1) {
		warn_msg("out of memory");
		return OUTCOME_PARTIAL;
	}
	restore_say_ways(run->r, journal_id(run->j), first);
	free(first);
	return OUTCOME_PARTIAL;
}

/* Nothing at all was changed, and the journal knows: it may go. */
static int
untouched(struct engine_run *run, int fresh)
{

	return fresh && run->made == 0 && !run->half &&
	       journal_retract(run->j, 0) == 0;
}

static enum outcome
forward_rows(struct engine_run *run, int fresh)
{
	enum outcome rc;

	rc = rows_make(run->r, run->j, run->tick, run->cookie);
	if (rc == OUTCOME_DONE) {
		run->made += run->of - run->r->steps;
		run->done = run->of;
		if (journal_done(run->j, run->of) == 0 &&
		    journal_sync(run->j) == 0)
			return rc;
		return stopped(run, JOURNAL_FORWARD, "");
	}
	if (rc == OUTCOME_PARTIAL)
		return stopped(run, JOURNAL_FORWARD,
		    ", the database's perhaps on some servers only");
	if (untouched(run, fresh))
		return rc;
	/* None was committed; but of an earlier run some may be. */
	if (fresh)
		journal_retract(run->j, run->r->steps);
	return stopped(
	    run, JOURNAL_FORWARD, fresh ? ", the rows are as they were" : "");
}

enum outcome
engine_forward(struct restore *r, int fresh, restore_tick *tick, void *cookie)
{
	struct engine_run run = { .r = r,
		.j = r->journal,
		.tick = tick,
		.cookie = cookie,
		.of = journal_changes(r->journal),
		.before = journal_intended(r->journal) };
	enum outcome rc;

	if (journal_turn(run.j, JOURNAL_FORWARD) == -1)
		return untouched(&run, fresh)
			   ? OUTCOME_FAILED
			   : stopped(&run, JOURNAL_FORWARD, "");
	if (forward_steps(&run, fresh) == -1) {
		if (untouched(&run, fresh))
			return run.other ? OUTCOME_UNSAFE : OUTCOME_FAILED;
		return stopped(&run, JOURNAL_FORWARD,
		    fresh && run.of > r->steps ? ", the rows are as they were"
					       : "");
	}
	if (engine_has_rows(r, JOURNAL_FORWARD) &&
	    (rc = forward_rows(&run, fresh)) != OUTCOME_DONE)
		return rc;
	r->applied = run.made;
	return OUTCOME_DONE;
}

/* Take back a step, unless it was never made. */
static int
back_step(struct engine_run *run, const struct plan_record *rec)
{
	enum step_state state;

	if ((state = start_step(run, rec, STEP_BEFORE)) == STEP_FAILED)
		return -1;
	if (state == STEP_BEFORE)
		return 0;
	run->half = 1;
	if (engine_unmake(run->r, rec) == -1)
		return -1;
	run->half = 0;
	run->made++;
	return 0;
}

/* From the last one on that may have been made. */
static int
back_steps(struct engine_run *run)
{
	uint64_t n, steps = engine_steps(run->r, JOURNAL_BACK);
	const struct plan_record *rec;
	int rc;

	if (journal_rewind(run->j, JOURNAL_BACK) == -1)
		return -1;
	while ((rc = journal_next(run->j, &rec, &n)) == 1) {
		if (n >= steps)
			continue;
		if (back_step(run, rec) == -1) {
			warn_msg("%s: stopped here", rec->item);
			return -1;
		}
		run->done++;
	}
	return rc == 0 ? journal_done(run->j, 0) : -1;
}

/* engine_tell: is it as it was? */
static int
check_before(void *cookie, const struct plan_record *rec, enum step_state state,
    const char *why)
{
	int *bad = cookie;

	if (state == STEP_BEFORE)
		return 0;
	warn_msg("%s: is not as it was before the restore%s%s", rec->item,
	    why[0] == '\0' ? "" : ": ", why);
	*bad = 1;
	return 0;
}

enum outcome
engine_back(struct restore *r, restore_tick *tick, void *cookie)
{
	struct engine_run run = { .r = r,
		.j = r->journal,
		.tick = tick,
		.cookie = cookie,
		.of = journal_intended(r->journal) };
	int bad = 0;

	if (journal_turn(run.j, JOURNAL_BACK) == -1)
		return stopped(&run, JOURNAL_BACK, "");
	if (engine_has_rows(r, JOURNAL_BACK)) {
		if (rows_unmake(r, run.j, tick, cookie) != OUTCOME_DONE)
			return stopped(&run, JOURNAL_BACK, "");
		run.done += run.of - r->steps;
	}
	if (back_steps(&run) == -1)
		return stopped(&run, JOURNAL_BACK, "");
	if (engine_survey(r, JOURNAL_BACK, check_before, &bad) != 0 || bad)
		return stopped(&run, JOURNAL_BACK, "");
	r->applied = run.done;
	return OUTCOME_DONE;
}
