#ifndef RESTORE_REWRITE_H
#define RESTORE_REWRITE_H

#include "archive/address/catalog.h"
#include "archive/address/place.h"
#include "archive/buf.h"
#include "restore/map/addrmap.h"

/**
 * rewrite: bytes in, bytes through the map out, and what was done to which
 * place.  Every byte outside a replaced token stays as it was.
 */

/* Why a match is held: what rewrite_place.held may point to, beside hold_all.
 */
#define HELD_COMMENT  "a comment"
#define HELD_SECRET   "a secret by its name"
#define HELD_PASSWORD "inside a password"
#define HELD_TENANT   "a tenant's own data"
#define HELD_HOST     "a nova host name: must stay equal"
#define HELD_PADDED   "padded octets are ambiguous"
#define HELD_DASHED   "a name made from the address"
#define HELD_WIDE     "a network wider than the rule"
/* ... or what inner_held says of it (archive/address/inner.h). */

/* One place that the map matches. */
struct rewrite_place {
	const char *label;
	enum place_role role;
	/* The place's value, into the input; of what is held inside base64 or
	 * gzip only the first match. */
	const char *before;
	size_t before_len;
	const char *after; /* through the map; equal to before when held */
	size_t after_len;
	const char *held; /* why at least one match was left alone, or NULL */
	size_t matches;   /* tokens replaced */
	size_t nheld;     /* tokens held */
};

/* 0 to go on; else the result of rewrite. */
typedef int rewrite_fn(void *cookie, const struct rewrite_place *place);

struct rewrite_options {
	struct addrmap *map;
	/* Hold everything in this item, with this reason (NULL: do not): a
	 * table column outside the catalogue, a deleted row. */
	const char *hold_all;
	/* Does --also release this place?  NULL: nothing is released. */
	int (*released)(void *cookie, const char *label);
	void *cookie;
	/* Count the rules that decided as used. */
	int count;
	/* Role for PLACE_VALUE and the default of PLACE_JSON places. */
	enum place_role role;
	/* Names of hosts stand in PLACE_VALUE, PLACE_JSON, PLACE_TEXT places.
	 */
	enum catalog_hosts hosts;
};

/**
 * rewrite(opt, format, bytes, len, out, fn, cookie):
 * Append the bytes through the map to ${out}; call ${fn} (may be NULL) for
 * every place where the map matched something, replaced or held.  Held, with
 * its reason: comments, secrets and passwords in URLs, tenant data, host names,
 * padded spelling, a name made from an address (ip-10-2-116-14), a network
 * wider than its rule.  A host name that a host rule names is not held.  What a
 * place holds in base64 or gzip is one more call, "LABEL (base64)", always
 * held. In XML, graphics/@listen and its first <listen> follow the same map and
 * so stay equal.  Return 0, what ${fn} returned, or -1 said.
 */
int rewrite(const struct rewrite_options *opt, enum place_format format,
    const char *bytes, size_t len, struct buf *out, rewrite_fn *fn,
    void *cookie) MUST_CHECK;

/* 0 when rewrite would neither replace nor hold anything by a match in these
 * bytes, whatever the options (what is inside base64 or gzip is not looked at):
 * quickly, most have none. */
int rewrite_may(struct addrmap *map, enum place_format format,
    const char *bytes, size_t len);

/* 0 when rewrite would not tell of anything in base64 or gzip either, in
 * PLACE_VALUE or PLACE_JSON: as quickly. */
int rewrite_may_tell(enum place_format format, const char *bytes, size_t len);

/**
 * rewrite_one(opt, format, place, after, r):
 * The same for one place of an item of ${format}: put its bytes through the map
 * into ${after} (cleared first; left empty when nothing is replaced) and tell
 * in
 * ${r} what was done; r->after points into ${after} or is r->before.  Return 0,
 * or -1 said.
 */
int rewrite_one(const struct rewrite_options *opt, enum place_format format,
    const struct place *place, struct buf *after,
    struct rewrite_place *r) MUST_CHECK;

#endif
