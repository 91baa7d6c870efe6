#include "archive/database/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/db_login.h"
#include "archive/database/db_same.h"
#include "archive/database/db_session.h"
#include "archive/warn.h"

/* The sessions while they are opened. */
struct opening {
	struct db_set *set;
	struct db_defaults defaults;
	const char *file;
};

static void
server_close(struct db_server *s)
{
	size_t i;

	for (i = 0; i < s->nschemas; i++) {
		free(s->schemas[i].role);
		free(s->schemas[i].schema);
		free(s->schemas[i].source);
	}
	free(s->schemas);
	free(s->label);
	free(s->version);
	db_session_close(s->db);
}

static struct db_server *
add_server(
    struct opening *o, struct db_login *l, const char *what, const char *leave)
{
	size_t n = o->set->nservers;
	struct db_server *servers, *s;

	servers = realloc(o->set->servers, (n + 1) * sizeof(*servers));
	if (servers == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	o->set->servers = servers;
	s = memset(&servers[n], 0, sizeof(*s));
	if ((s->db = db_session_open(l, o->file, what, leave)) == NULL)
		return NULL;
	o->set->nservers = n + 1;
	if (manifest_set(&s->label, s->db->label) ||
	    manifest_set(&s->version, mysql_get_server_info(s->db->mysql)))
		return NULL;
	return s;
}

/* The server with that login, connected now if it was not before; NULL said. */
static struct db_server *
find_server(
    struct opening *o, struct db_login *l, const char *what, const char *leave)
{
	size_t i;

	for (i = 0; i < o->set->nservers; i++) {
		if (db_login_same(&o->set->servers[i].db->login, l))
			return &o->set->servers[i];
	}
	return add_server(o, l, what, leave);
}

/* The same schema of the same server for the same role, under whatever address
 * or login: 1, 0, -1 said. */
static int
has_schema(struct db_set *set, struct db_server *server, const char *role,
    const char *schema)
{
	struct db_server *s;
	size_t i, j;
	int rc;

	for (i = 0; i < set->nservers; i++) {
		s = &set->servers[i];
		for (j = 0; j < s->nschemas; j++) {
			if (strcmp(s->schemas[j].schema, schema) != 0 ||
			    strcmp(s->schemas[j].role, role) != 0)
				continue;
			rc = s == server ? 1 : db_same(s->db, server->db);
			if (rc != 0)
				return rc;
		}
	}
	return 0;
}

static int
add_schema(
    struct db_server *s, const struct site_database *d, const char *schema)
{
	struct db_schema *more, *e;

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
		warn_msg("%s: the URL %s; %s%s%s", what.data, why,
		    d->leave == NULL ? "--no-database leaves the database out"
				     : "--not '",
		    d->leave == NULL ? "" : d->leave,
		    d->leave == NULL ? "" : "' leaves it out");
		goto out;
	}
	if (db_login_set(&login, &url, &o->defaults) ||
	    (server = find_server(o, &login, what.data, d->leave)) == NULL)
		goto out1;
	rc = has_schema(o->set, server, d->role, url.schema);
	if (rc == 0)
		rc = add_schema(server, d, url.schema);
	else if (rc == 1)
		rc = 0;
	/* One that was opened to learn that it is known already. */
	if (rc == 0 && server->nschemas == 0)
		server_close(&o->set->servers[--o->set->nservers]);
out1:
	db_login_free(&login);
	db_url_free(&url);
out:
	buf_free(&what);
	return rc;
}

enum outcome
db_connect_more(const struct site *site, size_t from, const char *defaults_file,
    struct db_set *set)
{
	struct opening o = { set, { 0 }, defaults_file };
	size_t i, bad = 0;

	if (defaults_file != NULL &&
	    db_defaults_read(defaults_file, &o.defaults)) {
		bad = 1;
		goto out;
	}
	/* All that cannot be reached are said, not the first only. */
	for (i = from; i < site->ndatabases; i++)
		bad += add_database(&o, &site->databases[i]) != 0;
out:
	db_defaults_free(&o.defaults);
	return bad > 0 ? OUTCOME_FAILED : OUTCOME_DONE;
}

enum outcome
db_connect(
    const struct site *site, const char *defaults_file, struct db_set **out)
{
	struct db_set *set;

	if ((set = calloc(1, sizeof(*set))) == NULL) {
		warn_msg("out of memory");
		return OUTCOME_FAILED;
	}
	if (db_connect_more(site, 0, defaults_file, set) != OUTCOME_DONE) {
		db_close(set);
		return OUTCOME_FAILED;
	}
	*out = set;
	return OUTCOME_DONE;
}

void
db_close(struct db_set *set)
{
	size_t i;

	if (set == NULL)
		return;
	for (i = 0; i < set->nservers; i++)
		server_close(&set->servers[i]);
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
