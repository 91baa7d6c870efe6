#include "cmd/finish.h"

#include <inttypes.h>
#include <stdlib.h>

#include "archive/warn.h"
#include "cmd/move.h"
#include "cmd/show_listening.h"
#include "cmd/show_next.h"
#include "cmd/show_plan.h"
#include "cmd/work.h"
#include "restore/journal/asked.h"
#include "restore/papers/receipt.h"

/* Behind an outcome line. */
#define NO_RECEIPT "; the receipt is not written"

/* The receipt, and where it is: 0, or -1 said. */
static int
write_receipt(const struct options *o, struct report *r, struct restore *re,
    struct receipt_about *about)
{
	char *file = NULL;

	about->sign = o->sign;
	about->copy = o->receipt;
	about->force = o->force;
	if (receipt_write(re, about, &file) == -1)
		return -1;
	report_put(r, "receipt", report_text(file));
	report_label(r, REPORT_LABEL, "receipt", "%s", file);
	if (o->receipt != NULL)
		report_label(r, REPORT_LABEL, "", "%s", o->receipt);
	free(file);
	return 0;
}

/* How the last steps went. */
enum rest { REST_DONE, REST_NO_RECEIPT, REST_NO_END };

/* What is left to the operator, and the receipt; nothing that goes wrong here
 * changes what was done.  The journal's end comes last: whoever is cut before
 * it has a resume to end all this. */
static enum rest
tell_rest(const struct options *o, struct report *r, struct restore *re,
    struct receipt_about *about)
{
	struct next_steps steps = NEXT_STEPS_EMPTY;
	int rc = 0;

	if (next_steps_find(re, &steps) == -1 || show_next(r, &steps) == -1)
		rc = -1;
	about->next = &steps;
	if (write_receipt(o, r, re, about) == -1)
		rc = -1;
	next_steps_free(&steps);
	if (journal_end(re->journal) == -1)
		return REST_NO_END;
	return rc == -1 ? REST_NO_RECEIPT : REST_DONE;
}

static enum outcome
end_verified(const struct options *o, struct report *r, struct restore *re,
    uint64_t changes, enum outcome outcome)
{
	struct receipt_about about = {
		.way = JOURNAL_FORWARD, .verified = 1, .outcome = outcome
	};
	uint64_t differ = move_differences(re->plan);
	uint64_t left = plan_count(re->plan, PLAN_LEFTOVER, -1);
	enum rest rest = tell_rest(o, r, re, &about);
	const char *receipt = rest == REST_DONE ? "" : NO_RECEIPT;

	if (rest == REST_NO_END)
		return work_end_partial(r, re);
	if (outcome == OUTCOME_DONE)
		return report_end(r,
		    receipt[0] == '\0' ? outcome : OUTCOME_DIFFERS,
		    "done: %" PRIu64 " change%s, verified, %s%s", changes,
		    move_plural(changes), move_none_left(re), receipt);
	return report_end(r, outcome,
	    "%" PRIu64 " change%s made, but %" PRIu64
	    " difference%s and %" PRIu64 " leftover%s found%s",
	    changes, move_plural(changes), differ, move_plural(differ), left,
	    move_plural(left), receipt);
}

enum outcome
finish_restore(const struct options *o, struct report *r, struct restore *re,
    uint64_t changes)
{
	enum outcome outcome;

	report_label(r, REPORT_LABEL, "applied", "%" PRIu64 " change%s",
	    changes, move_plural(changes));
	outcome = restore_verify(re);
	if (outcome != OUTCOME_DONE && outcome != OUTCOME_DIFFERS)
		return finish_unverified(o, r, re);
	report_open(r, "verify", '{');
	if (show_verify(r, re->plan, re->manifest, 0) == -1)
		outcome = OUTCOME_DIFFERS;
	show_listening(r, re, 0);
	report_close(r);
	return end_verified(o, r, re, changes, outcome);
}

enum outcome
finish_unverified(const struct options *o, struct report *r, struct restore *re)
{
	struct receipt_about about = { .way = JOURNAL_FORWARD,
		.outcome = OUTCOME_DIFFERS };
	const json_t *bundle =
	    json_object_get(journal_asked(re->journal), "bundle");
	const char *file = json_string_value(json_object_get(bundle, "file"));
	enum rest rest = tell_rest(o, r, re, &about);
	const char *receipt = rest == REST_DONE ? "" : NO_RECEIPT;

	if (rest == REST_NO_END)
		return work_end_partial(r, re);
	return report_end(r, OUTCOME_DIFFERS,
	    "all %" PRIu64 " changes are made, but they could not be verified: "
	    "novark verify with the bundle that was %s tells more%s",
	    journal_changes(re->journal), file == NULL ? "restored" : file,
	    receipt);
}

enum outcome
finish_undo(const struct options *o, struct report *r, struct restore *re)
{
	struct receipt_about about = { .way = JOURNAL_BACK,
		.outcome = OUTCOME_DONE };
	enum rest rest = tell_rest(o, r, re, &about);

	if (rest == REST_NO_END)
		return work_end_partial(r, re);
	return report_end(r, rest == REST_DONE ? OUTCOME_DONE : OUTCOME_DIFFERS,
	    "undone: this host is as it was before %s%s",
	    journal_id(re->journal), rest == REST_DONE ? "" : NO_RECEIPT);
}
