#ifndef ARCHIVE_DB_URL_H
#define ARCHIVE_DB_URL_H

#include "archive/outcome.h"

/**
 * db_url: where a database is, as OpenStack's configuration says it:
 *
 *   mysql+pymysql://user:p%40ss@host:3306/schema?unix_socket=/path&charset=utf8
 *
 * User and password are percent-decoded; a password may also hold @ and : as
 * they are (the last @ in front of the host counts).  An IPv6 host stands in
 * brackets.  Parts that the URL does not name are NULL (port: 0).
 */
struct db_url {
	char *user, *password, *host, *schema, *socket;
	unsigned int port;
	int tcp; /* the driver (pymysql) takes "localhost" as a TCP host too */
};

/**
 * db_url_parse(s, url, why):
 * Read ${s} into ${url}, which the caller frees with db_url_free.  Return 0; or
 * -1 with ${*why} (static, fit for a message; never a part of ${s}) and ${url}
 * empty.  Untrusted input: yes.
 */
int
db_url_parse(const char *s, struct db_url *url, const char **why) MUST_CHECK;

/* Wipe the password, free the parts, leave ${url} empty. */
void db_url_free(struct db_url *url);

#endif
