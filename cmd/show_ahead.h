#ifndef CMD_SHOW_AHEAD_H
#define CMD_SHOW_AHEAD_H

#include "archive/manifest/manifest.h"
#include "cmd/show_value.h"

/**
 * show_ahead: the changes of a plan in their order, the values of rows masked
 * already: some hundred are read at once, and masked side by side (crew.h), for
 * masking is most of what it takes to show them.  Memory is bounded by one such
 * load, or by the largest change.
 *
 *   show_ahead_new, show_ahead_next until it is not 1, show_ahead_free
 *
 * The plan is read by nobody else meanwhile.
 */
struct show_ahead;

/* A cell, and both its sides masked; of the whole of a file or definition, and
 * of one that does not change, neither is. */
struct show_sides {
	struct show_cell cell;
	struct buf before, after;
};

/* From the plan's first record on: NULL, said. */
struct show_ahead *
show_ahead_new(struct plan *plan, const struct manifest *m) MUST_CHECK;
void show_ahead_free(struct show_ahead *a);

/* The next PLAN_CREATE or PLAN_CHANGE, and what show_sides has of each of its
 * ${*ncells} cells; a new row has so many, but comes without them.  1, borrowed
 * until the next call; 0 at the end, -1 said. */
int show_ahead_next(struct show_ahead *a, const struct plan_record **rec,
    const struct show_sides **sides, size_t *ncells) MUST_CHECK;

#endif
