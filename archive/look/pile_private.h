#ifndef ARCHIVE_PILE_PRIVATE_H
#define ARCHIVE_PILE_PRIVATE_H

#include "archive/aside.h"
#include "archive/look/pile.h"

/* Inside the pile rooms only. */

/* A record in memory or laid aside: the lengths of key and body, then they. */
#define PILE_HEAD (2 * sizeof(uint32_t))

/* Where a record stands, and the start of its key as a number. */
struct pile_spot {
	uint64_t rank;
	size_t off;
};

/* Records that were laid aside sorted. */
struct pile_run {
	uint64_t start, end; /* where they are */
	size_t longest;
	/* While they are read: a window on them. */
	uint64_t at; /* what comes into it next */
	char *window;
	size_t size, have, pos;
	struct pile_record now; /* the first that was not given yet */
	uint64_t rank;
};

struct pile {
	const char *what;
	/* Records from the start on, their spots from the end on. */
	struct pile_spot *room;
	size_t nroom; /* spots */
	size_t used;  /* bytes of records */
	size_t n;     /* records */
	struct aside *aside;
	struct pile_run *runs;
	size_t nruns;
	int started;
	size_t next; /* of the spots */
	/* The runs that have more, as a heap: the smallest record first. */
	struct pile_run **heap;
	size_t nheap;
	int given; /* the first one's record */
};

/* The start of a key as a number that sorts as the key does. */
uint64_t pile_rank(const struct pile_record *r);

/* As memcmp. */
int pile_compare(const struct pile_record *a, const struct pile_record *b);

/* The record at ${bytes}: its length. */
size_t pile_parse(const char *bytes, struct pile_record *r);

/* Read the runs from their start on; the next of all of them, as pile_next. */
int pile_merge(struct pile *p) MUST_CHECK;
int pile_merged(struct pile *p, struct pile_record *r) MUST_CHECK;

#endif
