#include "restore/rows/leftover_row.h"

#include <string.h>

#include "archive/address/mask.h"
#include "archive/database/db_schema.h"
#include "archive/database/row_name.h"

int
leftover_row_open(struct leftover_row *s, struct restore *r, const char *role,
    const struct item *item, const struct external *external,
    struct plan **found)
{

	memset(s, 0, sizeof(*s));
	if (cell_rules(&s->rules, role, item->table))
		return -1;
	s->r = s->hold.r = r;
	s->found = found;
	s->item = item;
	s->captured = manifest_find(r->manifest, item->name) != NULL;
	s->external = external;
	s->hold.table = item->name;
	return 0;
}

void
leftover_row_close(struct leftover_row *s)
{

	cell_hold_free(&s->hold);
	cell_rules_free(&s->rules);
	buf_free(&s->name);
	buf_wipe(&s->out);
}

static int
set_name(struct leftover_row *s, const struct db_value *cells)
{
	const struct item_table *t = s->item->table;
	struct db_value key[DB_KEY_MAX];
	size_t k;

	buf_clear(&s->name);
	for (k = 0; k < s->rules.nkey; k++)
		key[k] = cells[s->rules.key[k]];
	return row_name(t->schema, t->table, key, s->rules.nkey, &s->name);
}

/* rewrite_fn: what the map would still replace may be a leftover. */
static int
look(void *cookie, const struct rewrite_place *place)
{
	struct leftover_row *s = cookie;
	struct plan_record rec = { .type = PLAN_LEFTOVER, .kind = ITEM_TABLE };
	struct buf label = BUF_EMPTY, value = BUF_EMPTY;
	int rc = -1;

	if (place->matches == 0)
		return s->captured ? 0 : cell_hold_say(&s->hold, place);
	if (*s->found == NULL && (*s->found = plan_new()) == NULL)
		return -1;
	if (cell_label(s->hold.rule->column->name, place->label, &label) == 0 &&
	    mask_value(place->role, place->before, place->before_len, &value) ==
		0) {
		rec.item = s->name.data;
		rec.source = s->hold.rule->column->name;
		rec.place = label.data;
		rec.text = value.data == NULL ? "" : value.data;
		rc = plan_add(*s->found, &rec);
	}
	buf_free(&label);
	buf_free(&value);
	return rc;
}

/* Is the cell worth a closer look?  What is held in captured rows was told. */
static int
is_worth(const struct leftover_row *s, size_t i, const struct db_value *cells)
{
	const struct cell_rule *rule = &s->rules.rule[i];

	return rule->text && cells[i].data != NULL &&
	       (!s->captured || rewrite_may(s->r->map, rule->format,
				    cells[i].data, cells[i].len));
}

int
leftover_row_look(struct leftover_row *s, const struct db_value *cells)
{
	struct rewrite_options opt;
	size_t i, begun = 0;

	for (i = 0; i < s->rules.n; i++) {
		if (!is_worth(s, i, cells))
			continue;
		/* Most rows need no name. */
		if (begun == 0) {
			begun = 1;
			if (set_name(s, cells))
				return -1;
			if (!row_wants(s->r, s->item->name, s->name.data))
				return 0;
			cell_hold_row(&s->hold, &s->rules, s->external,
			    s->name.data, cells);
		}
		cell_hold_start(&s->hold, &s->rules.rule[i], &opt);
		buf_clear(&s->out);
		if (rewrite(&opt, s->rules.rule[i].format, cells[i].data,
			cells[i].len, &s->out, look, s))
			return -1;
	}
	return 0;
}
