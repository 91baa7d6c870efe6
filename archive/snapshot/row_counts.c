#include "archive/snapshot/row_counts.h"

#include <stdlib.h>
#include <string.h>

#include "archive/address/catalog.h"
#include "archive/address/kind.h"
#include "archive/database/db_schema.h"
#include "archive/warn.h"

static void
start_cell(struct row_counts_cell *cell, const struct item_table *t,
    const struct item_column *c)
{
	const struct catalog_column *known;

	known = catalog_column(t->role, t->table, c->name);
	cell->format = known == NULL ? PLACE_VALUE : known->form;
	cell->text = db_is_text(c);
	cell->kind =
	    t->outside ? KIND_NONE : kind_of_column(t->role, t->table, c->name);
}

int
row_counts_start(struct row_counts *k, const struct item_table *t)
{
	const char *deleted = catalog_deleted(t->role, t->table);
	const char *over = catalog_over(t->role, t->table);
	const char *name;
	size_t i;

	memset(k, 0, sizeof(*k));
	if ((k->cells = calloc(t->ncolumns + 1, sizeof(*k->cells))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	k->deleted = k->over = SIZE_MAX;
	for (i = 0; i < t->ncolumns; i++) {
		if (t->columns[i].generated)
			continue;
		name = t->columns[i].name;
		if (deleted != NULL && strcmp(name, deleted) == 0)
			k->deleted = k->n;
		if (over != NULL && strcmp(name, over) == 0)
			k->over = k->n;
		start_cell(&k->cells[k->n++], t, &t->columns[i]);
	}
	return 0;
}

/* As catalog.h has it. */
static int
is_history(const struct row_counts *k, const struct item_table *t,
    const struct db_value *cells)
{
	const struct db_value *v;

	if (k->over < k->n && catalog_is_over(t->role, t->table,
				  cells[k->over].data, cells[k->over].len))
		return 1;
	if (k->deleted >= k->n)
		return 0;
	v = &cells[k->deleted];
	return v->data != NULL && v->len > 0 &&
	       !(v->len == 1 && v->data[0] == '0');
}

int
row_counts_add(struct row_counts *k, struct manifest *m, struct item_table *t,
    const struct db_value *cells)
{
	int history = !t->outside && is_history(k, t, cells);
	struct row_counts_cell *cell;
	size_t i;

	t->history += (uint64_t)history;
	for (i = 0; i < k->n; i++) {
		if (cells[i].data == NULL || cells[i].len == 0)
			continue;
		cell = &k->cells[i];
		if (cell->text && manifest_count(m, cell->format, cells[i].data,
				      cells[i].len) == -1)
			return -1;
		cell->places += (uint64_t)!history;
	}
	return 0;
}

int
row_counts_end(const struct row_counts *k, struct manifest *m)
{
	size_t i;

	for (i = 0; i < k->n; i++)
		if (manifest_count_kind(
			m, k->cells[i].kind, k->cells[i].places) == -1)
			return -1;
	return 0;
}

void
row_counts_free(struct row_counts *k)
{

	free(k->cells);
	memset(k, 0, sizeof(*k));
}
