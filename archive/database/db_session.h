#ifndef ARCHIVE_DB_SESSION_H
#define ARCHIVE_DB_SESSION_H

#include <mysql.h>

#include "archive/database/db.h"
#include "archive/database/db_login.h"
#include "archive/errand.h"

/**
 * The inside of a struct db: only for the rooms that speak to the client
 * library (db, db_session, db_query, db_write, db_trouble).
 */
struct db {
	MYSQL *mysql;
	char *label;
	/* The statement that db_exec ran last: rows of a table share one. */
	MYSQL_STMT *last;
	char *last_sql;
	/* To log in again. */
	struct db_login login;
	char *defaults_file;
	/* What became of the last call: 0, or the server's or the library's
	 * code and what it says. */
	unsigned int code;
	struct buf why;
	int hush; /* 2: nothing is said at all */
	/* db_ahead: NULL, nothing is read; and what became of it. */
	struct errand *ahead;
	int ahead_end;
};

/**
 * db_session_open(login, defaults_file, what, leave):
 * Open a session; ${login} is taken over, and empty then.  NULL and said;
 * ${what}: for whom, in the message; ${leave}: --not this leaves it out (NULL:
 * --no-database does).
 */
struct db *db_session_open(struct db_login *login, const char *defaults_file,
    const char *what, const char *leave) MUST_CHECK;

/* Wipes the password. */
void db_session_close(struct db *db);

/* Connect a session that has no connection: 0, or -1, failed (below). */
int db_session_start(struct db *db) MUST_CHECK;

/* A call begins, behind what is read ahead; it failed: keep code and text, and
 * say them unless hushed. */
void db_calm(struct db *db);
void db_failed(struct db *db, unsigned int code, const char *text);

#endif
