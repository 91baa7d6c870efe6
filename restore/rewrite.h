#ifndef RESTORE_REWRITE_H
#define RESTORE_REWRITE_H

#include "archive/buf.h"
#include "archive/place.h"
#include "restore/addrmap.h"

/**
 * rewrite: bytes in, bytes through the map out, and what was done to which
 * place.  Every byte outside a replaced token stays as it was.
 */

/* One place that the map matches. */
struct rewrite_place {
	const char *label;
	enum place_role role;
	const char *before;   /* the place's value, into the input */
	size_t before_len;
	const char *after;    /* through the map; equal to before when held */
	size_t after_len;
	const char *held;     /* why at least one match was left alone, or NULL */
	size_t matches;       /* tokens replaced */
	size_t nheld;         /* tokens held */
};

/* 0 to go on; else the result of rewrite. */
typedef int rewrite_fn(void *cookie, const struct rewrite_place *place);

struct rewrite_options {
	struct addrmap *map;
	/* Hold everything in this item, with this reason (NULL: do not): a table
	 * column outside the catalogue, a deleted row. */
	const char *hold_all;
	/* Does --also release this place?  NULL: nothing is released. */
	int (*released)(void *cookie, const char *label);
	void *cookie;
	/* Count the rules that decided as used. */
	int count;
	/* Role for PLACE_VALUE and the default of PLACE_JSON places. */
	enum place_role role;
};

/**
 * rewrite(opt, format, bytes, len, out, fn, cookie):
 * Append the bytes through the map to ${out}; call ${fn} (may be NULL) for every
 * place where the map matched something, replaced or held.  Held, with its
 * reason: comments, secrets and passwords in URLs, tenant data, host names,
 * padded spelling, a name made from an address (ip-10-2-116-14), a network wider
 * than its rule.  In XML, graphics/@listen and its first <listen> follow the
 * same map and so stay equal.  Return 0, what ${fn} returned, or -1 said.
 */
int rewrite(const struct rewrite_options *opt, enum place_format format,
    const char *bytes, size_t len, struct buf *out, rewrite_fn *fn,
    void *cookie) MUST_CHECK;

#endif
