#include "restore/rows/batch.h"

#include <stdlib.h>
#include <string.h>

#include "archive/database/db_query.h"
#include "archive/warn.h"
#include "restore/rows/cells.h"
#include "restore/rows/key_order.h"

#define BATCH_BYTES (4u << 20)

struct row {
	struct db_value *captured; /* one allocation, values behind the cells */
	struct db_value *key;      /* in it: the other key, or NULL */
	struct db_value *current, *moved;
};

struct batch {
	const struct target *t;
	struct row row[BATCH_ROWS];
	size_t nrows, bytes;
	size_t nmoves; /* rows with another key */
	int sparse;    /* between its rows there are many others */
	/* Hold the bytes of what is current: those from the first to the last
	 * row, and those that were asked for by their keys. */
	struct db_rows *range, *rows;
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
		free(b->row[i].moved);
	}
	memset(b->row, 0, b->nrows * sizeof(b->row[0]));
	b->nrows = 0;
	b->bytes = b->nmoves = 0;
	db_rows_free(b->range);
	db_rows_free(b->rows);
	b->range = b->rows = NULL;
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
batch_add(
    struct batch *b, const struct db_value *cells, const struct db_value *key)
{
	size_t n = b->t->rules.n, nkey = key == NULL ? 0 : b->t->rules.nkey;
	size_t len = cells_bytes(cells, n) + cells_bytes(key, nkey);
	struct row *row = &b->row[b->nrows];
	struct db_value *to;
	char *bytes;

	if ((to = malloc((n + nkey) * sizeof(*to) + len)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	bytes = cells_copy(to, cells, n, (char *)(to + n + nkey));
	if (key != NULL) {
		cells_copy(row->key = to + n, key, nkey, bytes);
		b->nmoves++;
	}
	row->captured = to;
	b->nrows++;
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

/* "(" the parts of a key ")": ${key}'s own, or by its place in a row. */
static int
add_key(const struct batch *b, struct buf *sql, const struct db_value *cells,
    const struct db_value *key)
{
	const struct cell_rules *rules = &b->t->rules;
	size_t k;

	for (k = 0; k < rules->nkey; k++)
		if (buf_adds(sql, k > 0 ? ", " : "(") ||
		    db_literal(sql, rules->rule[rules->key[k]].column,
			key != NULL ? &key[k] : &cells[rules->key[k]]))
			return -1;
	return buf_addc(sql, ')');
}

/* SELECT ... WHERE (key) IN ((...), ...), for the rows that were not found yet:
 * how many, or -1. */
static int
build_keys(const struct batch *b, struct buf *sql)
{
	const struct cell_rules *rules = &b->t->rules;
	const struct row *row;
	size_t i, k;
	int n = 0;

	if (target_select(b->t, rules, sql))
		return -1;
	for (k = 0; k < rules->nkey; k++)
		if (buf_adds(sql, k == 0 ? " WHERE (" : ", ") ||
		    db_name(sql, rules->rule[rules->key[k]].column->name))
			return -1;
	for (i = 0; i < b->nrows; i++) {
		row = &b->row[i];
		if (row->current != NULL)
			continue;
		if (buf_adds(sql, n++ == 0 ? ") IN (" : ", ") ||
		    add_key(b, sql, row->captured, NULL))
			return -1;
		if (row->key != NULL &&
		    (buf_adds(sql, ", ") || add_key(b, sql, NULL, row->key)))
			return -1;
	}
	return buf_addc(sql, ')') ? -1 : n;
}

/* So many rows at most are read from the first to the last. */
static size_t
range_most(const struct batch *b)
{

	return b->nrows + b->nrows / 4 + 1;
}

/* SELECT ... WHERE key >= the first AND key <= the last LIMIT n */
static int
build_range(const struct batch *b, struct buf *sql)
{
	size_t at = b->t->rules.key[0];
	const struct item_column *c = b->t->rules.rule[at].column;

	if (target_select(b->t, &b->t->rules, sql) ||
	    buf_adds(sql, " WHERE ") || db_name(sql, c->name) ||
	    buf_adds(sql, " >= ") ||
	    db_literal(sql, c, &b->row[0].captured[at]) ||
	    buf_adds(sql, " AND ") || db_name(sql, c->name) ||
	    buf_adds(sql, " <= ") ||
	    db_literal(sql, c, &b->row[b->nrows - 1].captured[at]))
		return -1;
	return buf_addf(sql, " LIMIT %zu", range_most(b));
}

/* Have cells that key, or that which the captured row has? */
static int
has_key(const struct cell_rules *rules, const struct db_value *cells,
    const struct db_value *captured, const struct db_value *key)
{
	const struct db_value *a, *b;
	size_t k;

	for (k = 0; k < rules->nkey; k++) {
		a = &cells[rules->key[k]];
		b = key != NULL ? &key[k] : &captured[rules->key[k]];
		if (!cells_same(a, b))
			return 0;
	}
	return 1;
}

static int
give(const struct batch *b, const struct db_value *cells, struct db_value **to)
{
	size_t n = b->t->rules.n;

	if ((*to = malloc(n * sizeof(**to))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	memcpy(*to, cells, n * sizeof(**to));
	return 0;
}

/* Give one row that is here to the captured one with its key.  Both come in the
 * key's order, so that the search from where the last was found is short. */
static int
place_row(struct batch *b, const struct db_value *cells, size_t *from)
{
	const struct cell_rules *rules = &b->t->rules;
	struct row *row;
	size_t i, at;

	for (i = 0; i < b->nrows; i++) {
		at = (*from + i) % b->nrows;
		row = &b->row[at];
		if (row->current == NULL &&
		    has_key(rules, cells, row->captured, NULL)) {
			*from = at + 1;
			if (give(b, cells, &row->current))
				return -1;
			break;
		}
	}
	/* It may be where another row goes to. */
	for (i = 0; b->nmoves > 0 && i < b->nrows; i++) {
		row = &b->row[i];
		if (row->key != NULL && row->moved == NULL &&
		    has_key(rules, cells, NULL, row->key) &&
		    give(b, cells, &row->moved))
			return -1;
	}
	return 0;
}

/* Ask, and give what comes to the rows: how many came, or -1. */
static long
ask(struct batch *b, const struct buf *sql, struct db_rows **rows)
{
	const struct db_value *cells;
	size_t from = 0;
	long n = 0;
	int rc;

	if (db_select(b->t->server->db, sql, 0, rows))
		return -1;
	while ((rc = db_next(*rows, &cells)) == 1) {
		if (place_row(b, cells, &from))
			return -1;
		n++;
	}
	return rc == 0 ? n : -1;
}

/* Is a row that did not come between the first and the last not there?  Of
 * whole numbers that is certain, where they come in their order. */
static int
is_certain(const struct batch *b)
{
	size_t at = b->t->rules.key[0], i;
	const struct item_column *c = b->t->rules.rule[at].column;

	if (!db_is_whole(c) || !key_is_ordered(c))
		return 0;
	for (i = 0; i + 1 < b->nrows; i++)
		if (key_order(c, &b->row[i].captured[at],
			&b->row[i + 1].captured[at]) > 0)
			return 0;
	return 1;
}

/* What is here from the first row to the last, which a server reads with much
 * less work: 1, nothing else has to be asked for; 0, -1. */
static int
fetch_range(struct batch *b)
{
	struct buf sql = BUF_EMPTY;
	long n = -1;

	if (b->sparse || b->t->rules.nkey != 1 || b->nmoves > 0 || b->nrows < 2)
		return 0;
	if (build_range(b, &sql) == 0)
		n = ask(b, &sql, &b->range);
	buf_free(&sql);
	if (n == -1)
		return -1;
	b->sparse = (size_t)n == range_most(b);
	return !b->sparse && is_certain(b);
}

int
batch_fetch(struct batch *b)
{
	struct buf sql = BUF_EMPTY;
	int rc;

	/* A description has no rows. */
	if (b->nrows == 0 || b->t->server->db == NULL)
		return 0;
	if ((rc = fetch_range(b)) != 0)
		return rc == 1 ? 0 : -1;
	if ((rc = build_keys(b, &sql)) > 0 && ask(b, &sql, &b->rows) == -1)
		rc = -1;
	buf_free(&sql);
	return rc == -1 ? -1 : 0;
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

const struct db_value *
batch_moved(const struct batch *b, size_t i)
{

	return b->row[i].moved;
}

int
batch_moves(const struct batch *b, size_t i)
{

	return b->row[i].key != NULL;
}
