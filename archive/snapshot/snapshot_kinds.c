#include "archive/snapshot/snapshot_kinds.h"

#include <stdlib.h>
#include <string.h>

#include "archive/address/catalog.h"
#include "archive/address/kind.h"
#include "archive/warn.h"

int
row_kinds_start(struct row_kinds *k, const struct item_table *t)
{
	const char *deleted = catalog_deleted(t->role, t->table);
	const char *over = catalog_over(t->role, t->table);
	const char *name;
	size_t i;

	memset(k, 0, sizeof(*k));
	if ((k->kind = calloc(t->ncolumns + 1, sizeof(*k->kind))) == NULL) {
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
		k->kind[k->n++] = kind_of_column(t->role, t->table, name);
	}
	return 0;
}

/* As catalog.h has it. */
static int
is_history(const struct row_kinds *k, const struct item_table *t,
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
row_kinds_count(const struct row_kinds *k, struct manifest *m,
    struct item_table *t, const struct db_value *cells)
{
	size_t i;

	if (is_history(k, t, cells)) {
		t->history++;
		return 0;
	}
	for (i = 0; i < k->n; i++)
		if (cells[i].data != NULL && cells[i].len > 0 &&
		    manifest_count_kind(m, k->kind[i]))
			return -1;
	return 0;
}

void
row_kinds_free(struct row_kinds *k)
{

	free(k->kind);
	memset(k, 0, sizeof(*k));
}

int
snapshot_kinds(struct snapshot *s)
{
	const struct snapshot_options *opt = s->opt;
	unsigned int groups = 0;

	if (opt->describe != NULL)
		return 0;
	if (!opt->no_files)
		groups |= 1u << KIND_OPTION | 1u << KIND_FILE;
	if (!opt->no_files || s->virt != NULL)
		groups |= 1u << KIND_LIBVIRT;
	if (s->db != NULL)
		groups |= 1u << KIND_COLUMN;
	return manifest_settle_kinds(bundle_new_manifest(s->bundle), groups);
}
