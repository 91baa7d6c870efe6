#ifndef ARCHIVE_DB_SCHEMA_H
#define ARCHIVE_DB_SCHEMA_H

#include "archive/database/db_query.h"

/**
 * db_schema: what a server's information_schema says.  Nothing about a table is
 * assumed: names, types, character sets and keys are read.
 */

/* What stands under a name in a schema. */
enum db_relation { DB_ABSENT, DB_BASE_TABLE, DB_VIEW };

/* ${*what}, and for a base table whether its engine has transactions in the
 * snapshot's sense (InnoDB).  0, or -1 said. */
int db_relation(struct db *db, const char *schema, const char *table,
    enum db_relation *what, int *innodb) MUST_CHECK;

/* How many base tables a schema has: 0 also when there is none of that name, or
 * when this login may see none.  0, or -1 said. */
int db_schema_tables(struct db *db, const char *schema, uint64_t *n) MUST_CHECK;

/* The names of all base tables of a schema that this login may see, as rows of
 * one cell, sorted; other statements may run while they are read.  0, or -1
 * said. */
int db_base_tables(
    struct db *db, const char *schema, struct db_rows **names) MUST_CHECK;

/* Servers allow at most 32 columns in a key. */
#define DB_KEY_MAX 32

/* The primary key's columns, as indexes into ${t}->columns in key order: how
 * many, 0 when there is no key (or one that makes no sense). */
size_t db_key(const struct item_table *t, size_t key[DB_KEY_MAX]);

/* 1 when an address may stand in a column as text: all but numbers, times,
 * bits. */
int db_is_text(const struct item_column *c);

/**
 * db_read_table(db, t, out):
 * Stream all rows, as a .txt has them: the columns that are not generated, in
 * the order of the primary key.  0 or -1 said.
 */
int db_read_table(
    struct db *db, const struct item_table *t, struct db_rows **out) MUST_CHECK;

/* The same of those rows for which the condition ${where} holds: SQL that was
 * built as db_query.h says.  NULL: all rows. */
int db_read_where(struct db *db, const struct item_table *t,
    const struct buf *where, struct db_rows **out) MUST_CHECK;

#endif
