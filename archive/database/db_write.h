#ifndef ARCHIVE_DB_WRITE_H
#define ARCHIVE_DB_WRITE_H

#include "archive/database/db_query.h"

/**
 * db_write: changing rows through a session, in a transaction.  Values go
 * through prepared statements, as bytes; between db_begin_writing and its end
 * a value that does not fit is an error, never cut.  What a failure means
 * tells db_trouble.
 */

/* End what db_exec keeps: for whoever closes the session. */
void db_forget(struct db *db);

/* Start a transaction for writing: 0, or -1 said. */
int db_begin_writing(struct db *db) MUST_CHECK;

/* End the transaction: 0, or -1 said.  After a failure nobody knows what the
 * server did, unless db_trouble is DB_AGAIN: look. */
int db_commit(struct db *db) MUST_CHECK;

/* A point of the transaction, in place of the one before, and back to it: 0, or
 * -1 said. */
int db_savepoint(struct db *db) MUST_CHECK;
int db_savepoint_back(struct db *db) MUST_CHECK;

/* Take the transaction back; whatever happens, the server has not committed.
 * A connection that is lost is no error here. */
void db_rollback(struct db *db);

/**
 * db_exec(db, sql, values, n, affected):
 * Run one prepared statement with ${n} values for its question marks; how many
 * rows it changed.  The same text as before is not prepared again.  0, or -1
 * said.
 */
int db_exec(struct db *db, const struct buf *sql, const struct db_value *values,
    size_t n, uint64_t *affected) MUST_CHECK;

/* Does the server, a MariaDB, take the values of many rows at once? */
int db_takes_many(struct db *db);

/**
 * db_exec_many(db, sql, values, n, rows, affected):
 * The same for each of ${rows} times ${n} values, one after the other; how many
 * rows all of them changed.  A server that takes many at once (MariaDB) gets
 * them so.  0, or -1 said: then some of them may have been changed.
 */
int db_exec_many(struct db *db, const struct buf *sql,
    const struct db_value *values, size_t n, size_t rows,
    uint64_t *affected) MUST_CHECK;

#endif
