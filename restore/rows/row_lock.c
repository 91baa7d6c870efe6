#include "restore/rows/row_lock.h"

#include <stdlib.h>
#include <string.h>

#include "archive/database/db_query.h"
#include "archive/warn.h"
#include "restore/rows/cells.h"
#include "restore/rows/row_key.h"
#include "restore/rows/row_sql.h"
#include "restore/rows/row_state.h"

/* "(" the key is this row's ")", before or after the change. */
static int
add_key(struct buf *sql, const struct target *t, const struct plan_record *rec,
    int after)
{
	const struct item_column *c;
	struct db_value v;
	size_t k;

	for (k = 0; k < rec->nkey; k++) {
		c = t->rules.rule[t->rules.key[k]].column;
		v = row_key(t, rec, k, after);
		if (buf_adds(sql, k == 0 ? "(" : " AND ") ||
		    db_name(sql, c->name) || buf_adds(sql, " = ") ||
		    db_literal(sql, c, &v))
			return -1;
	}
	return buf_addc(sql, ')');
}

/* The cells, and the key behind them. */
static int
build(struct buf *sql, const struct target *t, const struct plan_record *rec)
{
	const struct cell_rules *rules = &t->rules;
	size_t i;

	if (buf_adds(sql, "SELECT "))
		return -1;
	for (i = 0; i < rec->ncells; i++)
		if (db_name(sql, row_sql_column(t, rec, i)->name) ||
		    buf_adds(sql, ", "))
			return -1;
	for (i = 0; i < rec->nkey; i++)
		if ((i > 0 && buf_adds(sql, ", ")) ||
		    db_name(sql, rules->rule[rules->key[i]].column->name))
			return -1;
	if (buf_adds(sql, " FROM ") ||
	    db_table_name(sql, t->schema->schema, t->here->table->table) ||
	    buf_adds(sql, " WHERE ") || add_key(sql, t, rec, 0))
		return -1;
	if (row_key_moves(t, rec) &&
	    (buf_adds(sql, " OR ") || add_key(sql, t, rec, 1)))
		return -1;
	return buf_adds(sql, " FOR UPDATE");
}

/* Does a row that came stand under the key that the change gives? */
static int
has_moved(const struct target *t, const struct plan_record *rec,
    const struct db_value *cells)
{
	struct db_value v;
	size_t k;

	if (!row_key_moves(t, rec))
		return 0;
	for (k = 0; k < rec->nkey; k++) {
		v = row_key(t, rec, k, 1);
		if (!cells_same(&v, &cells[rec->ncells + k]))
			return 0;
	}
	return 1;
}

/* The one or two rows that came: 0 or -1.  ${to} has room for both. */
static int
take(const struct target *t, const struct plan_record *rec,
    struct db_rows *rows, struct db_value *to, const struct db_value *found[2])
{
	size_t n = rec->ncells + rec->nkey;
	const struct db_value *cells;
	int rc, at;

	found[0] = found[1] = NULL;
	while ((rc = db_next(rows, &cells)) == 1) {
		at = has_moved(t, rec, cells);
		if (found[at] != NULL)
			continue;
		found[at] =
		    memcpy(&to[at == 0 ? 0 : n], cells, n * sizeof(*to));
	}
	return rc;
}

enum step_state
row_lock(const struct target *t, const struct plan_record *rec,
    enum journal_way way, struct buf *why)
{
	size_t n = rec->ncells + rec->nkey;
	enum step_state state = STEP_FAILED;
	const struct db_value *found[2];
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows = NULL;
	struct db_value *cells;

	if ((cells = calloc(2 * n, sizeof(*cells))) == NULL) {
		warn_msg("out of memory");
		return STEP_FAILED;
	}
	if (build(&sql, t, rec) == 0 &&
	    db_select(t->server->db, &sql, 0, &rows) == 0 &&
	    take(t, rec, rows, cells, found) == 0)
		state = row_state_two(rec, found[0], found[1], NULL,
		    way == JOURNAL_FORWARD ? STEP_BEFORE : STEP_AFTER, why);
	db_rows_free(rows);
	buf_free(&sql);
	free(cells);
	return state;
}
