#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/cmd.h"
#include "cmd/finish.h"
#include "cmd/move.h"
#include "cmd/page/page.h"
#include "cmd/plan_file.h"
#include "cmd/show_finding.h"
#include "cmd/show_next.h"
#include "cmd/show_plan.h"
#include "cmd/work.h"

/* One run, from the plan to the verify. */
struct run {
	const struct options *o;
	struct restore re;
	struct report r;
	struct work work;
	struct whose *whose;   /* the page's, or NULL */
	struct plan_file plan; /* --plan */
	uint64_t changes;
};

static enum outcome
end_unsafe(struct run *run)
{
	uint64_t drift = plan_count(run->re.plan, PLAN_DRIFT, -1);
	uint64_t finding = plan_count(run->re.plan, PLAN_FINDING, -1);
	char moved[80] = "";

	if (run->plan.moved > 0)
		snprintf(moved, sizeof(moved),
		    "%" PRIu64 " thing%s moved since the plan was saved, ",
		    run->plan.moved, move_plural(run->plan.moved));
	return report_end(&run->r, OUTCOME_UNSAFE,
	    "%s%" PRIu64 " drift%s, %" PRIu64
	    " finding%s; nothing was changed%s%s",
	    moved, drift, move_plural(drift), finding, move_plural(finding),
	    run->o->save_plan != NULL ? ", the plan is not saved" : "",
	    drift > 0 ? " (--on-drift keep, rewrite or replay decides drift)"
		      : "");
}

static enum outcome
apply(struct run *run)
{
	enum outcome outcome;

	work_start(&run->work, "apply", run->o->quiet);
	outcome = restore_apply(&run->re, work_tick, &run->work);
	work_end(&run->work);
	report_put(
	    &run->r, "applied", json_integer((json_int_t)run->re.applied));
	work_put_id(&run->r, &run->re);
	run->r.changed = run->re.journal != NULL;
	if (outcome == OUTCOME_DONE)
		return finish_restore(run->o, &run->r, &run->re, run->changes);
	if (outcome == OUTCOME_PARTIAL)
		return work_end_partial(&run->r, &run->re);
	return report_end(&run->r, outcome, "nothing was changed");
}

/* The plan is whole and safe: go on with it, or do not. */
static enum outcome
go_on(struct run *run)
{
	enum outcome outcome;
	char question[64];

	if (run->o->save_plan != NULL &&
	    plan_file_save(run->o, &run->r, &run->re) == -1)
		return report_end(
		    &run->r, OUTCOME_FAILED, "the plan is not saved");
	if (run->changes == 0)
		return report_end(&run->r, OUTCOME_DONE, "nothing to do");
	if (run->o->dry_run)
		return report_end(&run->r, OUTCOME_DONE,
		    "dry run: %" PRIu64 " change%s, none was made",
		    run->changes, move_plural(run->changes));
	if ((outcome = restore_lock(&run->re)) != OUTCOME_DONE)
		return report_end(&run->r, outcome, "nothing was changed");
	/* Nobody has seen what would be done. */
	if (report_broken(&run->r)) {
		warn_msg("the plan could not be shown; nothing was changed");
		return report_end(
		    &run->r, OUTCOME_FAILED, "the plan could not be shown");
	}
	snprintf(question, sizeof(question), "Apply %s %" PRIu64 " change%s?",
	    run->changes == 1 ? "this" : "these", run->changes,
	    move_plural(run->changes));
	if (!work_confirm(run->o, question))
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

/* What will be left to do, for who decides by the document. */
static int
show_later(struct run *run)
{
	struct next_steps steps = NEXT_STEPS_EMPTY;
	int rc;

	if (!run->o->dry_run || !report_documents(&run->r))
		return 0;
	if ((rc = next_steps_find(&run->re, &steps)) == 0)
		rc = show_next_json(&run->r, &steps);
	next_steps_free(&steps);
	return rc;
}

static enum outcome
restore(struct run *run, const struct restore_options *opt)
{
	enum outcome outcome;

	outcome = work_check_yes(run->o);
	if (outcome == OUTCOME_DONE)
		outcome = work_check_receipt(run->o);
	if (outcome == OUTCOME_DONE)
		outcome = restore_open(opt, &run->re);
	/* A dry run writes nothing, not even a lock. */
	if (outcome == OUTCOME_DONE && !run->o->dry_run && !run->o->preflight)
		outcome = restore_idle(&run->re);
	if (outcome != OUTCOME_DONE)
		return report_end(&run->r, outcome, "nothing was changed");
	outcome = restore_plan(&run->re);
	if (outcome != OUTCOME_DONE && outcome != OUTCOME_UNSAFE)
		return report_end(&run->r, outcome, "nothing was changed");
	move_describe(&run->r, &run->re);
	if (run->whose != NULL &&
	    move_addresses(&run->r, &run->re, run->whose) == -1)
		return report_end(&run->r, OUTCOME_FAILED,
		    "the addresses could not be counted, nothing was changed");
	if (run->o->preflight)
		return preflight(run, outcome);
	report_put(&run->r, "dry_run", json_boolean(run->o->dry_run));
	if (show_plan(&run->r, run->re.plan, run->re.manifest) == -1 ||
	    show_later(run) == -1)
		return report_end(&run->r, OUTCOME_FAILED,
		    "the plan could not be shown, nothing was changed");
	if (plan_file_compare(&run->plan, &run->r, &run->re) == -1)
		return report_end(&run->r, OUTCOME_FAILED,
		    "the saved plan could not be compared, nothing was "
		    "changed");
	if (outcome == OUTCOME_UNSAFE || run->plan.moved > 0)
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
	struct page *page;
	enum outcome outcome;

	if (o->resume || o->undo)
		return cmd_again(o);
	memset(&run, 0, sizeof(run));
	run.o = o;
	move_options(o, &opt);
	report_start(&run.r, "restore", o->json, o->quiet);
	outcome = page_start(o->html, o->force, &run.r, &page) == -1
		      ? OUTCOME_FAILED
		      : plan_file_open(&run.plan, o, &opt);
	run.whose = page_whose(page);
	if (outcome == OUTCOME_DONE)
		outcome = restore(&run, &opt);
	else
		outcome = report_end(&run.r, outcome, "nothing was changed");
	restore_close(&run.re);
	plan_file_close(&run.plan);
	page_free(page);
	return outcome;
}
