#ifndef RESTORE_SHARES_H
#define RESTORE_SHARES_H

#include "restore/restore.h"

/**
 * shares: nova, cinder and os-brick mount a share at BASE/HASH, HASH being made
 * from its name ("10.2.116.14:/srv/nfs").  Where the map changes the name, the
 * folder is another one, and every path through it, though no address stands in
 * them.
 */

/* bundle_look with ${r}->shares, a struct shares_seen: is there anything in the
 * tables that could be a share? */
void shares_glance(
    void *cookie, const struct item *item, const char *bytes, size_t len);

/**
 * shares_derive(r):
 * Look through the bundle for the names of shares (share_table.h) and add to
 * the map, for each that it changes, the rules for its folder (addrmap_derive).
 * DONE; FAILED, REFUSED: said.
 */
enum outcome shares_derive(struct restore *r) MUST_CHECK;

/**
 * shares_plan(r):
 * Add to the plan what becomes of the folders themselves that stand here: an
 * empty one is renamed; a mounted one, or one that holds something, is a
 * finding.  0, or -1 said.
 */
int shares_plan(struct restore *r) MUST_CHECK;

#endif
