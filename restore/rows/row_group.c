#include "restore/rows/row_group_inner.h"

#include <stdlib.h>
#include <string.h>

#include "archive/database/db_query.h"
#include "archive/database/db_trouble.h"
#include "archive/warn.h"
#include "restore/rows/cells.h"
#include "restore/rows/row_key.h"
#include "restore/rows/row_many.h"
#include "restore/rows/row_sql.h"
#include "restore/rows/row_state.h"

struct row_group *
row_group_new(void)
{
	struct row_group *g;

	if ((g = calloc(1, sizeof(*g))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	if ((g->many = row_many_new()) == NULL) {
		free(g);
		return NULL;
	}
	return g;
}

void
row_group_clear(struct row_group *g)
{

	g->nrows = 0;
	buf_clear(&g->bytes);
	free(g->values);
	g->values = NULL;
}

void
row_group_free(struct row_group *g)
{

	if (g == NULL)
		return;
	row_group_clear(g);
	row_many_free(g->many);
	buf_wipe(&g->bytes);
	buf_wipe(&g->sql);
	plan_decoded_free(&g->first);
	plan_decoded_free(&g->one);
	free(g);
}

int
row_group_decode(const struct row_group *g, size_t i, struct plan_decoded *d)
{
	const struct member *m = &g->row[i];

	if (plan_decode(g->bytes.data + m->start, m->len, d) == 0)
		return 0;
	warn_msg("out of memory");
	return -1;
}

const struct plan_record *
row_group_row(struct row_group *g, size_t i, uint64_t *n)
{

	*n = g->row[i].n;
	return row_group_decode(g, i, &g->one) ? NULL : &g->one.r;
}

size_t
row_group_rows(const struct row_group *g)
{

	return g->nrows;
}

int
row_group_full(const struct row_group *g)
{

	return g->nrows == MOST_ROWS || g->bytes.len >= MOST_BYTES;
}

int
row_group_takes(const struct row_group *g, const struct target *t,
    const struct plan_record *rec)
{
	const struct plan_record *first = &g->first.r;
	struct buf why = BUF_EMPTY;
	size_t i;
	int rc;

	if (!t->innodb || row_key_moves(t, rec))
		return 0;
	if (g->nrows == 0) {
		rc = row_sql_fits(t, rec, &why);
		buf_free(&why);
		return rc == 1;
	}
	if (rec->type != first->type || rec->ncells != first->ncells ||
	    rec->nkey != first->nkey)
		return 0;
	for (i = 0; i < rec->ncells; i++)
		if (strcmp(rec->cells[i].name, first->cells[i].name) != 0)
			return 0;
	return 1;
}

int
row_group_add(struct row_group *g, const struct plan_record *rec, uint64_t n)
{
	struct member *m = &g->row[g->nrows];

	memset(m, 0, sizeof(*m));
	m->n = n;
	m->start = g->bytes.len;
	if (plan_encode(rec, &g->bytes))
		return -1;
	m->len = g->bytes.len - m->start;
	/* Where the bytes have moved, the first row is read again. */
	if (g->nrows++ > 0 && g->base == g->bytes.data)
		return 0;
	g->base = g->bytes.data;
	return row_group_decode(g, 0, &g->first);
}

/* "(" the key's values ")" */
static int
add_key(struct buf *sql, const struct target *t, const struct plan_record *rec)
{
	struct db_value v;
	size_t k;

	for (k = 0; k < rec->nkey; k++) {
		v.data = rec->key[k];
		v.len = rec->key_len[k];
		if (buf_adds(sql, k == 0 ? "(" : ", ") ||
		    db_literal(sql, t->rules.rule[t->rules.key[k]].column, &v))
			return -1;
	}
	return buf_addc(sql, ')');
}

/* SELECT key, cells FROM table WHERE (key) IN (...) FOR UPDATE */
static int
build_look(struct row_group *g, const struct target *t)
{
	const struct plan_record *rec = &g->first.r;
	const struct cell_rules *rules = &t->rules;
	struct buf *sql = &g->sql;
	struct buf key = BUF_EMPTY;
	size_t i;
	int rc = -1;

	buf_clear(sql);
	for (i = 0; i < rec->nkey; i++)
		if ((i > 0 && buf_adds(&key, ", ")) ||
		    db_name(&key, rules->rule[rules->key[i]].column->name))
			goto out;
	if (buf_addf(sql, "SELECT %s", key.data))
		goto out;
	for (i = 0; i < rec->ncells; i++)
		if (buf_adds(sql, ", ") ||
		    db_name(sql, row_sql_column(t, rec, i)->name))
			goto out;
	if (buf_adds(sql, " FROM ") ||
	    db_table_name(sql, t->schema->schema, t->here->table->table) ||
	    buf_addf(sql, " WHERE (%s) IN (", key.data))
		goto out;
	for (i = 0; i < g->nrows; i++)
		if ((i > 0 && buf_adds(sql, ", ")) ||
		    row_group_decode(g, i, &g->one) ||
		    add_key(sql, t, &g->one.r))
			goto out;
	rc = buf_adds(sql, ") FOR UPDATE");
out:
	buf_free(&key);
	return rc;
}

static int
has_key(const struct plan_record *rec, const struct db_value *cells)
{
	struct db_value v;
	size_t k;

	for (k = 0; k < rec->nkey; k++) {
		v.data = rec->key[k];
		v.len = rec->key_len[k];
		if (!cells_same(&v, &cells[k]))
			return 0;
	}
	return 1;
}

/* The state of a row, or of one that is not there: 1 when it can be turned or
 * is turned already, 0, -1. */
static int
note_state(struct row_group *g, size_t i, const struct db_value *cells,
    enum step_state from)
{
	const struct plan_record *rec = &g->one.r;
	struct buf why = BUF_EMPTY;
	enum step_state state;

	state = row_state(
	    rec, cells == NULL ? NULL : cells + rec->nkey, NULL, &why);
	buf_free(&why);
	g->row[i].found = 1;
	g->row[i].write = state == from;
	if (state == STEP_FAILED)
		return -1;
	return state != STEP_OTHER;
}

/* A row that came: they come in the key's order, and the group has it forwards
 * or, on the way back, backwards: the search is short. */
static int
take_row(struct row_group *g, const struct db_value *cells,
    enum step_state from, size_t *at)
{
	size_t k, i;

	for (k = 0; k < g->nrows; k++) {
		i = from == STEP_BEFORE ? (*at + k) % g->nrows
					: (*at + g->nrows - k) % g->nrows;
		if (g->row[i].found)
			continue;
		if (row_group_decode(g, i, &g->one))
			return -1;
		if (has_key(&g->one.r, cells)) {
			*at = from == STEP_BEFORE ? i + 1 : i + g->nrows - 1;
			return note_state(g, i, cells, from);
		}
	}
	/* Its key is written otherwise than ours. */
	return 0;
}

/* Lock them, and see which are to be written: 1, 0 (one is neither), -1. */
static int
look(struct row_group *g, const struct target *t, enum step_state from)
{
	const struct db_value *cells;
	struct db_rows *rows;
	size_t i, at = from == STEP_BEFORE ? 0 : g->nrows - 1;
	int rc, ok = 1;

	if (build_look(g, t) || db_select(t->server->db, &g->sql, 0, &rows))
		return -1;
	while (ok == 1 && (rc = db_next(rows, &cells)) == 1)
		ok = take_row(g, cells, from, &at);
	db_rows_free(rows);
	if (ok != 1 || rc == -1)
		return ok == 1 ? -1 : ok;
	for (i = 0; ok == 1 && i < g->nrows; i++) {
		if (g->row[i].found)
			continue;
		if (row_group_decode(g, i, &g->one))
			return -1;
		ok = note_state(g, i, NULL, from);
	}
	return ok;
}

int
row_group_turn(struct row_group *g, const struct target *t,
    enum journal_way way, uint64_t *turned)
{
	enum step_state from =
	    way == JOURNAL_FORWARD ? STEP_BEFORE : STEP_AFTER;
	int create = g->first.r.type == PLAN_CREATE && way == JOURNAL_FORWARD;
	struct db *db = t->server->db;
	size_t i;
	int rc = 1;

	*turned = 0;
	/* Of one row nothing is gained. */
	if (g->nrows < 2)
		return 0;
	for (i = 0; i < g->nrows; i++)
		g->row[i].write = 1;
	db_hush(db, 2);
	if (!create || g->look)
		rc = look(g, t, from);
	if (rc == 1)
		rc = row_group_write(g, t, way, turned);
	db_hush(db, 1);
	/* A row that is there is met with the next rows, too. */
	if (rc == 0 && create)
		g->look = 1;
	return rc;
}
