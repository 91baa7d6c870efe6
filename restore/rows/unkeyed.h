#ifndef RESTORE_UNKEYED_H
#define RESTORE_UNKEYED_H

#include "archive/database/rows.h"
#include "restore/rows/target.h"

/**
 * unkeyed: tables whose rows nothing tells apart.  They are left as they are:
 * how many of them the map would change is said, as held.
 */

/* A table of the bundle: its rows here are counted; of one outside the
 * catalogue, and against a description, those captured (${rows}).  0, or -1
 * said. */
int unkeyed_say(
    struct restore *r, const struct target *t, struct rows *rows) MUST_CHECK;

/* A table here that the bundle does not have; ${external}: networks here. */
int unkeyed_scan(struct restore *r, struct db *db, const struct item *item,
    const struct cell_rules *rules, const struct external *external) MUST_CHECK;

#endif
