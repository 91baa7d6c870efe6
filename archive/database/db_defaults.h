#ifndef ARCHIVE_DB_DEFAULTS_H
#define ARCHIVE_DB_DEFAULTS_H

#include "archive/outcome.h"

/**
 * db_defaults: what a MySQL client options file says about the way to a
 * server.  The client library reads the same file for everything else (TLS);
 * these five must be known here, because they override the URLs and decide
 * which databases share a server.  Groups: [client], [client-server],
 * [client-mariadb], [novark].
 */
struct db_defaults {
	char *host, *socket, *user, *password; /* NULL: the file does not say */
	unsigned int port;                     /* 0: it does not say */
};

/**
 * db_defaults_read(file, d):
 * Read ${file} into ${d} (freed with db_defaults_free).  A file that others may
 * read is said (warn_info) and read.  0, or -1 said with the file's name.
 */
int db_defaults_read(const char *file, struct db_defaults *d) MUST_CHECK;
void db_defaults_free(struct db_defaults *d);

#endif
