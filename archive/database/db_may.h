#ifndef ARCHIVE_DB_MAY_H
#define ARCHIVE_DB_MAY_H

#include "archive/database/db_query.h"

/* What a server says to a change, without being asked to make it. */
enum db_may {
	DB_MAY_FAILED = -1, /* said */
	DB_MAY,             /* nothing against it, as far as it tells */
	DB_MAY_NO_RIGHT,    /* this login has no privilege for it */
	DB_MAY_READ_ONLY    /* the server takes no changes now */
};

/**
 * db_may(db, change, why):
 * Have ${change} (INSERT, UPDATE or DELETE) explained, outside of a transaction
 * for reading: privileges and read-only are looked at, nothing is run.
 * ${why}: the server's words are appended, when it is not let.
 */
enum db_may
db_may(struct db *db, const struct buf *change, struct buf *why) MUST_CHECK;

#endif
