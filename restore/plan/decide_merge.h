#ifndef RESTORE_DECIDE_MERGE_H
#define RESTORE_DECIDE_MERGE_H

#include <stdint.h>

#include "archive/look/tally.h"
#include "restore/plan/decide.h"

/**
 * decide_merge: the part of decide that goes place by place; for decide alone.
 */

/* A place of captured that the map changes. */
struct touched {
	uint64_t label;     /* hash */
	size_t nth;         /* of the places with that label */
	char *name;         /* the label, for people */
	const char *before; /* into captured */
	size_t before_len;
	char *after;
	size_t after_len;
	int found; /* in current */
};

struct merge {
	struct rewrite_options opt;
	const struct decide_input *in;
	struct decide_output *out;
	struct touched *touched; /* sorted by label and nth */
	size_t n, cap;
	struct tally *labels;  /* of the side being walked */
	struct buf one, again; /* one place through the map, and once more */
	size_t done;           /* bytes of current that are in out->after */
};

/* For qsort and bsearch: by label, then by nth. */
int decide_compare(const void *a, const void *b);

/* Walk over captured or current with a tally of the labels: as place_walk. */
int decide_walk(
    struct merge *m, const char *bytes, size_t len, place_fn *fn) MUST_CHECK;

/**
 * decide_map_place(m, p, always):
 * A place of current through the map, into out->after.  Where its new value
 * would be changed again by the map (a swap, a chain) nobody can tell whether
 * it holds the old or the new one already: left alone, unless ${always}.
 */
int
decide_map_place(struct merge *m, const struct place *p, int always) MUST_CHECK;

/**
 * decide_lines(m):
 * In text a place is known by its line's number only, and lines move.  Where
 * that looked like drift, look for the lines by what they say; when all are
 * there it is none, and out->after is made anew.
 */
int decide_lines(struct merge *m) MUST_CHECK;

/**
 * decide_merge(in, out):
 * What to do where neither the wanted nor the captured bytes stand: compare
 * place by place, change only what the map touches, or call it drift and let
 * the policy decide.  ${out} holds wanted.
 */
enum decision decide_merge(
    const struct decide_input *in, struct decide_output *out) MUST_CHECK;

#endif
