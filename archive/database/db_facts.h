#ifndef ARCHIVE_DB_FACTS_H
#define ARCHIVE_DB_FACTS_H

#include "archive/database/db_query.h"
#include "archive/manifest/table_facts.h"

/**
 * db_facts: what an INSERT or UPDATE would meet, as information_schema has it.
 * Another user's triggers are seen only with the privilege TRIGGER.
 */

/* Of a base table: 0 with ${*out} (the caller's), or -1 said. */
int db_table_facts(struct db *db, const char *schema, const char *table,
    struct table_facts **out) MUST_CHECK;

#endif
