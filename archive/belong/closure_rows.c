#include "archive/belong/closure_key.h"
#include "archive/warn.h"

/* (k1 = v1 AND k2 = v2), or a value of k IN (...) */
static int
add_row(struct buf *sql, const struct closure_table *t,
    const struct idset_value *v, size_t n)
{
	const struct item_column *c;
	struct db_value cell;
	size_t i, at = 0;

	for (i = 0; i < t->nkey; i++) {
		c = &t->item->table->columns[t->key[i]];
		closure_key_cell(v, &at, &cell);
		if (t->nkey > 1 && buf_adds(sql, i > 0   ? " AND "
						 : n > 0 ? " OR ("
							 : "("))
			return -1;
		if (t->nkey == 1 && n > 0 && buf_adds(sql, ", "))
			return -1;
		if ((t->nkey > 1 || n == 0) && db_name(sql, c->name))
			return -1;
		if (t->nkey > 1 ? buf_adds(sql, " = ")
				: n == 0 && buf_adds(sql, " IN ("))
			return -1;
		if (db_literal(sql, c, &cell))
			return -1;
	}
	return t->nkey > 1 ? buf_addc(sql, ')') : 0;
}

static int
read_batch(struct closure_table *t, size_t *cursor, struct db_rows **rows)
{
	size_t n = 0, all = idset_count(t->rows);
	struct buf where = BUF_EMPTY;
	struct idset_value v;
	int rc = -1;

	if (*cursor == 0 && closure_key_sort(t))
		return -1;
	for (; n < CLOSURE_BATCH && *cursor < all; n++, (*cursor)++) {
		idset_sorted(t->rows, *cursor, &v);
		if (add_row(&where, t, &v, n))
			goto out;
	}
	if (t->nkey == 1 && buf_addc(&where, ')'))
		goto out;
	rc = db_read_where(t->server->db, t->item->table, &where, rows);
out:
	buf_free(&where);
	return rc;
}

int
closure_next(struct closure *c, struct db_server *server,
    const struct item_table *t, size_t *cursor, struct db_rows **rows)
{
	struct closure_table *known;

	known = closure_table(c, server, t->schema, t->table);
	if (known == NULL) {
		warn_msg("%s.%s came while the databases were read", t->schema,
		    t->table);
		return -1;
	}
	if (known->whole) {
		if ((*cursor)++ > 0)
			return 0;
		return db_read_table(server->db, t, rows) ? -1 : 1;
	}
	if (*cursor == idset_count(known->rows))
		return 0;
	return read_batch(known, cursor, rows) ? -1 : 1;
}
