#include "archive/database/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/db_login.h"
#include "archive/database/db_session.h"
#include "archive/warn.h"

/* The sessions while they are opened. */
struct opening {
	struct db_set *set;
	struct db_defaults defaults;
	const char *file;
};

static struct db_server *
add_server(struct opening *o, struct db_login *l, const char *what)
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
	if ((s->db = db_session_open(l, o->file, what)) == NULL)
		return NULL;
	o->set->nservers = n + 1;
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
		if (db_login_same(&o->set->servers[i].db->login, l))
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
	struct opening o = { NULL, { 0 }, defaults_file };
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
		db_session_close(s->db);
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
