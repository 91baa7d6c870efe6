#ifndef RESTORE_UNIQUE_QUERY_H
#define RESTORE_UNIQUE_QUERY_H

#include "archive/manifest/table_facts.h"
#include "restore/rows/claims.h"
#include "restore/rows/target.h"

/**
 * unique_query: inside the unique room only.  The values of one unique key,
 * gathered until they are many; then one query asks what they compare as and
 * which rows here hold them, and the answers become claims.
 */
struct unique_query;

/* ${cell}: of each of the key's columns (copied); ${at} is the key's number.
 * The rest is borrowed.  NULL, said. */
struct unique_query *
unique_query_new(const struct target *t, const struct table_unique *key,
    const size_t *cell, unsigned int at, struct claims *claims) MUST_CHECK;
void unique_query_free(struct unique_query *q);

/* A row before (NULL: not here) and after: 0, or -1 said. */
int unique_query_row(struct unique_query *q, const char *name, uint64_t turn,
    const struct db_value *now, const struct db_value *then) MUST_CHECK;

/* Ask for what is left: 0, or -1 said. */
int unique_query_end(struct unique_query *q) MUST_CHECK;

#endif
