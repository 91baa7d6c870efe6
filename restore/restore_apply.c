#include "archive/warn.h"
#include "restore/journal/asked.h"
#include "restore/journal/engine.h"
#include "restore/journal/step.h"

/* Every change that will be made, before the first one is. */
static int
write_changes(struct restore *r)
{
	const struct plan_record *rec;
	int more;

	r->steps = 0;
	if (plan_rewind(r->plan) == -1)
		return -1;
	while ((more = plan_next(r->plan, &rec)) == 1) {
		if (rec->type != PLAN_CREATE && rec->type != PLAN_CHANGE)
			continue;
		if (journal_change(r->journal, rec) == -1)
			return -1;
		if (step_is(rec))
			r->steps++;
	}
	return more == -1 ? -1 : journal_seal(r->journal);
}

static int
begin(struct restore *r)
{
	json_t *asked;

	/* What earlier ones left that were cut before they changed anything. */
	if (journal_sweep(r->state_dir) == -1)
		return -1;
	if ((asked = asked_json(r)) == NULL)
		return -1;
	r->journal = journal_create(r->state_dir, asked);
	json_decref(asked);
	if (r->journal == NULL ||
	    root_temp_tag(r->root, journal_id(r->journal)) == -1)
		return -1;
	return write_changes(r);
}

enum outcome
restore_apply(struct restore *r, restore_tick *tick, void *cookie)
{
	enum outcome rc = OUTCOME_FAILED;

	if (begin(r) == 0)
		rc = engine_forward(r, 1, tick, cookie);
	if (rc == OUTCOME_FAILED || rc == OUTCOME_UNSAFE) {
		journal_discard(r->journal);
		r->journal = NULL;
	}
	return rc;
}
