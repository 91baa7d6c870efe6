#include "archive/database/db_session.h"

#include <sys/socket.h>

#include <errmsg.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/db_query.h"
#include "archive/database/db_trouble.h"
#include "archive/database/db_write.h"
#include "archive/limits.h"
#include "archive/warn.h"

#define CONNECT_SECONDS 10
#define WAIT_SECONDS    3600

/* A peer that answers nothing for about a minute is gone: a server whose power
 * was cut closes no connection, and statements may take WAIT_SECONDS. */
#define ALIVE_IDLE_SECONDS  20
#define ALIVE_EVERY_SECONDS 10
#define ALIVE_TRIES         4
#define ALIVE_UNACKED_MS    60000

/* Passed by novark to the server at the start of every session. */
static const char *const session[] = {
	"SET NAMES binary",
	"SET SESSION sql_mode = ''",
	"SET SESSION time_zone = '+00:00'",
	/* A table is read while the bundle is compressed: the server waits. */
	"SET SESSION net_write_timeout = 3600",
	"SET SESSION net_read_timeout = 3600",
	"SET SESSION wait_timeout = 28800",
};

static int
set_options(MYSQL *mysql, const struct db_login *l, const char *defaults_file)
{
	/* More than a row of a bundle and what a statement makes of it; a row
	 * of gigabytes ends here, not in memory. */
	unsigned long packet = 4ul * LIMIT_ITEM;
	unsigned int connect = CONNECT_SECONDS, wait = WAIT_SECONDS, off = 0;
	unsigned int protocol =
	    l->tcp ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;

	return mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect) ||
	       mysql_options(mysql, MYSQL_OPT_MAX_ALLOWED_PACKET, &packet) ||
	       mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &wait) ||
	       mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &wait) ||
	       mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &off) ||
	       mysql_options(mysql, MYSQL_OPT_PROTOCOL, &protocol) ||
	       (defaults_file != NULL &&
		   (mysql_options(
			mysql, MYSQL_READ_DEFAULT_FILE, defaults_file) ||
		       mysql_options(
			   mysql, MYSQL_READ_DEFAULT_GROUP, "novark")));
}

/* What the kernel does not take is no reason to fail. */
static void
stay_alive(MYSQL *mysql)
{
	static const struct {
		int name, value;
	} options[] = { { TCP_KEEPIDLE, ALIVE_IDLE_SECONDS },
		{ TCP_KEEPINTVL, ALIVE_EVERY_SECONDS },
		{ TCP_KEEPCNT, ALIVE_TRIES },
		{ TCP_USER_TIMEOUT, ALIVE_UNACKED_MS } };
	int fd = (int)mysql_get_socket(mysql), on = 1;
	size_t i;

	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		setsockopt(fd, IPPROTO_TCP, options[i].name, &options[i].value,
		    sizeof(options[i].value));
}

int
db_session_start(struct db *db)
{
	const struct db_login *l = &db->login;
	size_t i;

	db_calm(db);
	if (set_options(db->mysql, l, db->defaults_file)) {
		db_failed(db, CR_OUT_OF_MEMORY, "out of memory");
		return -1;
	}
	if (mysql_real_connect(db->mysql, l->tcp ? l->host : NULL, l->user,
		l->password, NULL, l->port, l->socket, 0) == NULL) {
		db_failed(db, mysql_errno(db->mysql), mysql_error(db->mysql));
		return -1;
	}
	if (l->tcp)
		stay_alive(db->mysql);
	for (i = 0; i < sizeof(session) / sizeof(session[0]); i++)
		if (db_run(db, session[i]))
			return -1;
	return 0;
}

/* The library knows which socket it took when none was named; the login keeps
 * its own label, by which the next one is known as the same. */
static int
set_label(struct db *db)
{
	const struct db_login *l = &db->login;
	struct buf b = BUF_EMPTY;

	if (l->tcp || l->socket != NULL || db->mysql->unix_socket == NULL)
		return manifest_set(&db->label, l->label);
	if (buf_addf(&b, "unix:%s", db->mysql->unix_socket) ||
	    manifest_set(&db->label, b.data)) {
		buf_free(&b);
		return -1;
	}
	buf_free(&b);
	return 0;
}

void
db_session_close(struct db *db)
{

	if (db == NULL)
		return;
	db_calm(db);
	db_forget(db);
	if (db->mysql != NULL)
		mysql_close(db->mysql);
	db_login_free(&db->login);
	buf_free(&db->why);
	free(db->defaults_file);
	free(db->label);
	free(db);
}

struct db *
db_session_open(struct db_login *login, const char *defaults_file,
    const char *what, const char *leave)
{
	const char *why;
	struct db *db;

	if ((db = calloc(1, sizeof(*db))) == NULL) {
		warn_msg("out of memory");
		goto err0;
	}
	if ((db->mysql = mysql_init(NULL)) == NULL) {
		/* Of no session the library says nothing: there was no memory.
		 * That it is not there is said in its place. */
		why = mysql_error(NULL);
		warn_msg("%s: the database's client does not start: %s", what,
		    why[0] == '\0' ? "out of memory" : why);
		goto err0;
	}
	db->login = *login;
	memset(login, 0, sizeof(*login));
	if (manifest_set(&db->defaults_file, defaults_file) ||
	    manifest_set(&db->label, db->login.label))
		goto err0;
	db->hush = 2;
	if (db_session_start(db)) {
		warn_msg("%s: cannot connect to %s as user '%s': %s; "
			 "%s%s%s; --defaults-file FILE gives another login",
		    what, db->label,
		    db->login.user == NULL ? "" : db->login.user, db_why(db),
		    leave == NULL ? "--no-database leaves the database out"
				  : "--not '",
		    leave == NULL ? "" : leave,
		    leave == NULL ? "" : "' leaves it out");
		goto err0;
	}
	db_hush(db, 0);
	if (set_label(db))
		goto err0;
	return db;

err0:
	db_session_close(db);
	return NULL;
}
