#include <string.h>

#include "archive/catalog.h"
#include "archive/db_schema.h"
#include "archive/mask.h"
#include "archive/row_name.h"
#include "restore/cell_hold.h"

/* One table that is looked through. */
struct scan {
	struct restore *r;
	const struct item_table *t;
	struct cell_rules rules;
	struct cell_hold hold;
	struct buf name, out;
};

static int
set_name(struct scan *s, const struct db_value *cells)
{
	struct db_value key[DB_KEY_MAX];
	size_t k;

	buf_clear(&s->name);
	for (k = 0; k < s->rules.nkey; k++)
		key[k] = cells[s->rules.key[k]];
	return row_name(
	    s->t->schema, s->t->table, key, s->rules.nkey, &s->name);
}

/* rewrite_fn: what the map would still replace is a leftover. */
static int
say_leftover(void *cookie, const struct rewrite_place *place)
{
	struct scan *s = cookie;
	struct buf label = BUF_EMPTY, value = BUF_EMPTY;
	int rc = -1;

	if (place->matches == 0)
		return 0;
	if (cell_label(s->hold.rule->column->name, place->label, &label) == 0 &&
	    mask_value(place->role, place->before, place->before_len, &value) ==
		0)
		rc = plan_say(s->r->plan, PLAN_LEFTOVER, ITEM_TABLE,
		    s->name.data, label.data, "leftover", "%s",
		    value.data == NULL ? "" : value.data);
	buf_free(&label);
	buf_free(&value);
	return rc;
}

static int
scan_row(struct scan *s, const struct db_value *cells)
{
	const struct cell_rule *rule;
	struct rewrite_options opt;
	size_t i;

	if (set_name(s, cells))
		return -1;
	s->hold.item = s->name.data;
	s->hold.history = cell_history(&s->rules, cells);
	for (i = 0; i < s->rules.n; i++) {
		rule = &s->rules.rule[i];
		if (!rule->text || cells[i].data == NULL)
			continue;
		cell_hold_start(&s->hold, rule, &opt);
		buf_clear(&s->out);
		if (rewrite(&opt, rule->format, cells[i].data, cells[i].len,
			&s->out, say_leftover, s))
			return -1;
	}
	return 0;
}

/* Rows without a key are never changed, so nothing in them is left over. */
static int
scan_rows(struct restore *r, struct db *db, const char *role,
    const struct item_table *t)
{
	struct scan s = { .r = r, .t = t };
	const struct db_value *cells;
	struct db_rows *rows;
	int rc = -1;

	if (cell_rules(&s.rules, role, t))
		return -1;
	s.hold.r = r;
	s.hold.rules = &s.rules;
	if (s.rules.nkey == 0) {
		rc = 0;
	} else if (db_read_table(db, t, &rows) == 0) {
		while ((rc = db_next(rows, &cells)) == 1)
			if ((rc = scan_row(&s, cells)) != 0)
				break;
		db_rows_free(rows);
	}
	cell_hold_free(&s.hold);
	cell_rules_free(&s.rules);
	buf_free(&s.name);
	buf_wipe(&s.out);
	return rc;
}

static int
scan_schema(struct restore *r, struct db *db, const struct db_schema *d)
{
	const char *const *table;
	struct item *item;
	int rc = 0;

	for (table = catalog_tables(d->role); rc == 0 && *table != NULL;
	     table++) {
		if ((item = item_new(ITEM_TABLE)) == NULL)
			return -1;
		rc = db_table(db, d->schema, *table, item);
		if (rc == 1)
			rc = scan_rows(r, db, d->role, item->table);
		item_free(item);
	}
	return rc;
}

int
leftover_db(struct restore *r)
{
	struct db_server *s;
	size_t i, j;
	int rc = 0;

	for (i = 0; rc == 0 && i < r->db->nservers; i++) {
		s = &r->db->servers[i];
		if (db_begin_reading(s->db))
			return -1;
		for (j = 0; rc == 0 && j < s->nschemas; j++)
			rc = scan_schema(r, s->db, &s->schemas[j]);
		if (db_run(s->db, "ROLLBACK"))
			rc = -1;
	}
	return rc;
}
