#ifndef ARCHIVE_WHOSE_PRIVATE_H
#define ARCHIVE_WHOSE_PRIVATE_H

#include "archive/buf.h"
#include "archive/look/whose.h"

/* What the halves of whose share: one gathers, the other puts the names
 * together and answers. */

struct whose_one {
	char *uuid, *shown;
	char *name; /* of its domain, or NULL: nova's own of its number */
	uint64_t number;
};

/* The row of hash ${row} is of the instance that ${of} names, by its uuid or
 * its number. */
struct whose_of {
	uint64_t row, of;
};

/* An instance by the hash of its uuid or its number. */
struct whose_key {
	uint64_t hash;
	size_t at;
};

struct whose {
	struct whose_one *all;
	size_t n, cap;
	uint64_t beyond; /* instances that are not held */
	struct whose_of *rows;
	size_t nrows, rows_cap;
	struct whose_key *keys;
	size_t nkeys;
	/* The row of nova's instances that is being looked at. */
	struct buf row;
	struct whose_one now;
	int past;
};

/* Free what is in it; it is empty then. */
void whose_clear(struct whose_one *i);

uint64_t whose_hash(const char *bytes, size_t len);

/* The row of nova's instances that was looked at is over: 0, or -1 said. */
int whose_end_row(struct whose *w) MUST_CHECK;

#endif
