#ifndef CMD_ADDRESSES_H
#define CMD_ADDRESSES_H

#include "archive/look/whose.h"
#include "cmd/draft.h"
#include "cmd/report.h"
#include "restore/map/addrmap.h"

/**
 * addresses: the addresses of one bundle or of several, for the document: each
 * with the kinds of place that it stands in, and what becomes of it.  Loopback,
 * wildcards and netmasks are left out.
 */

/* Count those of a bundle, all of which is read for that: DONE, FAILED,
 * REFUSED (said).  ${w} gets its instances; ${tick} is told what is read; both
 * may be NULL. */
enum outcome addresses_count(struct draft *d, struct whose *w, struct bundle *b,
    void (*tick)(void *cookie, const char *item), void *cookie) MUST_CHECK;

/* As the array "addresses", own ones first.  ${map} is NULL where there is
 * none. */
void
addresses_json(struct report *r, struct draft *d, const struct addrmap *map);

#endif
