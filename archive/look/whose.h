#ifndef ARCHIVE_WHOSE_H
#define ARCHIVE_WHOSE_H

#include "archive/look/sweep.h"

/**
 * whose: the instances of bundles, by each of the names that people have for
 * them, and which of them a row is about.
 *
 *   whose_new; of each bundle whose_bundle, then whose_place for every place of
 *   it (sweep_bundle); whose_end; whose_get, whose_row; whose_free
 *
 * It serves whoever looks for an instance: what it says of a row is a hint, and
 * nothing is decided by it.  It holds WHOSE_MOST instances and WHOSE_ROWS rows
 * of them; more are counted, not held.
 */
struct whose;

#define WHOSE_MOST 100000
#define WHOSE_ROWS 500000

struct whose_instance {
	const char *uuid;
	const char *name;  /* libvirt's: "instance-0000005f" */
	const char *shown; /* what its owner calls it, or NULL */
};

struct whose *whose_new(void) MUST_CHECK;
void whose_free(struct whose *w);

/* A bundle begins: its domains.  0, or -1 said. */
int whose_bundle(struct whose *w, const struct manifest *m) MUST_CHECK;

/* Look at a place of the rows (a sweep_fn): 0, or -1 said. */
int whose_place(void *whose, const struct sweep_place *p) MUST_CHECK;

/* Behind the last one, before the first question: 0, or -1 said. */
int whose_end(struct whose *w) MUST_CHECK;

/* How many instances there are; how many of these are held; one of them, by
 * their names in libvirt. */
uint64_t whose_count(const struct whose *w);
size_t whose_held(const struct whose *w);
void whose_get(const struct whose *w, size_t i, struct whose_instance *out);

/* Is the row ("row:nova.block_device_mapping:7") an instance's: 1, or 0. */
int
whose_row(const struct whose *w, const char *row, struct whose_instance *out);

#endif
