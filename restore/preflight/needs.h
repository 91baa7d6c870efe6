#ifndef RESTORE_NEEDS_H
#define RESTORE_NEEDS_H

#include "restore/facts/facts.h"
#include "restore/preflight/need.h"
#include "restore/restore.h"

/**
 * needs: the nwfilters, networks, pools, secrets and bridges that the wanted
 * definitions name (need), and whether each is here or brought by the same
 * restore.
 *
 *   needs_new, needs_add for each definition that is to be made or changed,
 *   needs_tell once, needs_free
 */
struct needs;

struct needs *needs_new(void) MUST_CHECK;
void needs_free(struct needs *n);

/* The definition ${top} of ${item}, which is brought: 0, or -1 said. */
int needs_add(struct needs *n, enum item_kind kind, const char *item,
    xmlNodePtr top) MUST_CHECK;

/* Add a finding "missing-nwfilter" and so on for each thing that is neither
 * here nor brought, told once however many need it.  Filters are looked at with
 * all that they refer to.  0, or -1 said. */
int needs_tell(struct needs *n, struct restore *r, struct facts *f) MUST_CHECK;

#endif
