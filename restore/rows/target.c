#include "restore/rows/target.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/database/db_facts.h"
#include "archive/manifest/table_facts.h"
#include "archive/warn.h"
#include "restore/papers/agree.h"
#include "restore/plan/there.h"
#include "restore/preflight/finding.h"
#include "restore/rows/outside.h"

/* How well a database here fits: 3 role and name, 2 role, 1 name, 0 not. */
static int
fits(const struct db_schema *d, const struct plan_table *at)
{

	return 2 * (strcmp(d->role, at->role) == 0) +
	       (strcmp(d->schema, at->schema) == 0);
}

/* How many databases here have the role: nova's cells have one each, and then
 * the role alone does not tell which is meant. */
static size_t
count_role(const struct db_set *set, const char *role)
{
	size_t i, j, n = 0;

	for (i = 0; i < set->nservers; i++)
		for (j = 0; j < set->servers[i].nschemas; j++)
			n += strcmp(set->servers[i].schemas[j].role, role) == 0;
	return n;
}

/* 1 when the bundle has tables of that role of several databases. */
static int
several(const struct manifest *m, const struct item_table *want)
{
	const struct item_table *t;
	size_t i;

	for (i = 0; i < m->nitems; i++) {
		t = m->items[i]->table;
		if (m->items[i]->kind == ITEM_TABLE &&
		    strcmp(t->role, want->role) == 0 &&
		    strcmp(t->schema, want->schema) != 0)
			return 1;
	}
	return 0;
}

struct db_server *
target_server(struct db_set *set, const struct plan_table *at,
    const struct db_schema **schema)
{
	struct db_server *s, *found = NULL;
	int best = count_role(set, at->role) > 1 ? 2 : 0, fit;
	size_t i, j;

	for (i = 0; i < set->nservers; i++) {
		s = &set->servers[i];
		for (j = 0; j < s->nschemas; j++) {
			if ((fit = fits(&s->schemas[j], at)) <= best)
				continue;
			best = fit;
			found = s;
			*schema = &s->schemas[j];
		}
	}
	return found;
}

/* Find it: 1, 0 (told if ${say}), -1 said. */
static int
find(struct restore *r, int say, struct target *t)
{
	const struct item_table *want = t->source->table;
	const struct plan_table at = { want->role, want->schema, want->table };
	int rc;

	t->server = target_server(r->db, &at, &t->schema);
	if (t->server != NULL && strcmp(t->schema->schema, want->schema) != 0 &&
	    several(r->manifest, want))
		t->server = NULL;
	if (t->server == NULL && outside_held(r, t->source))
		return say && outside_differs(r, t->source) ? -1 : 0;
	if (t->server == NULL && r->against != NULL)
		return say && plan_say(r->plan, PLAN_NOTE, ITEM_TABLE,
				  t->source->name, NULL, "on-the-night",
				  "the description has no database of the role "
				  "%s: it is compared on the night",
				  want->role)
			   ? -1
			   : 0;
	if (t->server == NULL)
		return say && finding_add(r, ITEM_TABLE, t->source->name, NULL,
				  "schema",
				  "no database here has the role %s or the "
				  "name %s: the configuration in the bundle "
				  "names none; --no-database leaves the "
				  "database out",
				  want->role, want->schema)
			   ? -1
			   : 0;
	if ((t->here = item_new(ITEM_TABLE)) == NULL)
		return -1;
	rc = there(r)->table(
	    r, t->server, t->schema->schema, want->table, t->here);
	if (rc != 0 || !say)
		return rc;
	return outside_held(r, t->source) ? outside_differs(r, t->source)
					  : agree_missing(r, t);
}

/* Agree: 1, 0 (told if ${say}), -1 said. */
static int
compare(struct restore *r, int say, struct target *t)
{
	int held = outside_held(r, t->source), rc;

	rc = agree(r, say && !held, t);
	if (rc == 0 && say && held && outside_differs(r, t->source))
		return -1;
	return rc;
}

static int
is_innodb(const struct item_table *here)
{

	return here->facts != NULL &&
	       strcasecmp(here->facts->engine, "InnoDB") == 0;
}

int
target_open(
    struct restore *r, const struct item *item, int say, struct target *t)
{
	int rc;

	memset(t, 0, sizeof(*t));
	t->source = item;
	if ((rc = find(r, say, t)) == 1)
		rc = compare(r, say, t);
	if (rc == 1 && cell_rules(&t->rules, item->table->role, &t->columns))
		rc = -1;
	if (rc != 1) {
		target_close(t);
		return rc;
	}
	t->innodb = is_innodb(t->here->table);
	return 1;
}

/* All that is stored, under the server's own names. */
static int
take_columns(struct target *t)
{
	const struct item_table *here = t->here->table;
	struct item_table *to = &t->columns;
	size_t i;

	*to = *here;
	to->ncolumns = 0;
	to->columns = calloc(here->ncolumns + 1, sizeof(*to->columns));
	if (to->columns == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < here->ncolumns; i++)
		if (!here->columns[i].generated)
			to->columns[to->ncolumns++] = here->columns[i];
	return cell_rules(&t->rules, t->schema->role, to);
}

int
target_at(struct db_set *set, const struct plan_table *at, struct target *t,
    struct buf *why)
{
	int rc;

	memset(t, 0, sizeof(*t));
	if ((t->server = target_server(set, at, &t->schema)) == NULL)
		return buf_addf(why,
			   "no database here has the role %s or the "
			   "name %s",
			   at->role, at->schema)
			   ? -1
			   : 0;
	if ((t->here = item_new(ITEM_TABLE)) == NULL)
		return -1;
	rc = db_table(t->server->db, t->schema->schema, at->table, t->here);
	if (rc == 0 && buf_addf(why, "%s has no table %s.%s any more",
			   t->server->label, t->schema->schema, at->table))
		rc = -1;
	if (rc == 1 && (db_table_facts(t->server->db, t->schema->schema,
			    at->table, &t->here->table->facts) ||
			   take_columns(t)))
		rc = -1;
	if (rc != 1)
		target_close(t);
	else
		t->innodb = is_innodb(t->here->table);
	return rc;
}

void
target_close(struct target *t)
{

	cell_rules_free(&t->rules);
	free(t->columns.columns);
	item_free(t->here);
	memset(t, 0, sizeof(*t));
}

int
target_select(
    const struct target *t, const struct cell_rules *rules, struct buf *sql)
{
	size_t i;

	for (i = 0; i < rules->n; i++)
		if (buf_adds(sql, i == 0 ? "SELECT " : ", ") ||
		    db_name(sql, rules->rule[i].column->name))
			return -1;
	if (buf_adds(sql, " FROM "))
		return -1;
	return db_table_name(sql, t->schema->schema, t->here->table->table);
}

const char *
target_collation(const struct target *t, const char *column)
{
	const struct table_facts *f = t->here->table->facts;
	size_t i, k;

	for (i = 0; f != NULL && i < f->nunique; i++)
		for (k = 0; k < f->unique[i].ncolumns; k++)
			if (strcmp(f->unique[i].columns[k].name, column) == 0)
				return f->unique[i].columns[k].collation;
	return NULL;
}
