#include <stdlib.h>
#include <string.h>

#include "archive/address/catalog.h"
#include "archive/belong/closure_private.h"
#include "archive/warn.h"

/* Read what there is of a table: 1, 0 when it is not there, -1 said. */
static int
describe(struct closure_table *t, const char *schema, const char *table)
{
	const char *deleted;
	int rc;

	if ((t->item = item_new(ITEM_TABLE)) == NULL)
		return -1;
	if ((rc = db_table(t->server->db, schema, table, t->item)) != 1)
		return rc;
	t->nkey = db_key(t->item->table, t->key);
	deleted = catalog_deleted(t->role, table);
	t->deleted = closure_column(t, deleted != NULL ? deleted : "");
	return (t->rows = idset_new()) == NULL ? -1 : 1;
}

static int
add_table(struct closure *c, struct db_server *server,
    const struct db_schema *d, const char *table, int link)
{
	struct closure_table **more, *t;
	int rc;

	/* Two roles may live in one schema. */
	if (closure_table(c, server, d->schema, table) != NULL)
		return 0;
	more = realloc(c->tables, (c->ntables + 1) * sizeof(*more));
	if (more == NULL || (t = calloc(1, sizeof(*t))) == NULL) {
		if (more != NULL)
			c->tables = more;
		warn_msg("out of memory");
		return -1;
	}
	c->tables = more;
	t->server = server;
	t->role = d->role;
	t->link = link;
	if ((rc = describe(t, d->schema, table)) == 1) {
		c->tables[c->ntables++] = t;
		return 0;
	}
	item_free(t->item);
	idset_free(t->rows);
	free(t);
	return rc;
}

static int
in_catalog(const char *role, const char *table)
{
	const char *const *t;

	for (t = catalog_tables(role); *t != NULL; t++)
		if (strcmp(*t, table) == 0)
			return 1;
	return 0;
}

static int
add_schema(
    struct closure *c, struct db_server *server, const struct db_schema *d)
{
	const struct belong *lines;
	const char *const *table;
	size_t i, n;

	for (table = catalog_tables(d->role); *table != NULL; table++)
		if (add_table(c, server, d, *table, 0))
			return -1;
	lines = belong_lines(&n);
	for (i = 0; i < n; i++)
		if (strcmp(lines[i].role, d->role) == 0 &&
		    strcmp(lines[i].table, "*") != 0 &&
		    !in_catalog(d->role, lines[i].table) &&
		    add_table(c, server, d, lines[i].table, 1))
			return -1;
	return 0;
}

/* What the lines say of a table as such. */
static int
mark(struct closure_table *t, struct manifest *m)
{
	const char *table = t->item->table->table;
	const struct belong *line = NULL;

	while ((line = belong_next(t->role, table, line)) != NULL) {
		t->whole |= line->way == BELONG_WHOLE;
		t->parent |= line->way == BELONG_PARENT;
	}
	if (t->link || t->whole || t->nkey > 0)
		return 0;
	t->whole = 1;
	return manifest_warn(m, t->item->name,
	    "%s: no primary key: it is captured whole, with the rows of other "
	    "hosts",
	    t->item->name);
}

int
closure_tables(struct closure *c, struct manifest *m)
{
	struct db_server *server;
	size_t i, j;

	for (i = 0; i < c->set->nservers; i++) {
		server = &c->set->servers[i];
		for (j = 0; j < server->nschemas; j++)
			if (add_schema(c, server, &server->schemas[j]))
				return -1;
	}
	for (i = 0; i < c->ntables; i++)
		if (mark(c->tables[i], m))
			return -1;
	return 0;
}
