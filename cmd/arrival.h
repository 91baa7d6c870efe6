#ifndef CMD_ARRIVAL_H
#define CMD_ARRIVAL_H

#include "archive/manifest/manifest.h"

/**
 * arrival: which address of this host takes the place of one of the captured
 * node's own, where that is clear: it has the same one already; or the
 * interface of that name has just one here, and had just one there; or each
 * host has just one at all.  Of one family always.  Nothing else is guessed.
 */
struct arrival;

struct arrival_address {
	char *interface;
	struct address addr;
	int prefix; /* or -1 */
};

/* What this host's interfaces have: NULL, said. */
struct arrival *arrival_new(void) MUST_CHECK;
void arrival_free(struct arrival *h);

/* As if an interface had that address, for who has no host: 0, or -1 said. */
int arrival_add(struct arrival *h, const char *interface,
    const struct address *a, int prefix) MUST_CHECK;

/* Empty, without a look at this host: NULL, said. */
struct arrival *arrival_empty(void) MUST_CHECK;

/* The one for the own address ${a} of ${m}, or NULL: not clear. */
const struct arrival_address *arrival_for(
    const struct arrival *h, const struct manifest *m, const struct address *a);

/* All of them, in the kernel's order. */
const struct arrival_address *arrival_all(const struct arrival *h, size_t *n);

#endif
