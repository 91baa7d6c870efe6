#ifndef CMD_SHOW_NEXT_H
#define CMD_SHOW_NEXT_H

#include "cmd/report.h"
#include "restore/next_steps.h"

/* What is left to the operator: as text, folded to the page, of many instances
 * the first few, and nothing when quiet; as JSON the array "next_steps".  0, or
 * -1 said. */
int show_next(struct report *r, const struct next_steps *steps) MUST_CHECK;

/* The same from the array of a receipt, all of it. */
int show_next_json(struct report *r, const json_t *steps) MUST_CHECK;

#endif
