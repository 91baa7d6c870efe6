#include "cmd/finish.h"

#include <inttypes.h>

#include "cmd/move.h"
#include "cmd/show_next.h"
#include "cmd/show_plan.h"

/* What is left to the operator: nothing that went wrong here changes what was
 * done. */
static void
tell_next(struct report *r, struct restore *re)
{
	struct next_steps steps = NEXT_STEPS_EMPTY;

	if (next_steps_find(re, &steps) == -1 || show_next(r, &steps) == -1)
		r->failed = 1;
	next_steps_free(&steps);
}

enum outcome
finish_restore(struct report *r, struct restore *re, uint64_t changes)
{
	struct plan *plan;
	enum outcome outcome;
	uint64_t differ, left;

	report_line(
	    r, "applied   %" PRIu64 " change%s", changes, move_plural(changes));
	outcome = restore_verify(re);
	if (outcome != OUTCOME_DONE && outcome != OUTCOME_DIFFERS)
		return report_end(r, OUTCOME_DIFFERS,
		    "all %" PRIu64 " changes are made, but they could not be "
		    "verified: novark verify tells more",
		    changes);
	plan = re->plan;
	report_open(r, "verify", '{');
	if (show_verify(r, plan, re->manifest, 0) == -1)
		outcome = OUTCOME_DIFFERS;
	report_close(r);
	tell_next(r, re);
	differ = move_differences(plan);
	left = plan_count(plan, PLAN_LEFTOVER, -1);
	if (outcome == OUTCOME_DONE)
		return report_end(r, outcome,
		    "done: %" PRIu64
		    " change%s, verified, no old address is left",
		    changes, move_plural(changes));
	return report_end(r, outcome,
	    "%" PRIu64 " change%s made, but %" PRIu64
	    " difference%s and %" PRIu64 " leftover%s found",
	    changes, move_plural(changes), differ, move_plural(differ), left,
	    move_plural(left));
}
