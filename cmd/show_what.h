#ifndef CMD_SHOW_WHAT_H
#define CMD_SHOW_WHAT_H

#include "cmd/report.h"
#include "restore/plan/plan.h"

/**
 * show_what: kinds of place (kind.h) beside what a plan has to tell.
 */

/* The kind of ${place} in the item of ${rec}, in words, or NULL.  ${m} is the
 * bundle's manifest. */
const char *show_what(
    const struct manifest *m, const struct plan_record *rec, const char *place);

/* 0 to go on; else the result of show_places. */
typedef int show_place_fn(void *cookie, const char *place, const char *what);

/**
 * show_places(m, rec, fn, cookie):
 * Call ${fn} for every place that a PLAN_CHANGE sets, in their order; ${what}
 * is NULL where there is none.  0, what ${fn} returned, or -1 said.
 */
int show_places(const struct manifest *m, const struct plan_record *rec,
    show_place_fn *fn, void *cookie) MUST_CHECK;

/* "# own address, message queue": a line of the kinds that a change sets, each
 * once; none when there are none.  0, or -1 said. */
int show_whats(struct report *r, const struct manifest *m,
    const struct plan_record *rec) MUST_CHECK;

#endif
