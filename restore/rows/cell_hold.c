#include "restore/rows/cell_hold.h"

#include <string.h>

#include "archive/address/inner.h"
#include "archive/address/mask.h"
#include "archive/database/rows.h"
#include "archive/node/path.h"

int
cell_label(const char *column, const char *label, struct buf *out)
{

	if (buf_adds(out, column))
		return -1;
	if (label == NULL || *label == '\0')
		return 0;
	return buf_addf(out, " %s", label);
}

static int
set_label(struct cell_hold *h, const char *label)
{

	buf_clear(&h->label);
	return cell_label(h->rule->column->name, label, &h->label);
}

static int
released(void *cookie, const char *label)
{
	struct cell_hold *h = cookie;

	if (set_label(h, label))
		return 0;
	return restore_also(h->r, h->item, h->label.data) ||
	       restore_also(h->r, h->table, NULL);
}

void
cell_hold_row(struct cell_hold *h, const struct cell_rules *rules,
    const struct external *external, const char *item,
    const struct db_value *cells)
{

	h->rules = rules;
	h->external = external;
	h->item = item;
	h->cells = cells;
	h->history = cell_history(h->rules, cells);
}

/* Is the row's network, where that matters to the cell, not an external one? */
static int
is_tenants(const struct cell_hold *h, const struct cell_rule *rule)
{

	if (rule->through == CELL_FREE)
		return 0;
	return rule->through == CELL_NONE ||
	       !external_has(h->external, &h->cells[rule->through]);
}

void
cell_hold_start(struct cell_hold *h, const struct cell_rule *rule,
    struct rewrite_options *opt)
{

	memset(opt, 0, sizeof(*opt));
	h->rule = rule;
	h->name = rule->hold_name;
	opt->map = h->r->map;
	opt->hold_all = rule->hold;
	opt->role = rule->role;
	opt->hosts = rule->hosts;
	opt->released = released;
	opt->cookie = h;
	if (h->history) {
		opt->hold_all = ROWS_HISTORY;
		h->name = "history";
	} else if (is_tenants(h, rule)) {
		opt->hold_all = ROWS_TENANT;
		h->name = "tenant";
	}
}

/* Short stable names of the reasons that come of a place itself. */
static const char *
place_name(const struct cell_hold *h, enum place_role role)
{

	if (h->name != NULL)
		return h->name;
	switch (role) {
	case PLACE_SECRET:
		return "secret";
	case PLACE_HOST:
		return "host";
	case PLACE_TENANT:
		return "tenant";
	case PLACE_COMMENT:
	case PLACE_PLAIN:
	case PLACE_MACHINE:
	case PLACE_BRIDGE:
		break;
	}
	return "spelling";
}

int
cell_hold_say(void *cookie, const struct rewrite_place *place)
{
	struct cell_hold *h = cookie;
	struct buf value = BUF_EMPTY;
	enum place_role role;
	const char *name;
	int rc = -1;

	if (place->held == NULL)
		return 0;
	role = h->rule->secret ? PLACE_SECRET : place->role;
	if (strcmp(place_name(h, role), "history") == 0)
		return past_count(plan_past(h->r->plan), h->item);
	name = inner_is_held(place->held) ? "inner" : place_name(h, role);
	if (set_label(h, place->label) == 0 &&
	    mask_value(role, place->before, place->before_len, &value) == 0)
		rc = plan_say(h->r->plan, PLAN_HELD, ITEM_TABLE, h->item,
		    h->label.data, name, "%s: %s", place->held,
		    value.data == NULL ? "" : value.data);
	buf_free(&value);
	return rc;
}

void
cell_hold_free(struct cell_hold *h)
{

	buf_free(&h->label);
}

static int
any(const char *const *globs, const char *name)
{

	for (; globs != NULL && *globs != NULL; globs++)
		if (path_glob(*globs, name))
			return 1;
	return 0;
}

int
table_wants(const struct restore *r, const char *table)
{
	const char *const *only = r->opt->only;

	if (any(r->opt->except, table))
		return 0;
	if (only == NULL || *only == NULL || any(only, table))
		return 1;
	/* One of its rows may be meant. */
	for (; *only != NULL; only++)
		if (strncmp(*only, "row:", 4) == 0)
			return 1;
	return 0;
}

int
row_wants(const struct restore *r, const char *table, const char *row)
{
	const char *const *only = r->opt->only;

	if (any(r->opt->except, table) || any(r->opt->except, row))
		return 0;
	return only == NULL || *only == NULL || any(only, table) ||
	       any(only, row);
}
