#include "restore/rows/plan_row.h"

#include <stdlib.h>
#include <string.h>

#include "archive/address/mask.h"
#include "archive/database/row_name.h"
#include "archive/warn.h"
#include "restore/rows/cell_fit.h"
#include "restore/rows/cell_hold.h"
#include "restore/rows/cell_width.h"
#include "restore/rows/cells.h"
#include "restore/rows/key_refs.h"
#include "restore/rows/outside.h"
#include "restore/rows/table_check.h"
#include "restore/rows/touched.h"
#include "restore/rows/unique.h"

struct plan_row {
	struct restore *r;
	const struct target *t;
	struct cell_hold hold;   /* of the row and cell that is looked at */
	struct buf name;         /* row:SCHEMA.TABLE:KEY, as captured */
	struct buf here;         /* by the key that it has here */
	struct plan_cell *cells; /* of the record */
	struct buf *after;       /* what the cells point to */
	size_t ncells, width;
	unsigned char *touched; /* could the map touch the cell? */
	int settled;            /* plan_row_settled, of the last row */
	struct buf wanted;      /* of a cell */
	struct unique *unique;
	uint64_t created, changed; /* rows that are to be */
	int rekeyed;               /* some get another key */
	const char **key;
	size_t *key_len;
};

struct plan_row *
plan_row_new(struct restore *r, const struct target *t)
{
	size_t n = t->rules.n + 1;
	struct plan_row *p;

	if ((p = calloc(1, sizeof(*p))) == NULL)
		goto err0;
	p->r = r;
	p->t = t;
	p->width = t->rules.n;
	p->cells = calloc(n, sizeof(*p->cells));
	p->after = calloc(n, sizeof(*p->after));
	p->touched = calloc(n, sizeof(*p->touched));
	p->key = calloc(n, sizeof(*p->key));
	p->key_len = calloc(n, sizeof(*p->key_len));
	if (p->cells == NULL || p->after == NULL || p->touched == NULL ||
	    p->key == NULL || p->key_len == NULL)
		goto err1;
	if ((p->unique = unique_new(r, t)) == NULL) {
		plan_row_free(p);
		return NULL;
	}
	return p;

err1:
	plan_row_free(p);
err0:
	warn_msg("out of memory");
	return NULL;
}

void
plan_row_free(struct plan_row *p)
{
	size_t i;

	if (p == NULL)
		return;
	for (i = 0; p->after != NULL && i < p->width; i++)
		buf_wipe(&p->after[i]);
	unique_free(p->unique);
	cell_hold_free(&p->hold);
	buf_wipe(&p->wanted);
	buf_free(&p->name);
	buf_free(&p->here);
	free(p->cells);
	free(p->after);
	free(p->touched);
	free(p->key);
	free(p->key_len);
	free(p);
}

/* One cell of the record; after is moved, or NULL: the cell becomes SQL NULL.
 */
static int
set_cell(struct plan_row *p, size_t i, const struct db_value *before,
    struct buf *after)
{
	struct plan_cell *cell = &p->cells[p->ncells];
	struct buf *to = &p->after[p->ncells++];

	memset(cell, 0, sizeof(*cell));
	cell->name = p->t->rules.rule[i].column->name;
	cell->secret = p->t->rules.rule[i].secret;
	if (before != NULL) {
		cell->before = before->data;
		cell->before_len = before->len;
	}
	if (after == NULL)
		return 0;
	if (cell_width_fill(p->t->rules.rule[i].column, after))
		return -1;
	buf_wipe(to);
	*to = *after;
	*after = (struct buf)BUF_EMPTY;
	cell->after = to->data == NULL ? "" : to->data;
	cell->after_len = to->len;
	return 0;
}

/* A value that does not fit is found here, not by the server. */
static int
check_fit(struct plan_row *p, size_t i, const struct buf *value)
{

	return cell_fit(p->r, p->t, i, p->name.data,
	    value->len > 0 ? value->data : "", value->len);
}

static int
say_drift(struct plan_row *p, size_t i, const struct db_value *current,
    const char *why, const char *where)
{
	const struct cell_rule *rule = &p->t->rules.rule[i];
	struct buf label = BUF_EMPTY, value = BUF_EMPTY;
	int rc = -1;

	if (cell_label(rule->column->name, where, &label))
		goto out;
	if (current->data == NULL) {
		rc = buf_adds(&value, "NULL");
	} else if (rule->format == PLACE_VALUE) {
		rc =
		    mask_value(rule->role, current->data, current->len, &value);
	} else {
		rc = 0;
	}
	if (rc == 0)
		rc = plan_say(p->r->plan, PLAN_DRIFT, ITEM_TABLE, p->name.data,
		    label.data, "drift", value.len > 0 ? "%s: %s" : "%s%s", why,
		    value.len > 0 ? value.data : "");
out:
	buf_free(&label);
	buf_free(&value);
	return rc;
}

/* The map touches this cell, and SQL NULL stands here instead. */
static int
compare_null(struct plan_row *p, size_t i, const struct db_value *current,
    struct buf *wanted)
{

	switch (p->r->opt->on_drift) {
	case ON_DRIFT_STOP:
		return say_drift(p, i, current,
		    "the place that the map changes holds something else",
		    NULL);
	case ON_DRIFT_REPLAY:
		if (check_fit(p, i, wanted))
			return -1;
		return set_cell(p, i, current, wanted);
	case ON_DRIFT_KEEP:
	case ON_DRIFT_REWRITE:
		break;
	}
	return 0;
}

/* The map touches this cell of a row that is here. */
static int
compare(struct plan_row *p, size_t i, const struct rewrite_options *opt,
    const struct db_value *captured, const struct db_value *current,
    const struct buf *wanted)
{
	const struct item_column *c = p->t->rules.rule[i].column;
	struct db_value now = cell_width_cut(c, current);
	struct decide_input in = { .rewrite = opt,
		.format = p->t->rules.rule[i].format,
		.captured = captured->data,
		.current = now.data,
		.captured_len = captured->len,
		.current_len = now.len,
		.policy = p->r->opt->on_drift,
		.wanted = wanted };
	struct decide_output out;
	int rc = -1;

	switch (decide(&in, &out, NULL, NULL)) {
	case DECIDE_FAILED:
		break;
	case DECIDE_SAME:
		rc = 0;
		break;
	case DECIDE_CREATE:
	case DECIDE_CHANGE:
		if ((rc = check_fit(p, i, &out.after)) == 0)
			rc = set_cell(p, i, current, &out.after);
		break;
	case DECIDE_DRIFT:
		rc = say_drift(p, i, current, out.why, out.where);
		break;
	}
	decide_free(&out);
	return rc;
}

static int
is_same(const struct db_value *v, const struct buf *bytes)
{

	return v->data != NULL && v->len == bytes->len &&
	       (v->len == 0 || memcmp(v->data, bytes->data, v->len) == 0);
}

/* A text cell of a row that is here, which the map makes ${wanted} of. */
static int
plan_change(struct plan_row *p, size_t i, const struct rewrite_options *opt,
    const struct db_value *captured, const struct db_value *current,
    struct buf *wanted)
{
	const struct item_column *c = p->t->rules.rule[i].column;
	struct db_value was = cell_width_cut(c, captured);
	struct db_value now = cell_width_cut(c, current);

	if (is_same(&was, wanted)) {
		p->settled &= p->touched[i] == TOUCHED_INNER &&
			      cells_same(captured, current);
		return 0;
	}
	if (is_same(&now, wanted))
		return 0;
	p->settled = 0;
	return current->data == NULL
		   ? compare_null(p, i, current, wanted)
		   : compare(p, i, opt, &was, current, wanted);
}

/* A text cell: what the map makes of it, and what that means here. */
static int
plan_text(struct plan_row *p, size_t i, const struct db_value *captured,
    const struct db_value *current)
{
	const struct cell_rule *rule = &p->t->rules.rule[i];
	struct db_value was = cell_width_cut(rule->column, captured);
	struct rewrite_options opt;

	cell_hold_start(&p->hold, rule, &opt);
	opt.count = 1;
	buf_clear(&p->wanted);
	if (rewrite(&opt, rule->format, was.data, was.len, &p->wanted,
		cell_hold_say, &p->hold))
		return -1;
	opt.count = 0;
	if (current != NULL)
		return plan_change(p, i, &opt, captured, current, &p->wanted);
	if (check_fit(p, i, &p->wanted))
		return -1;
	return set_cell(p, i, NULL, &p->wanted);
}

/* A cell that is no text: only a row that is created needs it. */
static int
plan_plain(struct plan_row *p, size_t i, const struct db_value *captured)
{
	struct buf copy = BUF_EMPTY;

	if (captured->data == NULL)
		return set_cell(p, i, NULL, NULL);
	if (buf_add(&copy, captured->data, captured->len))
		return -1;
	return set_cell(p, i, NULL, &copy);
}

static int
plan_cells(struct plan_row *p, const struct db_value *captured,
    const struct db_value *current)
{
	const struct cell_rules *rules = &p->t->rules;
	const struct db_value *here;
	size_t i;

	p->settled = current != NULL;
	for (i = 0; i < rules->n; i++) {
		here = current == NULL ? NULL : &current[i];
		if (rules->rule[i].text && here != NULL && !p->touched[i])
			p->settled &= cells_same(&captured[i], here);
		else if (rules->rule[i].text && captured[i].data != NULL) {
			if (plan_text(p, i, &captured[i], here))
				return -1;
		} else if (here == NULL && plan_plain(p, i, &captured[i])) {
			return -1;
		}
	}
	return 0;
}

/* The name of a row with these cells. */
static int
set_name(
    const struct plan_row *p, const struct db_value *cells, struct buf *name)
{
	const struct item_table *t = p->t->source->table;
	const struct cell_rules *rules = &p->t->rules;
	struct db_value key[32];
	size_t k;

	for (k = 0; k < rules->nkey; k++)
		key[k] = cells[rules->key[k]];
	buf_clear(name);
	return row_name(t->schema, t->table, key, rules->nkey, name);
}

/* Does the row meet others?  There it goes by the key that it has here. */
static int
check_unique(struct plan_row *p, const struct db_value *captured,
    const struct db_value *current)
{

	if (p->ncells == 0 && p->r->against == NULL)
		return 0;
	if (set_name(p, current == NULL ? captured : current, &p->here))
		return -1;
	return unique_row(
	    p->unique, p->here.data, current, p->cells, p->ncells);
}

/* The key under which the row stands before the change, or is made. */
static void
set_key(struct plan_row *p, const struct db_value *current)
{
	const struct cell_rules *rules = &p->t->rules;
	size_t k, i;

	for (k = 0; k < rules->nkey; k++) {
		i = rules->key[k];
		/* A row that is made has a cell for each column. */
		p->key[k] =
		    current == NULL ? p->cells[i].after : current[i].data;
		p->key_len[k] =
		    current == NULL ? p->cells[i].after_len : current[i].len;
	}
}

/* Is one of the cells part of the key? */
static int
changes_key(const struct plan_row *p)
{
	const struct cell_rules *rules = &p->t->rules;
	size_t i, k;

	for (i = 0; i < p->ncells; i++)
		for (k = 0; k < rules->nkey; k++)
			if (p->cells[i].name ==
			    rules->rule[rules->key[k]].column->name)
				return 1;
	return 0;
}

int
plan_row_settled(const struct plan_row *p)
{

	return p->settled;
}

int
plan_row_add(struct plan_row *p, const struct db_value *captured,
    const struct db_value *current)
{
	const struct plan_table table = { p->t->schema->role,
		p->t->schema->schema, p->t->here->table->table };
	struct plan_record rec = { 0 };
	int rc;

	p->settled = 0;
	/* What stays as it is, and is here, needs nothing. */
	if (current != NULL &&
	    !touched_find(p->r->map, &p->t->rules, captured, p->touched) &&
	    p->r->against == NULL) {
		p->settled = p->r->reading &&
			     touched_same(&p->t->rules, captured, current);
		return 0;
	}
	if (set_name(p, captured, &p->name))
		return -1;
	if (!row_wants(p->r, p->t->source->name, p->name.data))
		return 0;
	if (current == NULL &&
	    (rc = outside_absent(p->r, p->t->source, p->name.data)) != 0)
		return rc == 1 ? 0 : -1;
	p->ncells = 0;
	p->hold.r = p->r;
	p->hold.table = p->t->source->name;
	cell_hold_row(
	    &p->hold, &p->t->rules, p->r->external, p->name.data, captured);
	if (plan_cells(p, captured, current))
		return -1;
	if (check_unique(p, captured, current))
		return -1;
	if (p->ncells == 0)
		return 0;
	p->created += current == NULL;
	p->changed += current != NULL;
	p->rekeyed |= current != NULL && changes_key(p);
	if (p->r->against != NULL)
		return 0;
	set_key(p, current);
	rec.type = current == NULL ? PLAN_CREATE : PLAN_CHANGE;
	rec.kind = ITEM_TABLE;
	rec.item = p->name.data;
	rec.source = p->t->source->name;
	rec.table = &table;
	rec.cells = p->cells;
	rec.ncells = p->ncells;
	rec.key = p->key;
	rec.key_len = p->key_len;
	rec.nkey = p->t->rules.nkey;
	return plan_add(p->r->plan, &rec);
}

int
plan_row_end(struct plan_row *p, struct may_write *may)
{

	if (unique_end(p->unique))
		return -1;
	if (table_check(p->r, p->t, p->created, p->changed))
		return -1;
	if (p->rekeyed && key_refs_tell(p->r, p->t))
		return -1;
	return may_write_note(may, p->t, p->created, p->changed);
}
