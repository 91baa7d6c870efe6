#ifndef ARCHIVE_EXTERNAL_H
#define ARCHIVE_EXTERNAL_H

#include "archive/bundle/bundle.h"
#include "archive/database/db.h"

/**
 * external: which networks of neutron (or quantum) are external or flat, and
 * the subnets, ranges and pools that belong to them, by the rows that say so
 * (catalog_externals).  Addresses on those are the provider's and follow the
 * map; all other networks are their tenants' own.  A small set of ids, which
 * are UUIDs, so that one set serves all kinds.  What cannot be told is not in
 * it: a bundle without those tables has no external networks.
 */
struct external;

/* Of a bundle, in one pass over the tables that say it (none: no pass).  DONE
 * with ${*out}; FAILED, REFUSED (said). */
enum outcome external_read(struct bundle *b, struct external **out) MUST_CHECK;

/* Of a database as it is here, on a session with a reading transaction; NULL,
 * said. */
struct external *
external_here(struct db *db, const char *role, const char *schema) MUST_CHECK;
void external_free(struct external *e);

/* 1 when the id in a column that leads to a network (catalog_column.through) is
 * of an external one; NULL for ${e} knows of none. */
int external_has(const struct external *e, const struct db_value *id);

/* How many ids it has. */
size_t external_count(const struct external *e);

#endif
