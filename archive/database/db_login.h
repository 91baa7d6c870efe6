#ifndef ARCHIVE_DB_LOGIN_H
#define ARCHIVE_DB_LOGIN_H

#include "archive/database/db_defaults.h"
#include "archive/database/db_url.h"

/**
 * db_login: a way into a server, from a URL and an options file.  Databases
 * with the same login share a session.
 */
struct db_login {
	char *host, *socket, *user, *password; /* NULL: not named */
	unsigned int port;
	int tcp; /* by TCP to host; else by socket (NULL: the default one) */
	char
	    *label; /* "tcp:10.2.116.14:3306", "unix:/run/mysqld/mysqld.sock" */
};

/**
 * db_login_set(l, u, d):
 * What URL and options file together say.  A host in the options file beats the
 * URL's socket; "localhost" means the socket, as it does for every client of
 * the C library, unless the URL's driver takes it for TCP.  0 or -1.
 */
int db_login_set(struct db_login *l, const struct db_url *u,
    const struct db_defaults *d) MUST_CHECK;

/* 1 when both are the same way in. */
int db_login_same(const struct db_login *a, const struct db_login *b);

/* Wipe the password, free the parts, leave ${l} empty. */
void db_login_free(struct db_login *l);

#endif
