#include "archive/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/db_login.h"
#include "archive/db_query.h"
#include "archive/db_session.h"
#include "archive/db_write.h"
#include "archive/warn.h"

#define CONNECT_SECONDS 10
#define WAIT_SECONDS    3600

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
	unsigned int connect = CONNECT_SECONDS, wait = WAIT_SECONDS, off = 0;
	unsigned int protocol =
	    l->tcp ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;

	return mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect) ||
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

static void
session_close(struct db *db)
{

	if (db == NULL)
		return;
	db_forget(db);
	if (db->mysql != NULL)
		mysql_close(db->mysql);
	free(db->label);
	free(db);
}

/* The library knows which socket it took when none was named; the login keeps
 * its own label, by which the next one is known as the same. */
static int
set_db_label(struct db *db, const struct db_login *l)
{
	struct buf b = BUF_EMPTY;

	if (l->tcp || l->socket != NULL || db->mysql->unix_socket == NULL)
		return manifest_set(&db->label, l->label);
	if (buf_addf(&b, "unix:%s", db->mysql->unix_socket) ||
	    (db->label = buf_steal(&b)) == NULL) {
		buf_free(&b);
		return -1;
	}
	return 0;
}

/* Open a session; NULL and said.  what: for whom, in the message. */
static struct db *
session_open(
    const struct db_login *l, const char *defaults_file, const char *what)
{
	struct db *db;
	size_t i;

	if ((db = calloc(1, sizeof(*db))) == NULL ||
	    (db->mysql = mysql_init(NULL)) == NULL ||
	    set_options(db->mysql, l, defaults_file)) {
		warn_msg("out of memory");
		goto err0;
	}
	if (mysql_real_connect(db->mysql, l->tcp ? l->host : NULL, l->user,
		l->password, NULL, l->port, l->socket, 0) == NULL) {
		warn_msg("%s: cannot connect to %s as user '%s': %s; "
			 "--no-database leaves the database out; "
			 "--defaults-file FILE gives another login",
		    what, l->label, l->user == NULL ? "" : l->user,
		    mysql_error(db->mysql));
		goto err0;
	}
	if (set_db_label(db, l))
		goto err0;
	for (i = 0; i < sizeof(session) / sizeof(session[0]); i++)
		if (db_run(db, session[i]))
			goto err0;
	return db;

err0:
	session_close(db);
	return NULL;
}

/* The sessions while they are opened: the login of each server beside it. */
struct opening {
	struct db_set *set;
	struct db_login *logins;
	struct db_defaults defaults;
	const char *file;
};

static struct db_server *
add_server(struct opening *o, struct db_login *l, const char *what)
{
	size_t n = o->set->nservers;
	struct db_server *servers, *s;
	struct db_login *logins;

	servers = realloc(o->set->servers, (n + 1) * sizeof(*servers));
	if (servers != NULL)
		o->set->servers = servers;
	logins = realloc(o->logins, (n + 1) * sizeof(*logins));
	if (logins != NULL)
		o->logins = logins;
	if (servers == NULL || logins == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	s = memset(&servers[n], 0, sizeof(*s));
	if ((s->db = session_open(l, o->file, what)) == NULL)
		return NULL;
	o->set->nservers = n + 1;
	logins[n] = *l;
	memset(l, 0, sizeof(*l));
	if (manifest_set(&s->label, s->db->label) ||
	    manifest_set(&s->version, mysql_get_server_info(s->db->mysql)))
		return NULL;
	return s;
}

/* The server with that login, connected now if it was not before; NULL said. */
static struct db_server *
find_server(struct opening *o, struct db_login *l, const char *what)
{
	size_t i;

	for (i = 0; i < o->set->nservers; i++) {
		if (db_login_same(&o->logins[i], l))
			return &o->set->servers[i];
	}
	return add_server(o, l, what);
}

static int
add_schema(
    struct db_server *s, const struct site_database *d, const char *schema)
{
	struct db_schema *more, *e;
	size_t i;

	for (i = 0; i < s->nschemas; i++)
		if (strcmp(s->schemas[i].schema, schema) == 0 &&
		    strcmp(s->schemas[i].role, d->role) == 0)
			return 0;
	more = realloc(s->schemas, (s->nschemas + 1) * sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	s->schemas = more;
	e = memset(&more[s->nschemas++], 0, sizeof(*e));
	if (manifest_set(&e->role, d->role) ||
	    manifest_set(&e->schema, schema) ||
	    manifest_set(&e->source, d->source))
		return -1;
	return 0;
}

static int
add_database(struct opening *o, const struct site_database *d)
{
	struct buf what = BUF_EMPTY;
	struct db_server *server;
	struct db_login login = { 0 };
	struct db_url url;
	const char *why;
	int rc = -1;

	if (buf_addf(&what, "%s database (%s)", d->role, d->source))
		return -1;
	if (db_url_parse(d->url, &url, &why)) {
		warn_msg("%s: the URL %s; --no-database leaves the database "
			 "out",
		    what.data, why);
		goto out;
	}
	if (db_login_set(&login, &url, &o->defaults) == 0 &&
	    (server = find_server(o, &login, what.data)) != NULL)
		rc = add_schema(server, d, url.schema);
	db_login_free(&login);
	db_url_free(&url);
out:
	buf_free(&what);
	return rc;
}

enum outcome
db_connect(
    const struct site *site, const char *defaults_file, struct db_set **out)
{
	struct opening o = { NULL, NULL, { 0 }, defaults_file };
	enum outcome rc = OUTCOME_FAILED;
	size_t i, bad = 0;

	if ((o.set = calloc(1, sizeof(*o.set))) == NULL) {
		warn_msg("out of memory");
		return OUTCOME_FAILED;
	}
	if (defaults_file != NULL &&
	    db_defaults_read(defaults_file, &o.defaults))
		goto out;
	/* All that cannot be reached are said, not the first only. */
	for (i = 0; i < site->ndatabases; i++)
		bad += add_database(&o, &site->databases[i]) != 0;
	if (bad > 0)
		goto out;
	*out = o.set;
	rc = OUTCOME_DONE;
out:
	for (i = 0; i < o.set->nservers; i++)
		db_login_free(&o.logins[i]);
	free(o.logins);
	db_defaults_free(&o.defaults);
	if (rc != OUTCOME_DONE)
		db_close(o.set);
	return rc;
}

void
db_close(struct db_set *set)
{
	struct db_server *s;
	size_t i, j;

	if (set == NULL)
		return;
	for (i = 0; i < set->nservers; i++) {
		s = &set->servers[i];
		for (j = 0; j < s->nschemas; j++) {
			free(s->schemas[j].role);
			free(s->schemas[j].schema);
			free(s->schemas[j].source);
		}
		free(s->schemas);
		free(s->label);
		free(s->version);
		session_close(s->db);
	}
	free(set->servers);
	free(set);
}

struct db_server *
db_find(struct db_set *set, const char *schema)
{
	size_t i, j;

	for (i = 0; i < set->nservers; i++)
		for (j = 0; j < set->servers[i].nschemas; j++)
			if (strcmp(set->servers[i].schemas[j].schema, schema) ==
			    0)
				return &set->servers[i];
	return NULL;
}
