#include "restore/rows/row_walk.h"

#include "archive/database/db_query.h"
#include "archive/database/rows.h"
#include "restore/rows/batch.h"
#include "restore/rows/cell_hold.h"
#include "restore/rows/moves.h"
#include "restore/rows/row_merge.h"
#include "restore/rows/unkeyed.h"

/* After so many rows that came as expected, those that wait are asked for. */
#define CALM 16u

static int
give_batch(const struct row_walk *w, struct batch *b, struct moves *m)
{
	const struct db_value *current;
	size_t i;
	int rc;

	if (batch_fetch(b))
		return -1;
	for (i = 0; i < batch_rows(b); i++) {
		if ((rc = moves_find(m, b, i, &current)) == -1 ||
		    (rc == 1 &&
			w->row(w->cookie, batch_captured(b, i), current)))
			return -1;
	}
	batch_clear(b);
	return 0;
}

/* One table's rows on their way to the caller. */
struct giving {
	const struct row_walk *w;
	struct batch *b;
	struct moves *m;
	struct row_merge *merge; /* NULL: all are asked for by their keys */
	unsigned calm; /* rows that came as expected, since one did not */
};

/* A row that came where it was expected. */
static int
give_merged(struct giving *g, const struct db_value *captured,
    const struct db_value *current)
{
	const struct row_walk *w = g->w;

	if (w->row(w->cookie, captured, current))
		return -1;
	return row_merge_look(
	    g->merge, w->settled != NULL && w->settled(w->cookie));
}

/* It is given at once, unless others wait for a query: they are given in their
 * order. */
static int
give_row(struct giving *g, const struct db_value *cells)
{
	const struct db_value *key, *current;
	int rc = 0;

	if (moves_key(g->m, cells, &key))
		return -1;
	if (g->merge != NULL && key == NULL &&
	    (rc = row_merge_find(g->merge, cells, &current)) == -1)
		return -1;
	if (rc == 1 && batch_rows(g->b) == 0)
		return give_merged(g, cells, current);
	if (rc == 1 && row_merge_look(g->merge, 0))
		return -1;
	g->calm = rc == 1 ? g->calm + 1 : 0;
	if (batch_add(g->b, cells, key))
		return -1;
	return batch_full(g->b) || g->calm == CALM
		   ? give_batch(g->w, g->b, g->m)
		   : 0;
}

/* The rows of a table that agrees with what is here. */
static int
give_rows(struct giving *g, struct rows *rows)
{
	const struct row_walk *w = g->w;
	const struct db_value *cells;
	struct moves *m = g->m;
	int rc;

	while ((rc = rows_next(rows, &cells)) == 1)
		if ((rc = give_row(g, cells)) != 0)
			break;
	if (rc == 0)
		rc = give_batch(w, g->b, m);
	if (rc == 0 && g->merge != NULL)
		rc = row_merge_end(g->merge);
	if (rc == 0)
		rc = moves_end(m, w->row, w->cookie);
	if (rc == 0 && w->end != NULL)
		rc = w->end(w->cookie);
	return rc;
}

static int
walk_rows(struct restore *r, const struct row_walk *w, const struct target *t,
    struct rows *rows)
{
	struct giving g = { .w = w };
	int rc = -1;

	if (w->table(w->cookie, t) == 0 && (g.b = batch_new(t)) != NULL &&
	    (g.m = moves_new(r, t, w->say)) != NULL &&
	    (!w->merge || row_merge_new(r, t, &g.merge) != -1))
		rc = give_rows(&g, rows);
	row_merge_free(g.merge);
	moves_free(g.m);
	batch_free(g.b);
	return rc;
}

/* A key that is none by its name is said. */
static int
say_key(struct restore *r, const struct target *t)
{
	const struct cell_rules *rules = &t->rules;

	if (!t->here->table->no_primary || rules->nkey == 0)
		return 0;
	return plan_say(r->plan, PLAN_NOTE, ITEM_TABLE, t->source->name, NULL,
	    "no-primary",
	    "no primary key: a unique key (%s%s) tells its rows apart",
	    rules->rule[rules->key[0]].column->name,
	    rules->nkey > 1 ? " ..." : "");
}

/* Rows of a table that agrees with what is here; without a key they are only
 * counted. */
static int
walk_table(struct restore *r, const struct row_walk *w, const struct target *t,
    struct bundle_part *part)
{
	struct rows *rows;
	int rc = -1;

	if ((w->say && say_key(r, t)) ||
	    (rows = rows_open(part, t->source)) == NULL)
		return -1;
	if (t->rules.nkey > 0)
		rc = walk_rows(r, w, t, rows);
	else
		rc = w->say ? unkeyed_say(r, t, rows) : 0;
	rows_close(rows);
	return rc;
}

static int
give_table(struct restore *r, const struct row_walk *w,
    struct bundle_part *part, const struct item *item)
{
	struct target t;
	int rc;

	if (item->kind != ITEM_TABLE || item->table->rows == 0 ||
	    !table_wants(r, item->name))
		return 0;
	if ((rc = target_open(r, item, w->say, &t)) != 1)
		return rc;
	rc = walk_table(r, w, &t, part);
	target_close(&t);
	return rc;
}

enum outcome
row_walk(struct restore *r, const struct row_walk *w)
{
	struct bundle_part *part;
	const struct item *item;
	enum outcome rc;
	int more;

	if (r->external == NULL) {
		rc = external_read(r->bundle, &r->external);
		if (rc != OUTCOME_DONE)
			return rc;
	}
	rc = bundle_part_open(r->bundle, PART_DATABASE, &part);
	if (rc != OUTCOME_DONE)
		return rc;
	while ((more = bundle_part_next(part, &item)) == 1)
		if (give_table(r, w, part, item)) {
			more = -1;
			break;
		}
	if (more < 0) {
		rc = bundle_outcome(r->bundle);
		if (rc == OUTCOME_DONE)
			rc = OUTCOME_FAILED;
	}
	bundle_part_close(part);
	return rc;
}

int
row_walk_begin(struct restore *r)
{
	size_t i;

	for (i = 0; r->against == NULL && i < r->db->nservers; i++)
		if (db_begin_reading(r->db->servers[i].db))
			return -1;
	return 0;
}

int
row_walk_end(struct restore *r)
{
	size_t i;
	int rc = 0;

	for (i = 0; r->against == NULL && i < r->db->nservers; i++)
		if (db_run(r->db->servers[i].db, "ROLLBACK"))
			rc = -1;
	return rc;
}
