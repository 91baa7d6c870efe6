#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/cmd.h"
#include "cmd/finish.h"
#include "cmd/move.h"
#include "cmd/page/page.h"
#include "cmd/work.h"
#include "restore/journal/engine.h"
#include "restore/journal/reopen.h"
#include "restore/papers/receipt.h"

/* One run, from the journal to the end. */
struct run {
	const struct options *o;
	enum journal_way way;
	struct restore re;
	struct report r;
	struct work work;
	uint64_t todo, other; /* changes to make or to take back; in the way */
	uint64_t after;       /* rows that are as the restore makes them */
};

static const char *const states[] = { "before", "half", "after", "changed" };

/* Which restore it is. */
static void
describe(struct run *run)
{
	const struct asked_bundle *b = asked_bundle(run->re.asked);
	const struct journal *j = run->re.journal;

	work_put_id(&run->r, &run->re);
	report_put(
	    &run->r, "started", report_text(asked_started(run->re.asked)));
	report_put(&run->r, "bundle", report_text(b->file));
	report_put(&run->r, "id", report_text(b->id));
	report_put(&run->r, "created", report_text(b->created));
	report_put(&run->r, "host", report_text(b->host));
	report_put(&run->r, "signer", report_text(b->signer));
	report_put(
	    &run->r, "planned", json_integer((json_int_t)journal_changes(j)));
	report_put(
	    &run->r, "intended", json_integer((json_int_t)journal_intended(j)));
	report_label(&run->r, REPORT_LABEL, "restore", "%s, begun %s",
	    journal_id(j), asked_started(run->re.asked));
	report_label(&run->r, REPORT_LABEL, "bundle", "%s (%s, %s)", b->file,
	    b->host, b->created);
	report_label(&run->r, REPORT_LABEL, "journal",
	    "%" PRIu64 " change%s, %" PRIu64 " of them begun",
	    journal_changes(j), move_plural(journal_changes(j)),
	    journal_intended(j));
}

static void
show_item(struct run *run, const struct plan_record *rec, enum step_state state,
    const char *why)
{
	const char *verb = run->way == JOURNAL_FORWARD ? "make" : "take back";

	report_open(&run->r, NULL, '{');
	report_put(&run->r, "item", report_text(rec->item));
	report_put(&run->r, "state", report_text(states[state]));
	report_put(&run->r, "why", report_text(why[0] == '\0' ? NULL : why));
	report_close(&run->r);
	if (state == STEP_OTHER)
		report_label(
		    &run->r, REPORT_LABEL, "changed", "%s: %s", rec->item, why);
	else
		report_label(&run->r, REPORT_LABEL, verb, "%s", rec->item);
}

/* engine_tell: what will be done to it, or what is in the way. */
static int
tell(void *cookie, const struct plan_record *rec, enum step_state state,
    const char *why)
{
	struct run *run = cookie;
	enum step_state ready;

	ready = run->way == JOURNAL_FORWARD ? STEP_AFTER : STEP_BEFORE;
	if (state == STEP_OTHER) {
		run->other++;
	} else if (rec->kind == ITEM_TABLE) {
		/* Counted, not listed: there may be very many. */
		run->after++;
		return 0;
	} else {
		run->todo += state != ready;
	}
	if (state != ready)
		show_item(run, rec, state, why);
	return 0;
}

/* How many rows there are to make or to take back. */
static void
show_rows(struct run *run)
{
	uint64_t n = run->after;

	if (run->way == JOURNAL_FORWARD)
		n = journal_changes(run->re.journal) - run->re.steps -
		    run->after;
	report_put(&run->r, "rows", json_integer((json_int_t)n));
	if (n > 0)
		report_label(&run->r, REPORT_LABEL,
		    run->way == JOURNAL_FORWARD ? "make" : "take back",
		    "%" PRIu64 " row%s", n, move_plural(n));
	run->todo += n;
}

/* Look at all of it first, and show what will be done. */
static int
survey(struct run *run)
{
	int rc;

	describe(run);
	report_open(&run->r, "items", '[');
	rc = engine_survey(&run->re, run->way, tell, run);
	report_close(&run->r);
	show_rows(run);
	report_put(&run->r, "todo", json_integer((json_int_t)run->todo));
	return rc;
}

/* All changes are made: as a restore that was never cut ends. */
static enum outcome
resumed(struct run *run)
{

	if (restore_load(&run->re) == OUTCOME_DONE)
		return finish_restore(run->o, &run->r, &run->re,
		    journal_changes(run->re.journal));
	return finish_unverified(run->o, &run->r, &run->re);
}

static enum outcome
act(struct run *run)
{
	enum outcome rc;

	work_start(&run->work,
	    run->way == JOURNAL_FORWARD ? "apply" : "take back", run->o->quiet);
	run->r.changed = 1;
	if (run->way == JOURNAL_FORWARD)
		rc = engine_forward(&run->re, 0, work_tick, &run->work);
	else
		rc = engine_back(&run->re, work_tick, &run->work);
	work_end(&run->work);
	report_put(&run->r, run->way == JOURNAL_FORWARD ? "applied" : "undone",
	    json_integer((json_int_t)run->re.applied));
	if (rc != OUTCOME_DONE)
		return work_end_partial(&run->r, &run->re);
	if (run->way == JOURNAL_FORWARD)
		return resumed(run);
	return finish_undo(run->o, &run->r, &run->re);
}

/* What is in the way is shown: it is neither overwritten nor passed over. */
static enum outcome
end_unsafe(struct run *run)
{

	return report_end(&run->r, OUTCOME_UNSAFE,
	    "%" PRIu64 " item%s changed since; nothing was done (make %s as "
	    "before or as after the restore, then try again)",
	    run->other, run->other == 1 ? " has" : "s have",
	    run->other == 1 ? "it" : "each");
}

static enum outcome
go_on(struct run *run)
{
	char question[80];

	if (survey(run) == -1)
		return report_end(
		    &run->r, OUTCOME_FAILED, "nothing was changed");
	if (run->other > 0)
		return end_unsafe(run);
	if (report_broken(&run->r)) {
		warn_msg("what would be done could not be shown");
		return report_end(
		    &run->r, OUTCOME_FAILED, "nothing was changed");
	}
	if (run->o->dry_run)
		return report_end(&run->r, OUTCOME_DONE,
		    "dry run: %" PRIu64 " change%s to %s, nothing was done",
		    run->todo, move_plural(run->todo),
		    run->way == JOURNAL_FORWARD ? "make" : "take back");
	snprintf(question, sizeof(question), "%s (%" PRIu64 " change%s)?",
	    run->way == JOURNAL_FORWARD ? "Go on with this restore"
					: "Take this restore back",
	    run->todo, move_plural(run->todo));
	if (!work_confirm(run->o, question))
		return report_end(&run->r, OUTCOME_FAILED,
		    "not confirmed, nothing was changed");
	return act(run);
}

static enum outcome
again(struct run *run, const struct restore_options *opt)
{
	const char *id = run->o->files == NULL ? NULL : run->o->files[0];
	enum outcome rc;
	int todo = 0;

	report_put(
	    &run->r, "way", report_text(run->o->undo ? "undo" : "resume"));
	report_put(&run->r, "dry_run", json_boolean(run->o->dry_run));
	rc = work_check_yes(run->o);
	if (rc == OUTCOME_DONE)
		rc = work_check_receipt(run->o);
	if (rc == OUTCOME_DONE)
		rc = restore_reopen(opt, id, run->way, &run->re, &todo);
	if (rc != OUTCOME_DONE)
		return report_end(&run->r, rc, "nothing was changed");
	if (todo)
		return go_on(run);
	/* It ended, and was cut before it could say so. */
	if (run->re.journal != NULL && !run->o->dry_run &&
	    !receipt_there(run->re.journal, run->way)) {
		run->r.changed = 1;
		return run->way == JOURNAL_FORWARD
			   ? resumed(run)
			   : finish_undo(run->o, &run->r, &run->re);
	}
	work_put_id(&run->r, &run->re);
	if (run->re.journal == NULL)
		return report_end(&run->r, rc, "nothing to do");
	return report_end(&run->r, rc, "nothing to do: %s is %s already",
	    journal_id(run->re.journal),
	    run->way == JOURNAL_FORWARD ? "finished" : "taken back");
}

enum outcome
cmd_again(const struct options *o)
{
	struct restore_options opt;
	struct run run;
	struct page *page;
	enum outcome outcome;

	memset(&run, 0, sizeof(run));
	run.o = o;
	run.way = o->undo ? JOURNAL_BACK : JOURNAL_FORWARD;
	memset(&opt, 0, sizeof(opt));
	opt.root = o->root;
	opt.state_dir = o->state_dir;
	opt.connect = o->connect;
	opt.defaults_file = o->defaults_file;
	opt.decrypt = o->decrypt;
	report_start(&run.r, "restore", o->json, o->quiet);
	if (page_start(o->html, o->force, &run.r, &page) == 0)
		outcome = again(&run, &opt);
	else
		outcome =
		    report_end(&run.r, OUTCOME_FAILED, "nothing was changed");
	restore_close(&run.re);
	page_free(page);
	return outcome;
}
