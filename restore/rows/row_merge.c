#include "restore/rows/row_merge.h"

#include <stdlib.h>
#include <string.h>

#include "archive/address/catalog.h"
#include "archive/database/db_query.h"
#include "archive/database/db_schema.h"
#include "archive/warn.h"
#include "restore/rows/cell_hold.h"
#include "restore/rows/cells.h"
#include "restore/rows/key_order.h"
#include "restore/rows/leftover_row.h"
#include "restore/rows/proof.h"

/* One piece of the table: so many bytes, cells and rows at most, or one row. */
#define PIECE_BYTES ((size_t)1 << 20)
#define PIECE_CELLS ((size_t)32 << 10)
#define PIECE_ROWS  1024u
#define FIRST_ROWS  64u

struct row_merge {
	const struct target *t;
	struct external *external;
	struct leftover_row look; /* its rules are the cells of a row */
	int looking;
	size_t *at; /* where the cells of a captured row are in it */
	struct db_value *current;
	struct db_value *cells; /* of the piece, row by row */
	struct buf bytes;       /* of the cells */
	size_t nrows, pos;
	size_t most, limit; /* rows of a piece, asked for at once */
	int begun, over;
	struct db_value last[DB_KEY_MAX]; /* the key read last, in ${key} */
	struct buf key;
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

	for (i = 0; i < rules->n; i++) {
		for (k = 0; k < here->n; k++)
			if (strcmp(rules->rule[i].column->name,
				here->rule[k].column->name) == 0)
				break;
		if (k == here->n)
			return 0;
		m->at[i] = k;
	}
	for (k = 0; k < here->nkey; k++)
		if (k >= rules->nkey || here->key[k] != m->at[rules->key[k]])
			return 0;
	return here->nkey == rules->nkey;
}

/* Memory for pieces: 0, or -1 said. */
static int
make_room(struct row_merge *m)
{
	size_t width = m->look.rules.n;

	m->most = PIECE_CELLS / (width + 1);
	if (m->most > PIECE_ROWS)
		m->most = PIECE_ROWS;
	m->limit = m->most < FIRST_ROWS ? m->most : FIRST_ROWS;
	m->at = calloc(m->t->rules.n + 1, sizeof(*m->at));
	m->current = calloc(m->t->rules.n + 1, sizeof(*m->current));
	m->cells = calloc(m->most * width + 1, sizeof(*m->cells));
	if (m->at == NULL || m->current == NULL || m->cells == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	return buf_reserve(&m->bytes, PIECE_BYTES) == NULL ? -1 : 0;
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
	if (m->most == 0 || !place_cells(m)) {
		rc = 0;
		goto err0;
	}
	if ((found = proof_table(r->proof, db, t->here->name)) == NULL)
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
	if (m->looking)
		leftover_row_close(&m->look);
	external_free(m->external);
	buf_wipe(&m->bytes);
	buf_wipe(&m->key);
	free(m->at);
	free(m->current);
	free(m->cells);
	free(m);
}

/* (a > A OR (a = A AND (b > B OR ...))): behind the key that was read last. */
static int
add_behind(const struct row_merge *m, struct buf *sql)
{
	const struct cell_rules *rules = &m->look.rules;
	const struct item_column *c;
	size_t k;

	for (k = 0; k < rules->nkey; k++) {
		c = rules->rule[rules->key[k]].column;
		if (buf_adds(sql, k == 0 ? " WHERE (" : " AND (") ||
		    db_name(sql, c->name) || buf_adds(sql, " > ") ||
		    db_literal(sql, c, &m->last[k]))
			return -1;
		if (k + 1 == rules->nkey)
			break;
		if (buf_adds(sql, " OR (") || db_name(sql, c->name) ||
		    buf_adds(sql, " = ") || db_literal(sql, c, &m->last[k]))
			return -1;
	}
	for (k = 1; k < rules->nkey; k++)
		if (buf_adds(sql, "))"))
			return -1;
	return buf_addc(sql, ')');
}

/* SELECT columns FROM table [WHERE ...] ORDER BY key LIMIT n */
static int
build_query(const struct row_merge *m, struct buf *sql)
{
	const struct cell_rules *rules = &m->look.rules;
	size_t k;

	if (target_select(m->t, rules, sql) || (m->begun && add_behind(m, sql)))
		return -1;
	for (k = 0; k < rules->nkey; k++)
		if (buf_adds(sql, k == 0 ? " ORDER BY " : ", ") ||
		    db_name(sql, rules->rule[rules->key[k]].column->name))
			return -1;
	return buf_addf(sql, " LIMIT %zu", m->limit);
}

/* Copy a row into the piece, and look through it: 1, 0 (it is full), -1. */
static int
take_row(struct row_merge *m, const struct db_value *cells)
{
	size_t width = m->look.rules.n, len = cells_bytes(cells, width);
	struct db_value *to = m->cells + m->nrows * width;

	if (m->nrows == m->most ||
	    (m->nrows > 0 && m->bytes.len + len > PIECE_BYTES))
		return 0;
	/* The room is there, but for a first row that is longer. */
	if (buf_reserve(&m->bytes, len) == NULL)
		return -1;
	cells_copy(to, cells, width, m->bytes.data + m->bytes.len);
	m->bytes.len += len;
	m->nrows++;
	return leftover_row_look(&m->look, to) ? -1 : 1;
}

/* The key of the piece's last row: the next one begins behind it. */
static int
keep_last(struct row_merge *m)
{
	const struct cell_rules *rules = &m->look.rules;
	const struct db_value *row = m->cells + (m->nrows - 1) * rules->n;
	struct db_value key[DB_KEY_MAX];
	size_t k, len;

	for (k = 0; k < rules->nkey; k++)
		key[k] = row[rules->key[k]];
	len = cells_bytes(key, rules->nkey);
	buf_clear(&m->key);
	if (buf_reserve(&m->key, len) == NULL)
		return -1;
	cells_copy(m->last, key, rules->nkey, m->key.data);
	m->begun = 1;
	return 0;
}

/* The next piece: 0, or -1 said. */
static int
fetch(struct row_merge *m)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	int rc = -1, took = 1;

	m->nrows = m->pos = 0;
	buf_clear(&m->bytes);
	if (build_query(m, &sql) == 0)
		rc = db_select(m->t->server->db, &sql, 1, &rows);
	buf_free(&sql);
	if (rc)
		return -1;
	while (took == 1 && (rc = db_next(rows, &cells)) == 1)
		took = take_row(m, cells);
	/* What did not fit is read again, with fewer rows at once. */
	db_rows_free(rows);
	if (took == -1 || rc == -1)
		return -1;
	m->over = rc == 0 && m->nrows < m->limit;
	if (took == 0)
		m->limit = m->nrows > 1 ? m->nrows - m->nrows / 4 : 1;
	else if (m->bytes.len < PIECE_BYTES / 2)
		m->limit = m->limit > m->most / 2 ? m->most : 2 * m->limit;
	return m->nrows > 0 ? keep_last(m) : 0;
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

int
row_merge_find(struct row_merge *m, const struct db_value *captured,
    const struct db_value **current)
{
	const struct db_value *row;
	size_t i;
	int rc;

	for (;; m->pos++) {
		while (m->pos == m->nrows) {
			if (m->over)
				return 0;
			if (fetch(m))
				return -1;
		}
		row = m->cells + m->pos * m->look.rules.n;
		if ((rc = compare(m, captured, row)) == -1)
			return 0;
		if (rc == 0)
			break;
	}
	for (i = 0; i < m->t->rules.n; i++)
		m->current[i] = row[m->at[i]];
	m->pos++;
	*current = m->current;
	return 1;
}

int
row_merge_end(struct row_merge *m)
{

	while (!m->over)
		if (fetch(m))
			return -1;
	return 0;
}
