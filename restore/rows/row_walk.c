#include "restore/rows/row_walk.h"

#include "archive/database/db_query.h"
#include "archive/database/rows.h"
#include "restore/rows/batch.h"
#include "restore/rows/cell_hold.h"
#include "restore/rows/moves.h"
#include "restore/rows/unkeyed.h"

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

static int
add_row(struct batch *b, struct moves *m, const struct db_value *cells)
{
	const struct db_value *key;

	return moves_key(m, cells, &key) ? -1 : batch_add(b, cells, key);
}

/* The rows of a table that agrees with what is here. */
static int
give_rows(const struct row_walk *w, struct batch *b, struct moves *m,
    struct rows *rows)
{
	const struct db_value *cells;
	int rc;

	while ((rc = rows_next(rows, &cells)) == 1)
		if ((rc = add_row(b, m, cells)) ||
		    (batch_full(b) && (rc = give_batch(w, b, m))))
			break;
	if (rc == 0)
		rc = give_batch(w, b, m);
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
	struct moves *m = NULL;
	struct batch *b = NULL;
	int rc = -1;

	if (w->table(w->cookie, t) == 0 && (b = batch_new(t)) != NULL &&
	    (m = moves_new(r, t, w->say)) != NULL)
		rc = give_rows(w, b, m, rows);
	moves_free(m);
	batch_free(b);
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
