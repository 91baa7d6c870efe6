#include "archive/database/db_trouble.h"

#include <errmsg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/database/db_query.h"
#include "archive/database/db_session.h"
#include "archive/database/db_write.h"
#include "archive/warn.h"

/* A server that is restarted is back within seconds; one that recovers a large
 * log, or a Galera node that is sent its state again, takes minutes.  After
 * five of them the operator is asked: the journal knows how to go on.  Pauses
 * are short at first, for what passes at once, and never so long that the end
 * of the wait is noticed late. */
static const struct db_patience patience = { 100, 5000, 300000 };

/* Codes of MariaDB and MySQL servers below 2000 and above 3000, of the client
 * library between.  Names as their headers have them. */
static const struct {
	unsigned int code;
	enum db_trouble trouble;
} table[] = {
	{ 1020, DB_AGAIN }, /* CHECKREAD: changed since the snapshot */
	{ 1180, DB_AGAIN }, /* ERROR_DURING_COMMIT: Galera left its cluster */
	{ 1205, DB_AGAIN }, /* LOCK_WAIT_TIMEOUT */
	{ 1213, DB_AGAIN }, /* LOCK_DEADLOCK, and Galera's certification */
	{ 1317, DB_AGAIN }, /* QUERY_INTERRUPTED: KILL QUERY, a shutdown */
	{ 1412, DB_AGAIN }, /* TABLE_DEF_CHANGED: "please retry transaction" */
	{ 1613, DB_AGAIN }, /* XA_RBTIMEOUT */
	{ 1614, DB_AGAIN }, /* XA_RBDEADLOCK */
	{ 1615, DB_AGAIN }, /* NEED_REPREPARE */
	{ 1637, DB_AGAIN }, /* TOO_MANY_CONCURRENT_TRXS */
	{ 1689, DB_AGAIN }, /* LOCK_ABORTED: a pending exclusive lock */
	{ 3101, DB_AGAIN }, /* MySQL: group replication took it back */
	{ 1040, DB_LOST },  /* CON_COUNT_ERROR: too many connections */
	{ 1047, DB_LOST },  /* Galera: not prepared for application use */
	{ 1053, DB_LOST },  /* SERVER_SHUTDOWN */
	{ 1152, DB_LOST },  /* ABORTING_CONNECTION */
	{ 1158, DB_LOST },  /* NET_READ_ERROR */
	{ 1159, DB_LOST },  /* NET_READ_INTERRUPTED */
	{ 1160, DB_LOST },  /* NET_ERROR_ON_WRITE */
	{ 1161, DB_LOST },  /* NET_WRITE_INTERRUPTED */
	{ 1184, DB_LOST },  /* NEW_ABORTING_CONNECTION */
	{ 1203, DB_LOST },  /* TOO_MANY_USER_CONNECTIONS */
	{ 1927, DB_LOST },  /* MariaDB: CONNECTION_KILLED */
	{ 4031, DB_LOST },  /* MySQL: CLIENT_INTERACTION_TIMEOUT */
	{ 2002, DB_LOST },  /* CONNECTION_ERROR: no socket there */
	{ 2003, DB_LOST },  /* CONN_HOST_ERROR */
	{ 2005, DB_LOST },  /* UNKNOWN_HOST: name servers move, too */
	{ 2006, DB_LOST },  /* SERVER_GONE_ERROR */
	{ 2012, DB_LOST },  /* SERVER_HANDSHAKE_ERR */
	{ 2013, DB_LOST },  /* SERVER_LOST */
	{ 2026, DB_LOST },  /* SSL_CONNECTION_ERROR: also a broken one's */
	{ 2027, DB_LOST },  /* MALFORMED_PACKET: the stream is torn */
	{ 2055, DB_LOST },  /* SERVER_LOST_EXTENDED */
	{ 1062, DB_REFUSED }, /* DUP_ENTRY */
	{ 1216, DB_REFUSED }, /* NO_REFERENCED_ROW */
	{ 1217, DB_REFUSED }, /* ROW_IS_REFERENCED */
	{ 1451, DB_REFUSED }, /* ROW_IS_REFERENCED_2 */
	{ 1452, DB_REFUSED }, /* NO_REFERENCED_ROW_2 */
	{ 1557, DB_REFUSED }, /* FOREIGN_DUPLICATE_KEY */
	{ 1586, DB_REFUSED }, /* DUP_ENTRY_WITH_KEY_NAME */
};

enum db_trouble
db_trouble(const struct db *db)
{
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].code == db->code)
			return table[i].trouble;
	return db->code == 0 ? DB_FINE : DB_WRONG;
}

const char *
db_why(const struct db *db)
{

	return db->why.len == 0 ? "out of memory" : db->why.data;
}

void
db_hush(struct db *db, int hush)
{

	db->hush = hush;
}

static void
forget(struct db *db)
{

	db->code = 0;
	buf_clear(&db->why);
}

void
db_calm(struct db *db)
{

	(void)!db_ahead_wait(db);
	forget(db);
}

/* The server's message, without the value that it quotes in some: "Duplicate
 * entry 'VALUE' for key 'PRIMARY'". */
static int
describe(struct db *db, unsigned int code, const char *text)
{
	static const unsigned int quoting[] = { 1062, 1292, 1366, 1367, 1411,
		1557, 1586, 3140, 3141, 3156 };
	const char *quote = strchr(text, '\''), *tail = NULL, *at;
	size_t i;

	for (i = 0; i < sizeof(quoting) / sizeof(quoting[0]); i++) {
		if (quoting[i] != code || quote == NULL)
			continue;
		for (at = quote; (at = strstr(at, " for ")) != NULL; at++)
			tail = at;
		return buf_addf(&db->why, "error %u: %.*s***%s", code,
		    (int)(quote - text), text, tail == NULL ? "" : tail);
	}
	return buf_addf(&db->why, "error %u: %s", code, text);
}

void
db_failed(struct db *db, unsigned int code, const char *text)
{
	enum db_trouble trouble;

	forget(db);
	db->code = code;
	/* Without memory, db_why says that. */
	if (describe(db, code, text))
		buf_clear(&db->why);
	trouble = db_trouble(db);
	if (db->hush == 0 ||
	    (db->hush == 1 && (trouble == DB_WRONG || trouble == DB_FINE)))
		warn_msg("%s: %s", db->label, db_why(db));
}

/* The ${n}th pause, in milliseconds. */
static unsigned int
length(const struct db_patience *p, unsigned int n)
{
	unsigned int ms = p->first;

	for (; n > 0 && ms < p->most; n--)
		ms *= 2;
	return ms < p->most ? ms : p->most;
}

int
db_pause(
    const struct db_patience *p, unsigned int n, db_stop *stop, void *cookie)
{
	unsigned int ms = length(p == NULL ? &patience : p, n);
	struct timespec t = { ms / 1000, (long)(ms % 1000) * 1000000 };

	/* A signal ends the pause: who wants to stop is heard at once. */
	(void)nanosleep(&t, NULL);
	return stop != NULL && stop(cookie) != 0 ? -1 : 0;
}

/* Milliseconds, by a clock that nobody sets. */
static uint64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* A Galera node that is not ready answers, but starts no transaction: it is not
 * back yet. */
static int
try_once(struct db *db)
{
	MYSQL *mysql;

	if ((mysql = mysql_init(NULL)) == NULL) {
		db_failed(db, CR_OUT_OF_MEMORY, "out of memory");
		return -1;
	}
	db_forget(db);
	mysql_close(db->mysql);
	db->mysql = mysql;
	if (db_session_start(db) || db_run(db, "START TRANSACTION"))
		return -1;
	return db_run(db, "ROLLBACK");
}

int
db_reconnect(
    struct db *db, const struct db_patience *p, db_stop *stop, void *cookie)
{
	int hush = db->hush, rc;
	uint64_t start = now();
	unsigned int n;

	if (p == NULL)
		p = &patience;
	db_hush(db, 1);
	for (n = 0; (rc = try_once(db)) == -1; n++) {
		if (db_trouble(db) != DB_LOST && db_trouble(db) != DB_AGAIN)
			break; /* said */
		if (now() - start + length(p, n) > p->total) {
			warn_msg("%s: the server did not come back within %u "
				 "s: %s",
			    db->label, p->total / 1000, db_why(db));
			break;
		}
		if (n == 0)
			warn_info("%s: waiting up to %u s for the server: %s",
			    db->label, p->total / 1000, db_why(db));
		if (db_pause(p, n, stop, cookie))
			break;
	}
	db_hush(db, hush);
	return rc;
}
