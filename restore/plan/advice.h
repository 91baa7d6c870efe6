#ifndef RESTORE_ADVICE_H
#define RESTORE_ADVICE_H

#include "restore/restore.h"

/**
 * advice_add(r):
 * Add what the operator should know, once the plan is whole, as PLAN_NOTE
 * records: "left-out" for a part that is not looked at; "unused-rule" for a
 * rule that matched nothing, "uncovered" for an address of the old node that no
 * rule covers (when there are rules at all).  0 or -1.
 */
int advice_add(struct restore *r) MUST_CHECK;

#endif
