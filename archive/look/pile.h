#ifndef ARCHIVE_PILE_H
#define ARCHIVE_PILE_H

#include <stddef.h>
#include <stdint.h>

#include "archive/outcome.h"

/**
 * pile: records that come in any order and are read back sorted by their keys,
 * of the same key in the order in which they came.
 *
 * Purpose: to bring together what is said of one thing at many places, without
 * a table of all things in memory.
 *
 * Calling sequence: pile_new; pile_add, as often as needed; pile_start;
 * pile_next until it gives 0; pile_start again for another reading; pile_free.
 * After the first pile_start nothing is added any more.
 *
 * Memory: the room that it is given, and what single records longer than that
 * need.  What does not fit is sorted and laid aside (aside.h), run by run; the
 * runs are merged as they are read.
 */
struct pile;

/* Keys are compared byte by byte, the shorter first. */
struct pile_record {
	const char *key;
	size_t klen;
	const char *body;
	size_t blen;
};

/* ${what} it is for, in messages; it is borrowed.  NULL: said. */
struct pile *pile_new(const char *what, size_t room) MUST_CHECK;
void pile_free(struct pile *p);

/* 0, or -1 said.  Key and body are shorter than 2 GiB. */
int pile_add(struct pile *p, const struct pile_record *r) MUST_CHECK;

/* From the smallest key on: 0, or -1 said. */
int pile_start(struct pile *p) MUST_CHECK;

/* 1 with the next record, which is borrowed until the next call for this pile;
 * 0 at the end; -1 said. */
int pile_next(struct pile *p, struct pile_record *r) MUST_CHECK;

/* How many runs were laid aside: 0, when all is in memory. */
size_t pile_runs(const struct pile *p);

#endif
