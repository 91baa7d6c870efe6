#include "archive/database/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/address/catalog.h"
#include "archive/database/db_schema.h"
#include "archive/database/row_name.h"
#include "archive/warn.h"

struct rows {
	struct tabfile *tab;
	char *what; /* "FILE: refused: table:nova.volumes", for messages */
	const struct item *item;
	struct rows_cell *cells;
	size_t width;
	size_t deleted; /* cell that marks deleted rows; width: none */
	size_t over;    /* cell that tells what is over; width: none */
	size_t name;    /* cell that says what the next one is; width: none */
	size_t value;
	size_t *key; /* cells of the primary key */
	size_t nkey;
	uint64_t row; /* number of the current one, from 1 */
};

static ssize_t
read_part(void *cookie, void *buf, size_t len)
{

	return bundle_part_read(cookie, buf, len);
}

/* What the catalogue says of a column. */
static void
set_cell(struct rows_cell *cell, const struct item_table *t,
    const struct item_column *column)
{
	const struct catalog_column *c;

	c = catalog_column(t->role, t->table, column->name);
	cell->column = column;
	cell->form = c != NULL ? c->form : PLACE_VALUE;
	cell->role = c != NULL ? c->place : PLACE_PLAIN;
	cell->what = c != NULL ? c->what : NULL;
	cell->through = ROWS_NONE;
	if (place_is_secret(column->name))
		cell->role = PLACE_SECRET;
	if (c == NULL)
		cell->held = "outside the catalogue";
	else if (c->class == CATALOG_HISTORY)
		cell->held = ROWS_OVER;
}

/* The cell of a column; width: there is none. */
static size_t
cell_of(const struct rows *r, const char *column)
{
	size_t i;

	for (i = 0; column != NULL && i < r->width; i++)
		if (strcmp(r->cells[i].column->name, column) == 0)
			return i;
	return r->width;
}

/* Columns of a name and its value, in tables of nothing else. */
static const struct {
	const char *name, *value;
} named[] = {
	{ "key", "value" },
	{ "name", "value" },
	{ "option", "value" },
	{ "opt_name", "opt_value" },
	{ "variable", "value" },
};

/* A table of names and values: "key" is no secret there. */
static void
find_named(struct rows *r)
{
	size_t i;

	for (i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		r->name = cell_of(r, named[i].name);
		r->value = cell_of(r, named[i].value);
		if (r->name == r->width || r->value == r->width)
			continue;
		r->cells[r->name].role = PLACE_PLAIN;
		return;
	}
	r->name = r->value = r->width;
}

/* Which cells of a row say how its others are treated. */
static void
find_marks(struct rows *r, const struct item_table *t)
{
	const struct catalog_column *c;
	size_t i;

	r->deleted = cell_of(r, catalog_deleted(t->role, t->table));
	r->over = cell_of(r, catalog_over(t->role, t->table));
	find_named(r);
	for (i = 0; i < r->width; i++) {
		c = catalog_column(t->role, t->table, r->cells[i].column->name);
		if (c != NULL && c->class == CATALOG_NETWORK)
			r->cells[i].through = cell_of(r, c->through);
	}
}

/* Which column each cell belongs to, and which cells make the key. */
static void
find_columns(struct rows *r, const struct item_table *t)
{
	size_t i;
	int k;

	for (i = 0; i < t->ncolumns; i++) {
		if (!t->columns[i].generated)
			set_cell(&r->cells[r->width++], t, &t->columns[i]);
	}
	find_marks(r, t);
	for (k = 1; (size_t)k <= r->width; k++) {
		for (i = 0; i < r->width; i++) {
			if (r->cells[i].column->key == k)
				r->key[r->nkey++] = i;
		}
	}
}

struct rows *
rows_open(struct bundle_part *p, const struct item *item)
{
	const struct item_table *t = item->table;
	struct rows *r;

	if ((r = calloc(1, sizeof(*r))) == NULL)
		goto err0;
	r->item = item;
	r->cells = calloc(t->ncolumns + 1, sizeof(*r->cells));
	r->key = calloc(t->ncolumns + 1, sizeof(*r->key));
	if (r->cells == NULL || r->key == NULL)
		goto err1;
	find_columns(r, t);
	if (asprintf(&r->what, "%s: refused: %s", bundle_part_file(p),
		item->name) == -1) {
		r->what = NULL;
		goto err1;
	}
	if ((r->tab = tabfile_open(r->what, r->width, read_part, p)) == NULL) {
		rows_close(r);
		return NULL;
	}
	return r;

err1:
	rows_close(r);
err0:
	warn_msg("out of memory");
	return NULL;
}

int
rows_next(struct rows *r, const struct db_value **cells)
{
	int rc = tabfile_next(r->tab, cells);

	r->row = tabfile_row(r->tab);
	return rc;
}

void
rows_limit(struct rows *r, size_t most)
{

	tabfile_limit(r->tab, most);
}

int
rows_pass(struct rows *r, tabfile_glance *glance, void *cookie)
{

	return tabfile_pass(r->tab, glance, cookie);
}

void
rows_close(struct rows *r)
{

	if (r == NULL)
		return;
	tabfile_close(r->tab);
	free(r->what);
	free(r->key);
	free(r->cells);
	free(r);
}

size_t
rows_width(const struct rows *r)
{

	return r->width;
}

uint64_t
rows_count(const struct rows *r)
{

	return tabfile_row(r->tab);
}

const struct rows_cell *
rows_cell(const struct rows *r, size_t cell)
{

	return &r->cells[cell];
}

int
rows_secret(const struct rows *r, const struct db_value *cells, size_t cell)
{
	char name[128];
	size_t len;

	if (r->cells[cell].role == PLACE_SECRET)
		return 1;
	if (cell != r->value || cells[r->name].data == NULL)
		return 0;
	len = cells[r->name].len < sizeof(name) ? cells[r->name].len
						: sizeof(name) - 1;
	memcpy(name, cells[r->name].data, len);
	name[len] = '\0';
	return place_is_secret(name);
}

int
rows_deleted(const struct rows *r, const struct db_value *cells)
{
	const struct item_table *t = r->item->table;
	const struct db_value *v;

	if (r->over != r->width && catalog_is_over(t->role, t->table,
				       cells[r->over].data, cells[r->over].len))
		return 1;
	if (r->deleted == r->width)
		return 0;
	v = &cells[r->deleted];
	return v->data != NULL && v->len > 0 &&
	       !(v->len == 1 && v->data[0] == '0');
}

const char *
rows_held(const struct rows *r, const struct external *e,
    const struct db_value *cells, size_t cell)
{
	const struct rows_cell *c = &r->cells[cell];

	if (c->held != NULL)
		return c->held;
	if (rows_deleted(r, cells))
		return ROWS_HISTORY;
	if (c->through == ROWS_NONE)
		return NULL;
	if (c->through < r->width && external_has(e, &cells[c->through]))
		return NULL;
	return ROWS_TENANT;
}

int
rows_is_past(const char *held)
{

	return held != NULL && (strcmp(held, ROWS_HISTORY) == 0 ||
				   strcmp(held, ROWS_OVER) == 0);
}

int
rows_keyed(const struct rows *r)
{

	return r->nkey > 0;
}

int
rows_name(const struct rows *r, const struct db_value *cells, struct buf *out)
{
	const struct item_table *t = r->item->table;
	struct db_value key[DB_KEY_MAX];
	size_t i;

	for (i = 0; i < r->nkey && i < DB_KEY_MAX; i++)
		key[i] = cells[r->key[i]];
	if (row_name(t->schema, t->table, key, i, out))
		return -1;
	return r->nkey > 0 ? 0 : buf_addf(out, "#%" PRIu64, r->row);
}
