#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"
#include "cmd/cmd.h"
#include "cmd/interrupt.h"
#include "cmd/move.h"
#include "cmd/progress.h"
#include "cmd/show_finding.h"
#include "cmd/show_next.h"
#include "cmd/show_plan.h"

/* One run, from the plan to the verify. */
struct run {
	const struct options *o;
	struct restore re;
	struct report r;
	struct progress p;
	uint64_t changes;
	char last[128]; /* what was said last to be at work */
};

/* A yes that nobody can give is a mistake in the command line. */
static enum outcome
check_yes(const struct options *o)
{

	if (o->yes || o->dry_run || o->preflight)
		return OUTCOME_DONE;
	if (o->json) {
		warn_msg("--json asks nothing: it needs --yes or --dry-run");
		return OUTCOME_USAGE;
	}
	if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
		warn_msg(
		    "there is no terminal to ask on: --yes applies the plan, "
		    "--dry-run only shows it");
		return OUTCOME_USAGE;
	}
	return OUTCOME_DONE;
}

/* 1 when the operator types "yes". */
static int
confirm(const struct run *run)
{
	char line[16] = "";

	if (run->o->yes)
		return 1;
	fflush(stdout);
	fprintf(stderr, "Apply %s %" PRIu64 " change%s? [yes/no] ",
	    run->changes == 1 ? "this" : "these", run->changes,
	    move_plural(run->changes));
	fflush(stderr);
	if (fgets(line, sizeof(line), stdin) == NULL)
		fputc('\n', stderr);
	return strcmp(line, "yes\n") == 0;
}

/* Without a bar, a line for each step: for rows, one for each table. */
static void
say_step(struct run *run, const char *item)
{
	size_t len = strlen(item);

	if (strncmp(item, "row:", 4) == 0)
		len = 4 + strcspn(item + 4, ":");
	if (len >= sizeof(run->last))
		len = sizeof(run->last) - 1;
	if (strncmp(run->last, item, len) == 0 && run->last[len] == '\0')
		return;
	memcpy(run->last, item, len);
	run->last[len] = '\0';
	warn_info("apply: %s", run->last);
}

static int
tick(void *cookie, uint64_t done, uint64_t of, const char *item)
{
	struct run *run = cookie;

	if (interrupt_waits()) {
		warn_msg("interrupted");
		return -1;
	}
	if (run->p.shown)
		progress_show(&run->p, done, of, item);
	else
		say_step(run, item);
	return 0;
}

static enum outcome
end_unsafe(struct run *run)
{
	uint64_t drift = plan_count(run->re.plan, PLAN_DRIFT, -1);
	uint64_t finding = plan_count(run->re.plan, PLAN_FINDING, -1);

	return report_end(&run->r, OUTCOME_UNSAFE,
	    "%" PRIu64 " drift%s, %" PRIu64 " finding%s; nothing was changed%s",
	    drift, move_plural(drift), finding, move_plural(finding),
	    drift > 0 ? " (--on-drift keep, rewrite or replay decides drift)"
		      : "");
}

/* What is left to the operator: nothing that went wrong here changes what was
 * done. */
static void
tell_next(struct run *run)
{
	struct next_steps steps = NEXT_STEPS_EMPTY;

	if (next_steps_find(&run->re, &steps) == -1 ||
	    show_next(&run->r, &steps) == -1)
		run->r.failed = 1;
	next_steps_free(&steps);
}

/* Read everything back; the outcome is the verify's. */
static enum outcome
verify(struct run *run)
{
	struct plan *plan;
	enum outcome outcome;
	uint64_t differ, left;

	report_line(&run->r, "applied   %" PRIu64 " change%s", run->changes,
	    move_plural(run->changes));
	outcome = restore_verify(&run->re);
	if (outcome != OUTCOME_DONE && outcome != OUTCOME_DIFFERS)
		return report_end(&run->r, OUTCOME_DIFFERS,
		    "all %" PRIu64 " changes are made, but they could not be "
		    "verified: novark verify tells more",
		    run->changes);
	plan = run->re.plan;
	report_open(&run->r, "verify", '{');
	if (show_verify(&run->r, plan, run->re.manifest, 0) == -1)
		outcome = OUTCOME_DIFFERS;
	report_close(&run->r);
	tell_next(run);
	differ = move_differences(plan);
	left = plan_count(plan, PLAN_LEFTOVER, -1);
	if (outcome == OUTCOME_DONE)
		return report_end(&run->r, outcome,
		    "done: %" PRIu64
		    " change%s, verified, no old address is left",
		    run->changes, move_plural(run->changes));
	return report_end(&run->r, outcome,
	    "%" PRIu64 " change%s made, but %" PRIu64
	    " difference%s and %" PRIu64 " leftover%s found",
	    run->changes, move_plural(run->changes), differ,
	    move_plural(differ), left, move_plural(left));
}

static enum outcome
apply(struct run *run)
{
	enum outcome outcome;

	/* From here on "nothing was changed" is no longer true. */
	interrupt_hold();
	progress_start(&run->p, run->o->quiet);
	outcome = restore_apply(&run->re, tick, run);
	progress_end(&run->p);
	report_put(
	    &run->r, "applied", json_integer((json_int_t)run->re.applied));
	run->r.changed = outcome != OUTCOME_FAILED;
	if (outcome == OUTCOME_DONE)
		return verify(run);
	if (outcome == OUTCOME_PARTIAL)
		return report_end(&run->r, outcome,
		    "%" PRIu64 " of %" PRIu64 " changes are made; run the same "
		    "restore again",
		    run->re.applied, run->changes);
	return report_end(&run->r, outcome, "nothing was changed");
}

/* The plan is whole and safe: go on with it, or do not. */
static enum outcome
go_on(struct run *run)
{

	if (run->changes == 0)
		return report_end(&run->r, OUTCOME_DONE, "nothing to do");
	if (run->o->dry_run)
		return report_end(&run->r, OUTCOME_DONE,
		    "dry run: %" PRIu64 " change%s, none was made",
		    run->changes, move_plural(run->changes));
	/* Nobody has seen what would be done. */
	if (report_broken(&run->r)) {
		warn_msg("the plan could not be shown; nothing was changed");
		return report_end(
		    &run->r, OUTCOME_FAILED, "the plan could not be shown");
	}
	if (!confirm(run))
		return report_end(&run->r, OUTCOME_FAILED,
		    "not confirmed, nothing was changed");
	return apply(run);
}

/* --preflight: is it safe here? */
static enum outcome
preflight(struct run *run, enum outcome outcome)
{
	uint64_t waived = plan_count(run->re.plan, PLAN_WAIVED, -1);

	if (show_preflight(&run->r, run->re.plan, run->re.manifest) == -1)
		return report_end(&run->r, OUTCOME_FAILED,
		    "the findings could not be shown, nothing was changed");
	if (outcome == OUTCOME_UNSAFE)
		return end_unsafe(run);
	if (waived > 0)
		return report_end(&run->r, OUTCOME_DONE,
		    "preflight: nothing stands in the way (%" PRIu64
		    " finding%s waived)",
		    waived, move_plural(waived));
	return report_end(
	    &run->r, OUTCOME_DONE, "preflight: nothing stands in the way");
}

static enum outcome
restore(struct run *run, const struct restore_options *opt)
{
	enum outcome outcome;

	if ((outcome = check_yes(run->o)) == OUTCOME_DONE)
		outcome = restore_open(opt, &run->re);
	/* A dry run writes nothing, not even a lock. */
	if (outcome == OUTCOME_DONE && !run->o->dry_run && !run->o->preflight)
		outcome = restore_lock(&run->re);
	if (outcome == OUTCOME_DONE)
		outcome = restore_plan(&run->re);
	if (outcome != OUTCOME_DONE && outcome != OUTCOME_UNSAFE)
		return report_end(&run->r, outcome, "nothing was changed");
	move_describe(&run->r, &run->re);
	if (run->o->preflight)
		return preflight(run, outcome);
	report_put(&run->r, "dry_run", json_boolean(run->o->dry_run));
	if (show_plan(&run->r, run->re.plan, run->re.manifest) == -1)
		return report_end(&run->r, OUTCOME_FAILED,
		    "the plan could not be shown, nothing was changed");
	if (outcome == OUTCOME_UNSAFE)
		return end_unsafe(run);
	run->changes = plan_count(run->re.plan, PLAN_CREATE, -1) +
		       plan_count(run->re.plan, PLAN_CHANGE, -1);
	return go_on(run);
}

enum outcome
cmd_restore(const struct options *o)
{
	struct restore_options opt;
	struct run run;
	enum outcome outcome;

	memset(&run, 0, sizeof(run));
	run.o = o;
	move_options(o, &opt);
	report_start(&run.r, "restore", o->json, o->quiet);
	outcome = restore(&run, &opt);
	restore_close(&run.re);
	return outcome;
}
