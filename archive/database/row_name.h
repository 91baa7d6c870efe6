#ifndef ARCHIVE_ROW_NAME_H
#define ARCHIVE_ROW_NAME_H

#include "archive/database/db.h"

/**
 * row_name(schema, table, key, nkey, out):
 * Append "row:SCHEMA.TABLE:KEY", the name of one row; several key values are
 * joined by commas, bytes that are not printable are written \xNN.  0 or -1.
 */
int row_name(const char *schema, const char *table, const struct db_value *key,
    size_t nkey, struct buf *out) MUST_CHECK;

#endif
