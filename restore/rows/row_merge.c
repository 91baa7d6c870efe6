#include "restore/rows/row_merge.h"

#include <stdlib.h>
#include <string.h>

#include "archive/address/catalog.h"
#include "archive/warn.h"
#include "restore/rows/cell_hold.h"
#include "restore/rows/cells.h"
#include "restore/rows/key_order.h"
#include "restore/rows/leftover_row.h"
#include "restore/rows/proof.h"
#include "restore/rows/table_read.h"

struct row_merge {
	const struct target *t;
	struct external *external;
	struct leftover_row look; /* its rules are the cells of a row */
	int looking;
	struct table_read *read;
	size_t *at; /* where the cells of a captured row are in it */
	int alike;  /* no other cells are in it, nor of another form */
	struct db_value *current;
	const struct db_value *given; /* the row that was given last */
};

/* Does the leftover scan have this table, and by the same name? */
static int
is_looked_at(struct restore *r, const struct target *t)
{
	const char *const *table = catalog_tables(t->schema->role);

	if (strcmp(t->source->name, t->here->name) != 0 ||
	    !table_wants(r, t->here->name))
		return 0;
	for (; *table != NULL; table++)
		if (strcmp(*table, t->here->table->table) == 0)
			return 1;
	return 0;
}

static int
can_merge(struct restore *r, const struct target *t)
{
	size_t k;

	if (r->proof == NULL || !t->innodb || t->server->db == NULL ||
	    t->rules.nkey == 0 || !is_looked_at(r, t))
		return 0;
	for (k = 0; k < t->rules.nkey; k++)
		if (!key_is_ordered(t->rules.rule[t->rules.key[k]].column))
			return 0;
	return 1;
}

/* Where each captured cell is in a row here: 1, or 0 when one is not. */
static int
place_cells(struct row_merge *m)
{
	const struct cell_rules *here = &m->look.rules, *rules = &m->t->rules;
	size_t i, k;

	m->alike = rules->n == here->n;
	for (i = 0; i < rules->n; i++) {
		for (k = 0; k < here->n; k++)
			if (strcmp(rules->rule[i].column->name,
				here->rule[k].column->name) == 0)
				break;
		if (k == here->n)
			return 0;
		m->at[i] = k;
		if (rules->rule[i].text != here->rule[k].text ||
		    rules->rule[i].format != here->rule[k].format)
			m->alike = 0;
	}
	for (k = 0; k < here->nkey; k++)
		if (k >= rules->nkey || here->key[k] != m->at[rules->key[k]])
			return 0;
	return here->nkey == rules->nkey;
}

/* Memory for a row: 0, or -1 said. */
static int
make_room(struct row_merge *m)
{

	m->at = calloc(m->t->rules.n + 1, sizeof(*m->at));
	m->current = calloc(m->t->rules.n + 1, sizeof(*m->current));
	if (m->at != NULL && m->current != NULL)
		return 0;
	warn_msg("out of memory");
	return -1;
}

int
row_merge_new(struct restore *r, const struct target *t, struct row_merge **out)
{
	struct db *db = t->server->db;
	struct row_merge *m;
	struct plan **found;
	int rc;

	if (!can_merge(r, t))
		return 0;
	if ((m = calloc(1, sizeof(*m))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	m->t = t;
	rc = -1;
	m->external = external_here(db, t->schema->role, t->schema->schema);
	if (m->external == NULL ||
	    leftover_row_open(
		&m->look, r, t->schema->role, t->here, m->external, NULL))
		goto err0;
	m->looking = 1;
	if (make_room(m))
		goto err0;
	if (!place_cells(m)) {
		rc = 0;
		goto err0;
	}
	if ((m->read = table_read_new(t, &m->look.rules)) == NULL ||
	    (found = proof_table(r->proof, db, t->here->name)) == NULL)
		goto err0;
	m->look.found = found;
	*out = m;
	return 1;

err0:
	row_merge_free(m);
	return rc;
}

void
row_merge_free(struct row_merge *m)
{

	if (m == NULL)
		return;
	table_read_free(m->read);
	if (m->looking)
		leftover_row_close(&m->look);
	external_free(m->external);
	free(m->at);
	free(m->current);
	free(m);
}

/* Does the captured row stand before (-1), at (0), or behind (1) the row here?
 * A guess, for texts: a wrong one costs a query, nothing else. */
static int
compare(const struct row_merge *m, const struct db_value *captured,
    const struct db_value *here)
{
	const struct cell_rules *rules = &m->t->rules;
	const struct db_value *a, *b;
	size_t k;
	int rc;

	for (k = 0; k < rules->nkey; k++) {
		a = &captured[rules->key[k]];
		b = &here[m->at[rules->key[k]]];
		if (cells_same(a, b))
			continue;
		if (a->data == NULL || b->data == NULL)
			return -1;
		rc = key_order(rules->rule[rules->key[k]].column, a, b);
		return rc > 0 ? 1 : -1;
	}
	return 0;
}

/* Look through a row, and go on to the next one. */
static int
pass(struct row_merge *m, const struct db_value *row)
{

	table_read_pass(m->read);
	return leftover_row_look(&m->look, row);
}

int
row_merge_find(struct row_merge *m, const struct db_value *captured,
    const struct db_value **current)
{
	const struct db_value *row;
	size_t i;
	int rc, order;

	while ((rc = table_read_row(m->read, &row)) == 1) {
		if ((order = compare(m, captured, row)) == -1)
			return 0;
		if (order == 0)
			break;
		if (pass(m, row))
			return -1;
	}
	if (rc != 1)
		return rc;
	for (i = 0; i < m->t->rules.n; i++)
		m->current[i] = row[m->at[i]];
	table_read_pass(m->read);
	m->given = row;
	*current = m->current;
	return 1;
}

int
row_merge_look(struct row_merge *m, int settled)
{

	return settled && m->alike ? 0 : leftover_row_look(&m->look, m->given);
}

int
row_merge_end(struct row_merge *m)
{
	const struct db_value *row;
	int rc;

	while ((rc = table_read_row(m->read, &row)) == 1)
		if (pass(m, row))
			return -1;
	return rc;
}
