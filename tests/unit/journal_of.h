#ifndef TESTS_UNIT_JOURNAL_OF_H
#define TESTS_UNIT_JOURNAL_OF_H

/**
 * The journal of a plan, below a folder of the test's own.  Include behind
 * cmocka.h.
 */

#include <stdio.h>

#include "restore/journal/journal.h"
#include "restore/plan/plan.h"

static inline struct journal *
journal_of(struct plan *plan, const char *dir)
{
	const struct plan_record *rec;
	struct journal *j;
	char path[256];
	json_t *asked;
	int rc;

	snprintf(path, sizeof(path), "%s/state", dir);
	assert_non_null(asked = json_object());
	assert_non_null(j = journal_create(path, asked));
	json_decref(asked);
	assert_int_equal(plan_rewind(plan), 0);
	while ((rc = plan_next(plan, &rec)) == 1)
		if (rec->type == PLAN_CREATE || rec->type == PLAN_CHANGE)
			assert_int_equal(journal_change(j, rec), 0);
	assert_int_equal(rc, 0);
	assert_int_equal(journal_seal(j), 0);
	assert_int_equal(journal_turn(j, JOURNAL_FORWARD), 0);
	return j;
}

#endif
