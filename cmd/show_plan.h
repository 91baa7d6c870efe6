#ifndef CMD_SHOW_PLAN_H
#define CMD_SHOW_PLAN_H

#include "archive/manifest/manifest.h"
#include "cmd/report.h"
#include "restore/plan/plan.h"

/**
 * show_plan: a plan as people and as programs read it, secrets masked.
 */

/**
 * show_plan(r, plan, m):
 * As text: every change as a unified diff, then what is held, notes, drift and
 * findings, and a line for each kind.  As JSON: the arrays "changes", "held",
 * "notes", "drift", "findings" and the object "counts".  0, or -1 said.
 */
int show_plan(
    struct report *r, struct plan *plan, const struct manifest *m) MUST_CHECK;

/**
 * show_verify(r, plan, m, all):
 * The plan of a verify.  As text: a line for each difference and leftover; with
 * ${all} also what is held, notes, and which domains ran when the snapshot was
 * taken.  As JSON: "ran", "differences", "leftovers", "held", "notes",
 * "counts".  0 or -1.
 */
int show_verify(struct report *r, struct plan *plan, const struct manifest *m,
    int all) MUST_CHECK;

#endif
