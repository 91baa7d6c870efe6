#ifndef ARCHIVE_FIND_PRIVATE_H
#define ARCHIVE_FIND_PRIVATE_H

#include "archive/look/find.h"

/* Inside the rooms of find only. */

/* An address or range; or, name set, a DNS name. */
struct wanted {
	struct address addr;
	unsigned prefix;
	char *name;
	size_t len;
};

/* Three bytes in a row that every spelling of something has: for each, ${fold}
 * set, is ${is}, or it is ${other}. */
struct probe {
	struct probe_byte {
		unsigned char fold, is, other;
	} byte[3];
	size_t n; /* how many there are: the others are anything */
	const struct wanted *means;
	char text[8];  /* of an IPv6 group: all of it, with its colon */
	size_t behind; /* so far behind its start the three stand */
};

struct find {
	struct wanted **wanted;
	size_t n;
	struct probe *probes;
	size_t nprobes;
	size_t run;   /* no shorter run of base64 holds what is looked for */
	size_t least; /* and no shorter text; 0: nothing is looked for */
	int all;      /* something has no probe: all is worth a look */
};

/* Add the probes of ${w}: 0, or -1 said. */
int find_glance_add(struct find *f, const struct wanted *w) MUST_CHECK;

/**
 * find_signs(d, len, i, end, rows):
 * The first spot in [i, end) that may be something coded, or ${end}: gzip,
 * base64 of that, base64 of several lines, ::ffff:a02:740e.
 */
size_t
find_signs(const unsigned char *d, size_t len, size_t i, size_t end, int rows);

/* Runs are looked for up to this length. */
#define FIND_RUN_MAX 64

/**
 * find_coded(d, len, i, end, run, done):
 * The first spot in [i, end) where at least ${run} letters of base64 begin that
 * may decode to text; or ${end}.  ${i} is a multiple of 64; ${*done}, 0 at
 * first, is its own.
 */
size_t find_coded(const unsigned char *d, size_t len, size_t i, size_t end,
    size_t run, size_t *done);

#endif
