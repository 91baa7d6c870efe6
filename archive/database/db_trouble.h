#ifndef ARCHIVE_DB_TROUBLE_H
#define ARCHIVE_DB_TROUBLE_H

#include "archive/database/db.h"

/**
 * db_trouble: what the failure of a statement means, and sessions that come
 * back.
 *
 *   DB_FINE     the last call did not fail, or not at the server
 *   DB_AGAIN    the server took the transaction back, or lets it be started
 *               again: a deadlock, a lock wait, a certification failure
 *   DB_LOST     the connection or the server went away (or a Galera node is
 *               not ready): db_reconnect, then start again
 *   DB_REFUSED  the row goes against a key: one like it is there, what it
 *               refers to is not, or something refers to it; the transaction
 *               goes on
 *   DB_WRONG    all else
 *
 * Nothing here repeats a statement: whoever changes rows starts the whole
 * transaction again, from its first row, and looks.
 */
enum db_trouble { DB_FINE, DB_AGAIN, DB_LOST, DB_REFUSED, DB_WRONG };

/* Of the last call on the session that runs a statement or reads its rows. */
enum db_trouble db_trouble(const struct db *db);

/* The same in words, without the values that the server quotes: "error 1213:
 * Deadlock found ..."; borrowed until the next call. */
const char *db_why(const struct db *db);

/* From now on (or no more) only DB_WRONG is said where it is found: whoever
 * goes on after the others says what is worth it. */
void db_hush(struct db *db, int hush);

/* How long to wait; where one is asked for, NULL stands for novark's own. */
struct db_patience {
	unsigned int first, most; /* milliseconds: a pause, doubled up to */
	unsigned int total;       /* milliseconds that db_reconnect waits */
};

/* Asked after each pause: other than 0 (said there) ends the wait. */
typedef int db_stop(void *cookie);

/* Sleep for the ${n}th pause (0: the first): 0, or -1 when ${stop} (may be
 * NULL) says so. */
int db_pause(const struct db_patience *p, unsigned int n, db_stop *stop,
    void *cookie) MUST_CHECK;

/**
 * db_reconnect(db, p, stop, cookie):
 * Log in again, with all settings of a session; rows and transactions of the
 * old one are gone (free the rows before).  Waits as ${p} has it while the
 * server is not there, and says so once.  0; -1 said (or stopped), and then
 * every call on the session fails until the next db_reconnect.
 */
int db_reconnect(struct db *db, const struct db_patience *p, db_stop *stop,
    void *cookie) MUST_CHECK;

#endif
