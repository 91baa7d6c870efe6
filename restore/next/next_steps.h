#ifndef RESTORE_NEXT_STEPS_H
#define RESTORE_NEXT_STEPS_H

#include <jansson.h>

#include "restore/restore.h"

/**
 * next_steps: what is left to the operator behind a restore, in the order that
 * works, from what this site has: services to start, memcached to empty,
 * instances that ran, held places that need a decision.  Nothing is done here.
 */
struct next_step {
	char *text;    /* what to do, one line */
	char *command; /* to be typed, or NULL */
	char *why;
};

struct next_steps {
	struct next_step *step;
	size_t n;
	/* Of the last steps, so many are alike, one for each instance. */
	size_t first_instance, instances;
};

#define NEXT_STEPS_EMPTY                                                       \
	{                                                                      \
		NULL, 0, 0, 0                                                  \
	}

/**
 * next_steps_find(r, out):
 * Fill ${out} from the root, the configuration, the bundle and the plan of
 * ${r}, of which all but the root may be NULL: without a bundle (resume, undo)
 * the journal tells which files are changed.  0, or -1 said.  To be freed in
 * both cases.
 */
int next_steps_find(struct restore *r, struct next_steps *out) MUST_CHECK;
void next_steps_free(struct next_steps *s);

/* [{"order": 1, "text": ..., "command": ... or null, "why": ...}]; NULL said.
 */
json_t *next_steps_json(const struct next_steps *s) MUST_CHECK;

#endif
