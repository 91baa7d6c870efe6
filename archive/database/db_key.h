#ifndef ARCHIVE_DB_KEY_H
#define ARCHIVE_DB_KEY_H

#include "archive/database/db_query.h"

/**
 * db_read_key(db, schema, table, t):
 * What tells the rows of a table apart goes to the columns of ${t}, which have
 * been read: its primary key; without one the unique key with the fewest
 * columns (the first by name), if none of them may be NULL, is generated or
 * counts with its first characters only (${t}->no_primary).  0, or -1 said.
 */
int db_read_key(struct db *db, const char *schema, const char *table,
    struct item_table *t) MUST_CHECK;

#endif
