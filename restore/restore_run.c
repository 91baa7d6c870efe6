#include <inttypes.h>

#include "archive/warn.h"
#include "restore/files/stale_certificates.h"
#include "restore/plan/advice.h"
#include "restore/plan/described.h"
#include "restore/plan/there.h"
#include "restore/preflight/preflight.h"

/* What is planned and applied, in this order. */
static const struct {
	enum item_part part;
	enum outcome (*plan)(struct restore *r);
	int (*leftover)(struct restore *r);
} parts[] = {
	{ PART_FILES, plan_files, leftover_files },
	{ PART_LIBVIRT, plan_virt, leftover_virt },
	{ PART_FILES, plan_files_behind, NULL },
	{ PART_DATABASE, plan_accounts, leftover_accounts },
	{ PART_DATABASE, plan_db, leftover_db },
};
#define PARTS (sizeof(parts) / sizeof(parts[0]))

static enum outcome
make_plan(struct restore *r)
{
	enum outcome rc;
	size_t i;

	plan_free(r->plan);
	if ((r->plan = plan_new()) == NULL)
		return OUTCOME_FAILED;
	for (i = 0; i < PARTS; i++) {
		if (there_has(r, parts[i].part) &&
		    (rc = parts[i].plan(r)) != OUTCOME_DONE)
			return rc;
	}
	if (there_has(r, PART_FILES) && stale_certificates_note(r) == -1)
		return OUTCOME_FAILED;
	return described_notes(r) == -1 || advice_add(r) == -1 ? OUTCOME_FAILED
							       : OUTCOME_DONE;
}

enum outcome
restore_plan(struct restore *r)
{
	enum outcome rc;

	if ((rc = make_plan(r)) != OUTCOME_DONE ||
	    (rc = preflight_host(r)) != OUTCOME_DONE)
		return rc;
	if (plan_count(r->plan, PLAN_DRIFT, -1) > 0 ||
	    plan_count(r->plan, PLAN_FINDING, -1) > 0)
		return OUTCOME_UNSAFE;
	return OUTCOME_DONE;
}

enum outcome
restore_verify(struct restore *r)
{
	static const enum plan_type wrong[] = { PLAN_CREATE, PLAN_CHANGE,
		PLAN_DRIFT, PLAN_FINDING, PLAN_LEFTOVER };
	enum outcome rc;
	size_t i;

	r->reading = 1;
	if ((rc = make_plan(r)) != OUTCOME_DONE)
		return rc;
	for (i = 0; i < PARTS; i++) {
		if (parts[i].leftover != NULL && there_has(r, parts[i].part) &&
		    parts[i].leftover(r) == -1)
			return OUTCOME_FAILED;
	}
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		if (plan_count(r->plan, wrong[i], -1) > 0)
			return OUTCOME_DIFFERS;
	}
	return OUTCOME_DONE;
}
