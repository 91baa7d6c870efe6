#ifndef RESTORE_FINDING_H
#define RESTORE_FINDING_H

#include "restore/restore.h"

/**
 * finding: what makes a restore unsafe, by stable names.  One table
 * (finding_table.h) has them all: name, whether --force-preflight may waive it
 * (what cannot be made at all is left out with --not instead), what it is
 * about, and what helps.
 *
 * Every finding says the object, what is wrong, and what to do.  --force-
 * preflight NAME waives all of that name, NAME:ITEM those of one item (glob):
 * they become PLAN_WAIVED records, and the receipt lists them.
 */
struct finding_row {
	const char *name;
	int may_waive;
	const char *about;
	const char *help; /* sentences: why it matters, what to do */
};
const struct finding_row *finding_rows(size_t *n);

/* 1 when a finding of that name may be waived; 0 also when there is none. */
int finding_may_waive(const char *name);

/* Is each of --force-preflight's arguments a finding that may be waived?  0, or
 * -1 with all mistakes said. */
int finding_check(const char *const *waive) MUST_CHECK;

/* Add a finding to the plan, or a waived one; text by printf.  ${item} is an
 * item's name, or with the kind PLAN_HOST the thing here that it is about (an
 * address, a program ...).  A name that is not in the table is a mistake of
 * ours, and fails.  0, or -1 said. */
int finding_add(struct restore *r, enum item_kind kind, const char *item,
    const char *place, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 6, 7))) MUST_CHECK;

#endif
