#include <string.h>

#include "archive/warn.h"
#include "restore/papers/receipt_inner.h"

static const char *const names[PLAN_TYPES] = { [PLAN_CREATE] = "missing",
	[PLAN_CHANGE] = "differs",
	[PLAN_DRIFT] = "differs",
	[PLAN_FINDING] = "finding",
	[PLAN_LEFTOVER] = "leftover" };

/* What verify found wrong: item and place, no value. */
static json_t *
wrong(const struct plan_record *rec)
{

	return json_pack("{s:s,s:o,s:o}", "type", names[rec->type], "item",
	    paper_text(rec->item), "place", paper_text(rec->place));
}

static int
write_wrong(struct paper_new *p, struct plan *plan)
{
	const struct plan_record *rec;
	char hex[65];
	int more;

	if (paper_list(p, "wrong") == -1 || plan_rewind(plan) == -1)
		return -1;
	while ((more = plan_next(plan, &rec)) == 1) {
		if (names[rec->type] != NULL && paper_add(p, wrong(rec)) == -1)
			return -1;
	}
	return more == -1 ? -1 : paper_list_end(p, hex);
}

static json_t *
count(const struct plan *plan, enum plan_type type)
{

	return json_integer((json_int_t)plan_count(plan, type, -1));
}

/* What verify said; null where it could not be asked. */
static int
write_verify(struct paper_new *p, const struct restore *r,
    const struct receipt_about *about)
{
	const struct plan *plan = r->plan;
	uint64_t differ;

	if (!about->verified)
		return paper_put(p, "verify", json_null());
	differ = plan_count(plan, PLAN_CREATE, -1) +
		 plan_count(plan, PLAN_CHANGE, -1) +
		 plan_count(plan, PLAN_DRIFT, -1) +
		 plan_count(plan, PLAN_FINDING, -1);
	if (paper_put(p, "verify",
		json_pack("{s:s,s:I,s:o,s:o}", "outcome",
		    about->outcome == OUTCOME_DONE ? "done" : "differs",
		    "differences", (json_int_t)differ, "leftovers",
		    count(plan, PLAN_LEFTOVER), "held",
		    count(plan, PLAN_HELD))) == -1)
		return -1;
	return write_wrong(p, r->plan);
}

int
receipt_result(
    struct paper_new *p, struct restore *r, const struct receipt_about *about)
{
	json_t *steps;
	char hex[65];
	size_t i;

	if (write_verify(p, r, about) == -1)
		return -1;
	if (about->next == NULL)
		return 0;
	if ((steps = next_steps_json(about->next)) == NULL)
		return -1;
	if (paper_list(p, "next_steps") == -1)
		goto err1;
	for (i = 0; i < json_array_size(steps); i++) {
		if (paper_add(p, json_incref(json_array_get(steps, i))) == -1)
			goto err1;
	}
	json_decref(steps);
	return paper_list_end(p, hex);

err1:
	json_decref(steps);
	return -1;
}
