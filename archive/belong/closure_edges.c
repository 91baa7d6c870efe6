#include <stdlib.h>
#include <string.h>

#include "archive/belong/closure_private.h"
#include "archive/database/db_reference.h"
#include "archive/warn.h"

/* The values of a column, from now on watched; NULL said. */
static struct idset *
watch(struct closure_table *t, size_t column, int live)
{
	struct closure_watch *more, *w;
	size_t i;

	for (i = 0; i < t->nwatches; i++)
		if (t->watches[i].column == column &&
		    t->watches[i].live == live)
			return t->watches[i].values;
	more = realloc(t->watches, (t->nwatches + 1) * sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	t->watches = more;
	w = &more[t->nwatches];
	*w = (struct closure_watch){ column, live, idset_new() };
	if (w->values != NULL)
		t->nwatches++;
	return w->values;
}

static int
add_edge(struct closure *c, const struct closure_edge *edge)
{
	struct closure_edge *more;

	if (edge->from == NULL)
		return -1;
	more = realloc(c->edges, (c->nedges + 1) * sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	c->edges = more;
	c->edges[c->nedges++] = *edge;
	return 0;
}

/* 1 when a column that a line names, if it does, is there. */
static int
has(const struct closure_table *t, const char *column)
{

	return column == NULL ||
	       closure_column(t, column) < t->item->table->ncolumns;
}

/* The line links two tables: which values of which bring rows of which. */
static int
link_tables(struct closure *c, const struct belong *line,
    struct closure_table *t, struct closure_table *other)
{
	struct closure_edge e = {
		.least = line->way == BELONG_OF ? IDSET_OWN : IDSET_NEEDED,
		.here = line->here,
		.alone = line->alone,
		.lower = line->way == BELONG_NEEDS
	};

	if (other == NULL || !has(other, line->of_column))
		return 0;
	if (line->way == BELONG_NEEDS) {
		e.to = other;
		e.column = closure_column(other, line->of_column);
		if (other->whole)
			return 0;
		e.from = watch(t, closure_column(t, line->column), line->live);
		return add_edge(c, &e);
	}
	e.to = t;
	e.column = closure_column(t, line->column);
	t->takes++;
	e.from = watch(other, closure_column(other, line->of_column), 0);
	return add_edge(c, &e);
}

/* The tables that a line of ${t} speaks of: in the same schema, or, of another
 * role, in all schemas of that. */
static int
link_all(struct closure *c, const struct belong *line, struct closure_table *t)
{
	struct db_server *server;
	const struct db_schema *d;
	size_t i, j;

	if (strcmp(line->of_role, line->role) == 0)
		return link_tables(c, line, t,
		    closure_table(
			c, t->server, t->item->table->schema, line->of_table));
	for (i = 0; i < c->set->nservers; i++) {
		server = &c->set->servers[i];
		for (j = 0; j < server->nschemas; j++) {
			d = &server->schemas[j];
			if (strcmp(d->role, line->of_role) == 0 &&
			    link_tables(c, line, t,
				closure_table(
				    c, server, d->schema, line->of_table)))
				return -1;
		}
	}
	return 0;
}

static int
follow_line(
    struct closure *c, const struct belong *line, struct closure_table *t)
{
	struct closure_edge e = { .from = c->hosts,
		.to = t,
		.at = line->way == BELONG_AT,
		.least = IDSET_OWN,
		.here = line->here,
		.alone = line->alone };

	if (line->column == NULL || !has(t, line->column) ||
	    !has(t, line->here) || !has(t, line->alone))
		return 0;
	if (line->way != BELONG_HOST && line->way != BELONG_AT)
		return link_all(c, line, t);
	e.column = closure_column(t, line->column);
	t->takes++;
	return add_edge(c, &e);
}

/* Has the table any row? */
static int
is_empty(struct closure_table *t, int *empty)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	int rc = -1;

	if (buf_adds(&sql, "SELECT 1 FROM ") ||
	    db_table_name(
		&sql, t->item->table->schema, t->item->table->table) ||
	    buf_adds(&sql, " LIMIT 1") ||
	    db_select(t->server->db, &sql, 0, &rows))
		goto out;
	rc = db_next(rows, &cells);
	*empty = rc == 0;
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc < 0 ? -1 : 0;
}

static int
follow_lines(struct closure *c, struct closure_table *t, struct manifest *m)
{
	const struct belong *line = NULL;
	int empty;

	while (
	    (line = belong_next(t->role, t->item->table->table, line)) != NULL)
		if (follow_line(c, line, t))
			return -1;
	if (t->link || t->whole || t->parent || t->takes > 0)
		return 0;
	t->whole = 1;
	if (is_empty(t, &empty))
		return -1;
	return empty ? 0
		     : manifest_warn(m, t->item->name,
			   "%s: nothing tells which rows are of a host: it is "
			   "captured whole",
			   t->item->name);
}

struct referring {
	struct closure *c;
	struct db_server *server;
	const char *schema;
};

/* A row that a foreign key refers to must be there before the one that has it.
 */
static int
follow_reference(void *cookie, const struct db_reference *r)
{
	struct referring *at = cookie;
	struct closure_edge e = { .least = IDSET_NEEDED, .lower = 1 };
	struct closure_table *t, *other;

	t = closure_table(at->c, at->server, at->schema, r->table);
	other = closure_table(at->c, at->server, at->schema, r->of_table);
	if (t == NULL || other == NULL || other->whole || !has(t, r->column) ||
	    !has(other, r->of_column))
		return 0;
	e.to = other;
	e.column = closure_column(other, r->of_column);
	e.from = watch(t, closure_column(t, r->column), 0);
	return add_edge(at->c, &e);
}

int
closure_edges(struct closure *c, struct manifest *m)
{
	struct referring at = { .c = c };
	size_t i, j;

	for (i = 0; i < c->ntables; i++)
		if (follow_lines(c, c->tables[i], m))
			return -1;
	for (i = 0; i < c->set->nservers; i++) {
		at.server = &c->set->servers[i];
		for (j = 0; j < at.server->nschemas; j++) {
			at.schema = at.server->schemas[j].schema;
			if (db_references(at.server->db, at.schema,
				follow_reference, &at))
				return -1;
		}
	}
	return 0;
}
