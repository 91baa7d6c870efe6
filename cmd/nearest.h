#ifndef CMD_NEAREST_H
#define CMD_NEAREST_H

#include <stddef.h>

/**
 * nearest: which known name somebody may have meant who wrote another one.
 * Start from NEAREST_NONE; offer every known name; then ${name} is the best of
 * them that is near enough, or NULL.
 */
struct nearest {
	const char *name;
	size_t distance;
};

#define NEAREST_NONE                                                           \
	{                                                                      \
		NULL, (size_t)-1                                               \
	}

/* Is ${known} nearer to ${wanted} than the best so far?  It must live on. */
void nearest_offer(struct nearest *n, const char *wanted, const char *known);

#endif
