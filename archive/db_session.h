#ifndef ARCHIVE_DB_SESSION_H
#define ARCHIVE_DB_SESSION_H

#include <mysql.h>

/**
 * The inside of a struct db: only for the rooms that speak to the client
 * library (db, db_query, db_write).
 */
struct db {
	MYSQL *mysql;
	char *label;
	/* The statement that db_exec ran last: rows of a table share one. */
	MYSQL_STMT *last;
	char *last_sql;
};

#endif
