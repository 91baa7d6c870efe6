#include "restore/rows/batch.h"

#include <stdlib.h>
#include <string.h>

#include "archive/database/db_query.h"
#include "archive/warn.h"

#define BATCH_BYTES (4u << 20)

struct row {
	struct db_value *captured; /* one allocation, values behind the cells */
	struct db_value *current;
};

struct batch {
	const struct target *t;
	struct row row[BATCH_ROWS];
	size_t nrows, bytes;
	struct db_rows *rows; /* holds the bytes of what is current */
};

struct batch *
batch_new(const struct target *t)
{
	struct batch *b;

	if ((b = calloc(1, sizeof(*b))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	b->t = t;
	return b;
}

void
batch_clear(struct batch *b)
{
	size_t i;

	for (i = 0; i < b->nrows; i++) {
		free(b->row[i].captured);
		free(b->row[i].current);
	}
	memset(b->row, 0, b->nrows * sizeof(b->row[0]));
	b->nrows = 0;
	b->bytes = 0;
	db_rows_free(b->rows);
	b->rows = NULL;
}

void
batch_free(struct batch *b)
{

	if (b == NULL)
		return;
	batch_clear(b);
	free(b);
}

int
batch_add(struct batch *b, const struct db_value *cells)
{
	size_t n = b->t->rules.n, i, len = 0;
	struct db_value *to;
	char *bytes;

	for (i = 0; i < n; i++)
		len += cells[i].len + 1;
	if ((to = malloc(n * sizeof(*to) + len)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	bytes = (char *)(to + n);
	for (i = 0; i < n; i++) {
		to[i].data = NULL;
		to[i].len = cells[i].len;
		if (cells[i].data == NULL)
			continue;
		to[i].data = bytes;
		memcpy(bytes, cells[i].data, cells[i].len);
		bytes[cells[i].len] = '\0';
		bytes += cells[i].len + 1;
	}
	b->row[b->nrows++].captured = to;
	b->bytes += len;
	return 0;
}

int
batch_full(const struct batch *b)
{

	return b->nrows == BATCH_ROWS || b->bytes >= BATCH_BYTES;
}

size_t
batch_rows(const struct batch *b)
{

	return b->nrows;
}

/* SELECT columns FROM table WHERE (key) IN ((...), ...) */
static int
build_query(const struct batch *b, struct buf *sql)
{
	const struct target *t = b->t;
	const struct cell_rules *rules = &t->rules;
	const struct db_value *cells;
	size_t i, k;

	for (i = 0; i < rules->n; i++)
		if (buf_adds(sql, i == 0 ? "SELECT " : ", ") ||
		    db_name(sql, rules->rule[i].column->name))
			return -1;
	if (buf_adds(sql, " FROM ") ||
	    db_table_name(sql, t->schema->schema, t->here->table->table))
		return -1;
	for (k = 0; k < rules->nkey; k++)
		if (buf_adds(sql, k == 0 ? " WHERE (" : ", ") ||
		    db_name(sql, rules->rule[rules->key[k]].column->name))
			return -1;
	for (i = 0; i < b->nrows; i++) {
		cells = b->row[i].captured;
		for (k = 0; k < rules->nkey; k++)
			if (buf_adds(sql, k > 0   ? ", "
					  : i > 0 ? "), ("
						  : ") IN ((") ||
			    db_literal(sql, rules->rule[rules->key[k]].column,
				&cells[rules->key[k]]))
				return -1;
	}
	return buf_adds(sql, "))");
}

static int
same_key(const struct cell_rules *rules, const struct db_value *a,
    const struct db_value *b)
{
	size_t k, c;

	for (k = 0; k < rules->nkey; k++) {
		c = rules->key[k];
		if (a[c].data == NULL || b[c].data == NULL ||
		    a[c].len != b[c].len ||
		    memcmp(a[c].data, b[c].data, a[c].len) != 0)
			return 0;
	}
	return 1;
}

/* Give one row that is here to the captured one with its key.  Both come in the
 * key's order, so that the search from where the last was found is short. */
static int
place_row(struct batch *b, const struct db_value *cells, size_t *from)
{
	size_t n = b->t->rules.n, i, at;
	struct db_value *copy;

	for (i = 0; i < b->nrows; i++) {
		at = (*from + i) % b->nrows;
		if (b->row[at].current == NULL &&
		    same_key(&b->t->rules, b->row[at].captured, cells))
			break;
	}
	if (i == b->nrows)
		return 0;
	if ((copy = malloc(n * sizeof(*copy))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	memcpy(copy, cells, n * sizeof(*copy));
	b->row[at].current = copy;
	*from = at + 1;
	return 0;
}

int
batch_fetch(struct batch *b)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	size_t from = 0;
	int rc = -1;

	/* A description has no rows. */
	if (b->nrows == 0 || b->t->server->db == NULL)
		return 0;
	if (build_query(b, &sql) == 0)
		rc = db_select(b->t->server->db, &sql, 0, &b->rows);
	buf_free(&sql);
	if (rc)
		return -1;
	while ((rc = db_next(b->rows, &cells)) == 1)
		if (place_row(b, cells, &from))
			return -1;
	return rc;
}

const struct db_value *
batch_captured(const struct batch *b, size_t i)
{

	return b->row[i].captured;
}

const struct db_value *
batch_current(const struct batch *b, size_t i)
{

	return b->row[i].current;
}
