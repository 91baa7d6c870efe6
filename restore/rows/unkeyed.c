#include "restore/rows/unkeyed.h"

#include <inttypes.h>

#include "archive/database/db_schema.h"
#include "restore/rows/cell_hold.h"

struct count {
	struct cell_hold hold;
	const struct cell_rules *rules;
	const struct external *external;
	struct buf out;
	int outside;    /* what is held for that counts as well */
	int matches;    /* in the row that is looked at */
	uint64_t n, of; /* rows that the map would change, of so many */
};

/* rewrite_fn */
static int
note(void *cookie, const struct rewrite_place *place)
{
	struct count *c = cookie;

	c->matches |= place->matches > 0 || (c->outside && place->nheld > 0);
	return 0;
}

static int
add_row(struct count *c, const struct db_value *cells)
{
	const struct cell_rule *rule;
	struct rewrite_options opt;
	size_t i;

	c->matches = 0;
	cell_hold_row(&c->hold, c->rules, c->external, c->hold.table, cells);
	for (i = 0; i < c->rules->n && !c->matches; i++) {
		rule = &c->rules->rule[i];
		if (!rule->text || cells[i].data == NULL)
			continue;
		cell_hold_start(&c->hold, rule, &opt);
		buf_clear(&c->out);
		if (rewrite(&opt, rule->format, cells[i].data, cells[i].len,
			&c->out, note, c))
			return -1;
	}
	c->n += (uint64_t)c->matches;
	c->of++;
	return 0;
}

static int
add_here(struct count *c, struct db *db, const struct item_table *t)
{
	const struct db_value *cells;
	struct db_rows *rows;
	int rc;

	if (db_read_table(db, t, &rows))
		return -1;
	while ((rc = db_next(rows, &cells)) == 1)
		if (add_row(c, cells)) {
			rc = -1;
			break;
		}
	db_rows_free(rows);
	return rc;
}

static int
add_captured(struct count *c, struct rows *rows)
{
	const struct db_value *cells;
	int rc;

	while ((rc = rows_next(rows, &cells)) == 1)
		if (add_row(c, cells))
			return -1;
	return rc;
}

static void
start(struct count *c, struct restore *r, const struct cell_rules *rules,
    const struct external *external, const char *item)
{

	c->hold.r = r;
	c->hold.item = c->hold.table = item;
	c->rules = rules;
	c->external = external;
}

static int
end(struct count *c)
{

	cell_hold_free(&c->hold);
	buf_wipe(&c->out);
	if (c->n == 0)
		return 0;
	return plan_say(c->hold.r->plan, PLAN_HELD, ITEM_TABLE, c->hold.item,
	    NULL, "no-key",
	    "no primary key: left as they are, %" PRIu64 " of its %" PRIu64
	    " rows hold an address that the map would change",
	    c->n, c->of);
}

int
unkeyed_say(struct restore *r, const struct target *t, struct rows *rows)
{
	struct count c = { .n = 0 };
	int rc;

	start(&c, r, &t->rules, r->external, t->source->name);
	c.outside = t->source->table->outside;
	if (t->server->db == NULL || c.outside)
		rc = add_captured(&c, rows);
	else
		rc = add_here(&c, t->server->db, &t->columns);
	if (end(&c) || rc)
		return -1;
	if (c.n > 0)
		return 0;
	return plan_say(r->plan, PLAN_NOTE, ITEM_TABLE, t->source->name, NULL,
	    "no-key",
	    "no primary key: its %" PRIu64 " rows are left as they are here",
	    t->source->table->rows);
}

int
unkeyed_scan(struct restore *r, struct db *db, const struct item *item,
    const struct cell_rules *rules, const struct external *external)
{
	struct count c = { .n = 0 };
	int rc;

	start(&c, r, rules, external, item->name);
	rc = add_here(&c, db, item->table);
	return end(&c) || rc ? -1 : 0;
}
