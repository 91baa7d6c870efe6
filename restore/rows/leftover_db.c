#include <string.h>

#include "archive/address/catalog.h"
#include "archive/address/mask.h"
#include "archive/database/db_schema.h"
#include "archive/database/row_name.h"
#include "restore/rows/cell_hold.h"
#include "restore/rows/row_walk.h"
#include "restore/rows/unkeyed.h"
#include "restore/rows/wanted_cells.h"

/* One table that is looked through. */
struct scan {
	struct restore *r;
	struct plan
	    *found; /* what may be left over, with its column as source */
	const struct item_table *t;
	int captured; /* the plan has told of what is held in its rows */
	struct cell_rules rules;
	const struct external *external;
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

/* rewrite_fn: what the map would still replace may be a leftover. */
static int
look(void *cookie, const struct rewrite_place *place)
{
	struct scan *s = cookie;
	struct plan_record rec = { .type = PLAN_LEFTOVER, .kind = ITEM_TABLE };
	struct buf label = BUF_EMPTY, value = BUF_EMPTY;
	int rc = -1;

	if (place->matches == 0)
		return s->captured ? 0 : cell_hold_say(&s->hold, place);
	if (cell_label(s->hold.rule->column->name, place->label, &label) == 0 &&
	    mask_value(place->role, place->before, place->before_len, &value) ==
		0) {
		rec.item = s->name.data;
		rec.source = s->hold.rule->column->name;
		rec.place = label.data;
		rec.text = value.data == NULL ? "" : value.data;
		rc = plan_add(s->found, &rec);
	}
	buf_free(&label);
	buf_free(&value);
	return rc;
}

static int
scan_row(struct scan *s, const char *table, const struct db_value *cells)
{
	const struct cell_rule *rule;
	struct rewrite_options opt;
	size_t i;

	if (set_name(s, cells))
		return -1;
	if (!row_wants(s->r, table, s->name.data))
		return 0;
	cell_hold_row(&s->hold, &s->rules, s->external, s->name.data, cells);
	for (i = 0; i < s->rules.n; i++) {
		rule = &s->rules.rule[i];
		if (!rule->text || cells[i].data == NULL ||
		    (s->captured && !rewrite_may(s->r->map, rule->format,
					cells[i].data, cells[i].len)))
			continue;
		cell_hold_start(&s->hold, rule, &opt);
		buf_clear(&s->out);
		if (rewrite(&opt, rule->format, cells[i].data, cells[i].len,
			&s->out, look, s))
			return -1;
	}
	return 0;
}

/* Rows without a key are never changed, so nothing in them is left over: the
 * plan has told of them, or it is told here. */
static int
scan_rows(struct restore *r, struct plan *found, struct db *db,
    const char *role, const struct item *item, const struct external *external)
{
	struct scan s = { .r = r, .found = found, .t = item->table };
	const struct db_value *cells;
	struct db_rows *rows;
	int rc = -1;

	if (cell_rules(&s.rules, role, s.t))
		return -1;
	s.captured = manifest_find(r->manifest, item->name) != NULL;
	s.hold.r = r;
	s.external = external;
	s.hold.table = item->name;
	if (s.rules.nkey == 0) {
		rc = s.captured ? 0
				: unkeyed_scan(r, db, item, &s.rules, external);
	} else if (db_read_table(db, s.t, &rows) == 0) {
		while ((rc = db_next(rows, &cells)) == 1)
			if ((rc = scan_row(&s, item->name, cells)) != 0)
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
scan_schema(struct restore *r, struct plan *found, struct db *db,
    const struct db_schema *d)
{
	const char *const *table;
	struct external *external;
	struct item *item;
	int rc = 0;

	if ((external = external_here(db, d->role, d->schema)) == NULL)
		return -1;
	for (table = catalog_tables(d->role); rc == 0 && *table != NULL;
	     table++) {
		if ((item = item_new(ITEM_TABLE)) == NULL) {
			rc = -1;
			break;
		}
		rc = db_table(db, d->schema, *table, item);
		if (rc == 1)
			rc = table_wants(r, item->name)
				 ? scan_rows(
				       r, found, db, d->role, item, external)
				 : 0;
		item_free(item);
	}
	external_free(external);
	return rc;
}

/* What was found, but for cells that are as the map wants them. */
static int
keep_leftovers(struct restore *r, struct plan *found)
{
	const struct plan_record *rec;
	struct wanted_cells *wanted;
	int more, rc;

	if (plan_count(found, PLAN_LEFTOVER, -1) == 0)
		return 0;
	if ((wanted = wanted_cells_find(r)) == NULL)
		return -1;
	rc = plan_rewind(found);
	while (rc == 0 && (more = plan_next(found, &rec)) != 0) {
		if (more < 0)
			rc = -1;
		else if (!wanted_cells_captured(wanted, rec->item))
			rc = plan_say(r->plan, PLAN_NOTE, ITEM_TABLE, rec->item,
			    rec->place, "elsewhere",
			    "%s: not a row of the bundle's hosts: another "
			    "bundle changes it",
			    rec->text);
		else if (!wanted_cells_has(wanted, rec->item, rec->source))
			rc = plan_say(r->plan, PLAN_LEFTOVER, ITEM_TABLE,
			    rec->item, rec->place, "leftover", "%s", rec->text);
	}
	wanted_cells_free(wanted);
	return rc;
}

static int
scan_all(struct restore *r, struct plan *found)
{
	struct db_server *s;
	size_t i, j;

	for (i = 0; i < r->db->nservers; i++) {
		s = &r->db->servers[i];
		for (j = 0; j < s->nschemas; j++)
			if (scan_schema(r, found, s->db, &s->schemas[j]))
				return -1;
	}
	return keep_leftovers(r, found);
}

int
leftover_db(struct restore *r)
{
	struct plan *found;
	int rc = -1;

	if ((found = plan_new()) == NULL)
		return -1;
	if (row_walk_begin(r) == 0)
		rc = scan_all(r, found);
	if (row_walk_end(r))
		rc = -1;
	plan_free(found);
	return rc;
}
