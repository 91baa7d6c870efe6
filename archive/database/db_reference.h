#ifndef ARCHIVE_DB_REFERENCE_H
#define ARCHIVE_DB_REFERENCE_H

#include "archive/database/db_query.h"

/* A foreign key of a table to one of the same schema, by its first column. */
struct db_reference {
	const char *table, *column, *of_table, *of_column;
};

/**
 * db_references(db, schema, each, cookie):
 * Call ${each} for every foreign key that the schema has, as far as this login
 * may see it.  0; -1 said, or when ${each} gave it.
 */
int db_references(struct db *db, const char *schema,
    int (*each)(void *cookie, const struct db_reference *r),
    void *cookie) MUST_CHECK;

#endif
