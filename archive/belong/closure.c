#include "archive/belong/closure.h"

#include <stdlib.h>
#include <string.h>

#include "archive/belong/closure_private.h"
#include "archive/warn.h"

static void
table_free(struct closure_table *t)
{
	size_t i;

	for (i = 0; i < t->nwatches; i++)
		idset_free(t->watches[i].values);
	free(t->watches);
	idset_free(t->rows);
	item_free(t->item);
	free(t);
}

void
closure_free(struct closure *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < c->ntables; i++)
		table_free(c->tables[i]);
	free(c->tables);
	free(c->edges);
	idset_free(c->hosts);
	free(c);
}

size_t
closure_column(const struct closure_table *t, const char *name)
{
	size_t i;

	for (i = 0; i < t->item->table->ncolumns; i++)
		if (strcasecmp(t->item->table->columns[i].name, name) == 0)
			break;
	return i;
}

struct closure_table *
closure_table(const struct closure *c, const struct db_server *server,
    const char *schema, const char *table)
{
	struct closure_table *t;
	size_t i;

	for (i = 0; i < c->ntables; i++) {
		t = c->tables[i];
		if (t->server == server &&
		    strcmp(t->item->table->table, table) == 0 &&
		    strcmp(t->item->table->schema, schema) == 0)
			return t;
	}
	return NULL;
}

int
closure_host_of(struct buf *sql, const char *column)
{

	if (buf_adds(sql, "SUBSTRING_INDEX(SUBSTRING_INDEX(") ||
	    db_name(sql, column))
		return -1;
	return buf_adds(sql, ", '@', 1), '#', 1)");
}

int
closure_find(struct db_set *set, const char *const *hosts, struct manifest *m,
    struct closure **out)
{
	struct closure *c;

	if ((c = calloc(1, sizeof(*c))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	c->set = set;
	if ((c->hosts = idset_new()) == NULL)
		goto err0;
	for (; *hosts != NULL; hosts++)
		if (idset_add(c->hosts, *hosts, strlen(*hosts), IDSET_OWN) < 0)
			goto err0;
	if (closure_tables(c, m) || closure_hosts(c) || closure_edges(c, m) ||
	    closure_run(c))
		goto err0;
	*out = c;
	return 0;

err0:
	closure_free(c);
	return -1;
}
