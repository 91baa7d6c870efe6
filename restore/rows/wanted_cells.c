#include "restore/rows/wanted_cells.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/row_name.h"
#include "archive/fnv.h"
#include "archive/look/tally.h"
#include "archive/warn.h"
#include "restore/rows/cell_hold.h"
#include "restore/rows/cell_width.h"
#include "restore/rows/row_walk.h"

/* Cells are kept as hashes of their names: eight bytes for each. */
struct wanted_cells {
	struct restore *r;
	const struct target *t; /* of the table that is walked */
	struct cell_hold hold;
	struct buf name;
	struct tally *cells;
	struct tally *rows; /* of a bundle of some hosts: all that it has */
};

static size_t
hash_cell(const char *row, const char *column)
{

	/* With the NUL between them. */
	return (size_t)fnv(
	    fnv(FNV_START, row, strlen(row) + 1), column, strlen(column));
}

static int
next_table(void *cookie, const struct target *t)
{
	struct wanted_cells *w = cookie;

	w->t = t;
	w->hold.table = t->source->name;
	return 0;
}

static int
same(const struct db_value *v, const char *bytes, size_t len)
{

	return v->len == len && (len == 0 || memcmp(v->data, bytes, len) == 0);
}

/* 1 when the map changes captured and this is what it makes of it. */
static int
is_wanted(struct wanted_cells *w, const struct cell_rule *rule,
    const struct db_value *captured, const struct db_value *current)
{
	struct db_value was = cell_width_cut(rule->column, captured);
	struct db_value now = cell_width_cut(rule->column, current);
	struct decide_input in = { .format = rule->format,
		.captured = was.data,
		.current = now.data,
		.captured_len = was.len,
		.current_len = now.len,
		.policy = ON_DRIFT_STOP };
	struct rewrite_options opt;
	struct decide_output out;
	enum decision d;
	int rc;

	if (same(captured, current->data, current->len))
		return 0;
	cell_hold_start(&w->hold, rule, &opt);
	in.rewrite = &opt;
	d = decide(&in, &out, NULL, NULL);
	if (d == DECIDE_FAILED)
		rc = -1;
	else
		rc = d == DECIDE_SAME &&
		     !same(&was, out.wanted.data, out.wanted.len);
	decide_free(&out);
	return rc;
}

static int
next_row(void *cookie, const struct db_value *captured,
    const struct db_value *current)
{
	struct wanted_cells *w = cookie;
	const struct cell_rules *rules = &w->t->rules;
	const struct item_table *here = w->t->here->table;
	struct db_value key[32];
	size_t i;
	int rc;

	if (current == NULL)
		return 0;
	/* By the key that it has here, as the scan finds it. */
	for (i = 0; i < rules->nkey; i++)
		key[i] = current[rules->key[i]];
	buf_clear(&w->name);
	if (row_name(here->schema, here->table, key, rules->nkey, &w->name))
		return -1;
	if (w->r->manifest->nhosts > 0 &&
	    tally_add(w->rows, hash_cell(w->name.data, ""), "", 0) == 0)
		return -1;
	cell_hold_row(&w->hold, rules, w->r->external, w->name.data, captured);
	for (i = 0; i < rules->n; i++) {
		if (!rules->rule[i].text || captured[i].data == NULL ||
		    current[i].data == NULL)
			continue;
		rc = is_wanted(w, &rules->rule[i], &captured[i], &current[i]);
		if (rc < 0)
			return -1;
		if (rc == 1 &&
		    tally_add(w->cells,
			hash_cell(w->name.data, rules->rule[i].column->name),
			"", 0) == 0)
			return -1;
	}
	return 0;
}

struct wanted_cells *
wanted_cells_find(struct restore *r)
{
	struct row_walk walk = { .table = next_table, .row = next_row };
	struct wanted_cells *w;

	if ((w = calloc(1, sizeof(*w))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	w->r = w->hold.r = r;
	walk.cookie = w;
	if ((w->cells = tally_new()) == NULL ||
	    (w->rows = tally_new()) == NULL ||
	    row_walk(r, &walk) != OUTCOME_DONE) {
		wanted_cells_free(w);
		return NULL;
	}
	return w;
}

void
wanted_cells_free(struct wanted_cells *w)
{

	if (w == NULL)
		return;
	tally_free(w->cells);
	tally_free(w->rows);
	cell_hold_free(&w->hold);
	buf_free(&w->name);
	free(w);
}

int
wanted_cells_has(
    const struct wanted_cells *w, const char *row, const char *column)
{

	return tally_count(w->cells, hash_cell(row, column), "", 0) > 0;
}

int
wanted_cells_captured(const struct wanted_cells *w, const char *row)
{

	return w->r->manifest->nhosts == 0 ||
	       tally_count(w->rows, hash_cell(row, ""), "", 0) > 0;
}
