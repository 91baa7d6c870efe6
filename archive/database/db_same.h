#ifndef ARCHIVE_DB_SAME_H
#define ARCHIVE_DB_SAME_H

#include "archive/database/db.h"

/* Are two sessions with one server, whatever their addresses and logins?  A
 * named lock that one takes is seen by the other; where the server knows no
 * such locks (Galera) its name, port and folder decide.  1, 0, -1 said. */
int db_same(struct db *a, struct db *b) MUST_CHECK;

#endif
