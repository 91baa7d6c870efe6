#include <inttypes.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/move.h"
#include "cmd/page/page.h"
#include "cmd/show_listening.h"
#include "cmd/show_next.h"
#include "cmd/show_plan.h"

static enum outcome
report_verify(struct report *r, const struct restore *re, enum outcome outcome)
{
	uint64_t differ = move_differences(re->plan);
	uint64_t left = plan_count(re->plan, PLAN_LEFTOVER, -1);
	uint64_t held = plan_count(re->plan, PLAN_HELD, -1);

	if (outcome == OUTCOME_DONE)
		return report_end(r, outcome,
		    "all as expected, %s (%" PRIu64 " place%s held)",
		    move_none_left(re), held, move_plural(held));
	return report_end(r, outcome,
	    "%" PRIu64 " difference%s, %" PRIu64 " leftover%s (%" PRIu64
	    " place%s held)",
	    differ, move_plural(differ), left, move_plural(left), held,
	    move_plural(held));
}

/* What the verify found; for programs also what is left to do, which people
 * were told when they restored. */
static int
show_all(struct report *r, struct restore *re, struct whose *w)
{
	struct next_steps steps = NEXT_STEPS_EMPTY;
	int rc;

	if (w != NULL && move_addresses(r, re, w) == -1)
		return -1;
	if (show_verify(r, re->plan, re->manifest, 1) == -1)
		return -1;
	show_listening(r, re, 1);
	if (!report_documents(r))
		return 0;
	if ((rc = next_steps_find(re, &steps)) == 0)
		rc = show_next_json(r, &steps);
	next_steps_free(&steps);
	return rc;
}

enum outcome
cmd_verify(const struct options *o)
{
	struct restore_options opt;
	struct restore re;
	struct report r;
	struct page *page;
	enum outcome outcome;

	memset(&re, 0, sizeof(re));
	move_options(o, &opt);
	report_start(&r, "verify", o->json, o->quiet);
	re.reading = 1;
	outcome = page_start(o->html, o->force, &r, &page) == -1
		      ? OUTCOME_FAILED
		      : restore_open(&opt, &re);
	if (outcome == OUTCOME_DONE)
		outcome = restore_verify(&re);
	if (outcome != OUTCOME_DONE && outcome != OUTCOME_DIFFERS) {
		outcome = report_end(&r, outcome, "nothing was compared");
	} else {
		move_describe(&r, &re);
		if (show_all(&r, &re, page_whose(page)) == -1)
			outcome = report_end(&r, OUTCOME_FAILED,
			    "the result could not be shown");
		else
			outcome = report_verify(&r, &re, outcome);
	}
	restore_close(&re);
	page_free(page);
	return outcome;
}
