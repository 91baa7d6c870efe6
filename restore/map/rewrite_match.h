#ifndef RESTORE_REWRITE_MATCH_H
#define RESTORE_REWRITE_MATCH_H

#include "archive/address/place.h"
#include "restore/map/addrmap.h"
#include "restore/map/host_place.h"

/**
 * rewrite_match: find in the bytes of one place what the map has a rule for,
 * kind by kind; for rewrite alone.
 */
struct match {
	size_t off, len; /* bytes to replace; off SIZE_MAX: no more */
	const char *new; /* by what */
	size_t new_len;
	const char *held; /* HELD_PADDED, HELD_DASHED, HELD_WIDE, or NULL */
	size_t rule;
	int host; /* by a host rule, which is meant for just this place */
	char text[ADDRESS_TEXT + 8];
};

/* What is looked for, each with how far it has been looked for. */
enum match_kind {
	MATCH_WHOLE,
	MATCH_PATH,
	MATCH_FOLDER,
	MATCH_NAME,
	MATCH_ADDRESS
};
#define MATCH_KINDS 5

struct matcher {
	const struct addrmap *map;
	const char *bytes;
	size_t len;
	enum place_role role;
	enum host_place hosts;
	size_t pos[MATCH_KINDS]; /* but of addresses: */
	struct address_scan scan;
	struct match next[MATCH_KINDS];
	size_t end; /* of the match before */
	/* Told of each rule that decides, keep rules too; may be NULL. */
	struct addrmap *used;
};

void match_start(struct matcher *m, struct addrmap *map, enum place_role role,
    enum host_place hosts, const char *bytes, size_t len, int count);

/**
 * match_next(m):
 * The next match, from left to right, the longest where several start; none
 * overlaps the one before.  It lives up to the next call.  NULL: no more.
 */
const struct match *match_next(struct matcher *m);

#endif
