#include "restore/rows/row_key.h"

#include <string.h>

/* The cell that sets part k of the key, or NULL. */
static const struct plan_cell *
find(const struct target *t, const struct plan_record *rec, size_t k)
{
	const char *name = t->rules.rule[t->rules.key[k]].column->name;
	size_t i;

	if (rec->type != PLAN_CHANGE)
		return NULL;
	for (i = 0; i < rec->ncells; i++)
		if (strcmp(rec->cells[i].name, name) == 0)
			return &rec->cells[i];
	return NULL;
}

struct db_value
row_key(
    const struct target *t, const struct plan_record *rec, size_t k, int after)
{
	const struct plan_cell *cell = after ? find(t, rec, k) : NULL;
	struct db_value v = { rec->key[k], rec->key_len[k] };

	if (cell != NULL) {
		v.data = cell->after;
		v.len = cell->after_len;
	}
	return v;
}

int
row_key_moves(const struct target *t, const struct plan_record *rec)
{
	size_t k;

	for (k = 0; k < rec->nkey; k++)
		if (find(t, rec, k) != NULL)
			return 1;
	return 0;
}
