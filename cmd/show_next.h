#ifndef CMD_SHOW_NEXT_H
#define CMD_SHOW_NEXT_H

#include "cmd/report.h"
#include "restore/next/next_steps.h"

/* What is left to the operator: as text, folded to the page, of many instances
 * the first few, and nothing when quiet; as JSON the array "next_steps".  0, or
 * -1 said. */
int show_next(struct report *r, const struct next_steps *steps) MUST_CHECK;

/* The array alone: 0, or -1 said. */
int show_next_json(struct report *r, const struct next_steps *steps) MUST_CHECK;

/* One step as text; ${command} may be NULL. */
void show_next_step(struct report *r, size_t order, const char *text,
    const char *command, const char *why);

#endif
