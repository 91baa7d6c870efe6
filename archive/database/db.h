#ifndef ARCHIVE_DB_H
#define ARCHIVE_DB_H

#include <stddef.h>
#include <stdint.h>

#include "archive/buf.h"
#include "archive/manifest/manifest.h"
#include "archive/node/site.h"

/**
 * db: sessions with MySQL and MariaDB servers.  One session per server: the
 * databases of a site that live on one server share it, and so one transaction
 * and one instant.
 *
 * A session runs with sql_mode '', time_zone '+00:00', names binary (bytes as
 * stored, no conversion), LOCAL INFILE off.
 */
struct db;

struct db_schema {
	char *role, *schema, *source;
};

struct db_server {
	struct db *db;
	char *label; /* "tcp:10.2.116.14:3306", "unix:/run/mysqld/..." */
	char *version;
	struct db_schema *schemas;
	size_t nschemas;
};

struct db_set {
	struct db_server *servers;
	size_t nservers;
};

/**
 * db_connect(site, defaults_file, out):
 * Connect to every database of ${site}; ${defaults_file} (or NULL) overrides
 * host, port, socket, user and password, as [client] says.  DONE with ${*out};
 * FAILED and said, with the role, the server and the way out (--no-database); a
 * URL that is neither mysql nor mariadb is such a failure.  The same schema
 * named for one role by two configuration files, or by two addresses of one
 * server, is one entry.
 */
enum outcome db_connect(const struct site *site, const char *defaults_file,
    struct db_set **out) MUST_CHECK;
void db_close(struct db_set *set);

/* Connect to the databases of ${site} from number ${from} on, too.  DONE, or
 * FAILED and said. */
enum outcome db_connect_more(const struct site *site, size_t from,
    const char *defaults_file, struct db_set *set) MUST_CHECK;

/* One cell as the server sends it; NULL data is SQL NULL. */
struct db_value {
	const char *data;
	size_t len;
};

/* The server that holds schema, or NULL. */
struct db_server *db_find(struct db_set *set, const char *schema);

/**
 * db_table(db, schema, table, item):
 * Read columns and key (db_key.h) of a base table into ${item} (ITEM_TABLE),
 * and set its name, path, schema and table (not its role): 1, 0 when there is
 * no such base table (a view is none), -1 said.
 */
int db_table(struct db *db, const char *schema, const char *table,
    struct item *item) MUST_CHECK;

#endif
