#ifndef RESTORE_WAITS_H
#define RESTORE_WAITS_H

#include "archive/outcome.h"

/**
 * waits: rows that can be changed only after others, which hold now what they
 * are to hold.  A chain of rows has an order in which they can be changed; a
 * circle (two rows that swap) has none.
 */
struct waits;

struct waits *waits_new(void) MUST_CHECK;
void waits_free(struct waits *w);

/* The row waits for the other one, by key number ${key}.  Names are copied: 0,
 * or -1 said. */
int waits_add(struct waits *w, unsigned int key, const char *row,
    const char *other) MUST_CHECK;

/* ${fn} for each wait that never ends: in a circle, or for a row in one.  0;
 * what ${fn} returned, if that is not 0. */
typedef int
waits_fn(void *cookie, unsigned int key, const char *row, const char *other);
int waits_tell(struct waits *w, waits_fn *fn, void *cookie) MUST_CHECK;

#endif
