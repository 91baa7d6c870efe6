#ifndef ARCHIVE_DB_QUERY_H
#define ARCHIVE_DB_QUERY_H

#include "archive/buf.h"
#include "archive/database/db.h"

/**
 * db_query: reading through a session.  Statements are built from quoted
 * identifiers (db_name) and literals in hex (db_literal), so that no byte of a
 * value is ever read as SQL; rows come back as the bytes that the server
 * sends.  One open db_rows a session at a time, unless it is not streamed.
 */
struct db_rows;

/* The server as messages name it: "tcp:10.2.116.14:3306". */
const char *db_label(const struct db *db);

/* Start a consistent read-only transaction, to be ended by ROLLBACK: 0, or -1
 * said. */
int db_begin_reading(struct db *db) MUST_CHECK;

/* Run a statement that gives no rows: 0, or -1 said. */
int db_run(struct db *db, const char *sql) MUST_CHECK;

/**
 * db_select(db, sql, stream, out):
 * Run a query.  ${stream}: rows are fetched from the server as they are read
 * (memory stays flat; the session is busy until the rows are freed).  0 with
 * ${*out}, or -1 said.
 */
int db_select(struct db *db, const struct buf *sql, int stream,
    struct db_rows **out) MUST_CHECK;

/* The next row: 1 with ${*cells} (borrowed until the next call; the bytes that
 * they point to, of rows that are not streamed, until db_rows_free), 0 at the
 * end, -1 said. */
int db_next(struct db_rows *r, const struct db_value **cells) MUST_CHECK;
size_t db_width(const struct db_rows *r);
void db_rows_free(struct db_rows *r);

/**
 * db_ahead(db, sql, take, cookie):
 * Run a query in a thread of its own, and give each of its rows to ${take},
 * there: 1 to go on, 0: enough, -1 said.  ${sql} and what ${take} touches are
 * the thread's until db_ahead_wait, which has to follow and behind which the
 * thread has ended; any other call on the session waits for it, too.  0, or -1
 * said: nothing was begun.
 */
typedef int db_take(void *cookie, const struct db_value *cells);
int db_ahead(struct db *db, const struct buf *sql, db_take *take,
    void *cookie) MUST_CHECK;

/* What became of the last one: 0, it has given all its rows; 1, ${take} had
 * enough; -1 said. */
int db_ahead_wait(struct db *db) MUST_CHECK;

/* Append an identifier, in backticks. */
int db_name(struct buf *sql, const char *name) MUST_CHECK;

/* Append `schema`.`table`. */
int db_table_name(
    struct buf *sql, const char *schema, const char *table) MUST_CHECK;

/**
 * db_literal(sql, column, value):
 * Append ${value} as it compares with ${column}: a number for integers, else
 * hex bytes in the column's character set (so that an index can be used).
 */
int db_literal(struct buf *sql, const struct item_column *column,
    const struct db_value *value) MUST_CHECK;

/* 1 for whole numbers. */
int db_is_whole(const struct item_column *column);

/* 1 for a type that the server reads as text although it has no character set
 * (json, inet6, uuid): bytes would mean something else to it. */
int db_takes_text(const struct item_column *column);

/**
 * db_mark(sql, column, collation):
 * Append a question mark that compares as ${column}, which has ${collation}
 * (NULL: it is not known), so that an index can be used: 1; 0, nothing
 * appended: only a literal compares so; -1 said.
 */
int db_mark(struct buf *sql, const struct item_column *column,
    const char *collation) MUST_CHECK;

/* Append a text constant. */
int db_text(struct buf *sql, const char *text) MUST_CHECK;

#endif
