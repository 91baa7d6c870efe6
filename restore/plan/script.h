#ifndef RESTORE_SCRIPT_H
#define RESTORE_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#include "archive/outcome.h"

/* One side of a comparison: lines as numbers, and which of them go (or come).
 */
struct script_side {
	const uint32_t *line;
	unsigned char *changed; /* one for each line, 0 at first */
	size_t n;
};

/**
 * script_find(a, b):
 * Mark in both sides the lines that an edit script from ${a} to ${b} takes out
 * and puts in.  What is not marked is equal on both sides, in order.  0 or -1
 * (said).
 */
int script_find(struct script_side *a, struct script_side *b) MUST_CHECK;

#endif
