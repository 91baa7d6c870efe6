#include "restore/rows/unique_query.h"

#include <stdlib.h>
#include <string.h>

#include "archive/bundle/digest.h"
#include "archive/database/db_query.h"
#include "archive/database/row_name.h"
#include "archive/num.h"
#include "archive/warn.h"

#define MOST_ROWS  200
#define MOST_BYTES (1u << 20)

/* Values that wait for the query. */
struct waiting {
	enum claim what;
	uint64_t turn;
	char *name;
};

struct unique_query {
	const struct target *t;
	const struct table_unique *key;
	size_t *cell;
	unsigned int at;
	struct claims *claims;
	struct buf values; /* SELECT 0 AS i, ... UNION ALL ... */
	struct waiting waits[MOST_ROWS];
	size_t n;
};

struct unique_query *
unique_query_new(const struct target *t, const struct table_unique *key,
    const size_t *cell, unsigned int at, struct claims *claims)
{
	struct unique_query *q;

	if ((q = calloc(1, sizeof(*q))) == NULL ||
	    (q->cell = calloc(key->ncolumns, sizeof(*cell))) == NULL) {
		warn_msg("out of memory");
		free(q);
		return NULL;
	}
	memcpy(q->cell, cell, key->ncolumns * sizeof(*cell));
	q->t = t;
	q->key = key;
	q->at = at;
	q->claims = claims;
	return q;
}

static void
forget(struct unique_query *q)
{

	while (q->n > 0)
		free(q->waits[--q->n].name);
	buf_clear(&q->values);
}

void
unique_query_free(struct unique_query *q)
{

	if (q == NULL)
		return;
	forget(q);
	buf_wipe(&q->values);
	free(q->cell);
	free(q);
}

/* Spaces at the end count in few collations only. */
static int
pads(const char *collation)
{

	return strstr(collation, "nopad") == NULL &&
	       strstr(collation, "_0900_") == NULL;
}

/* One column as the key compares it: its first characters only. */
static int
add_part(struct buf *sql, const struct table_unique_column *c,
    const char *table, const char *name, size_t k)
{

	if (c->prefix > 0 && buf_adds(sql, "LEFT("))
		return -1;
	if (buf_addf(sql, "%s.", table) ||
	    (name != NULL ? db_name(sql, name) : buf_addf(sql, "c%zu", k)))
		return -1;
	return c->prefix > 0 ? buf_addf(sql, ", %u)", c->prefix) : 0;
}

/* What the values compare as, one text for all columns: equal for equal. */
static int
add_weight(const struct unique_query *q, struct buf *sql)
{
	const struct table_unique_column *c;
	size_t k;

	if (buf_adds(sql, ", CONCAT_WS(','"))
		return -1;
	for (k = 0; k < q->key->ncolumns; k++) {
		c = &q->key->columns[k];
		if (buf_adds(sql, c->collation == NULL ? ", HEX("
				  : pads(c->collation) ? ", HEX(WEIGHT_STRING("
							 "RTRIM("
						       : ", HEX(WEIGHT_STRING("
							 "(") ||
		    add_part(sql, c, "w", NULL, k) ||
		    buf_adds(sql, c->collation == NULL ? ")" : ")))"))
			return -1;
	}
	return buf_addc(sql, ')');
}

/* SELECT w.i, weights, the other row's primary key FROM (values) AS w LEFT JOIN
 * the table ON all of the key's columns. */
static int
build(const struct unique_query *q, struct buf *sql)
{
	const struct cell_rules *rules = &q->t->rules;
	size_t k;

	if (buf_adds(sql, "SELECT w.i") || add_weight(q, sql))
		return -1;
	for (k = 0; k < rules->nkey; k++)
		if (buf_adds(sql, ", t.") ||
		    db_name(sql, rules->rule[rules->key[k]].column->name))
			return -1;
	if (buf_adds(sql, " FROM (") ||
	    buf_add(sql, q->values.data, q->values.len) ||
	    buf_adds(sql, ") AS w LEFT JOIN ") ||
	    db_table_name(
		sql, q->t->schema->schema, q->t->here->table->table) ||
	    buf_adds(sql, " AS t ON "))
		return -1;
	for (k = 0; k < q->key->ncolumns; k++)
		if ((k > 0 && buf_adds(sql, " AND ")) ||
		    add_part(sql, &q->key->columns[k], "t",
			q->key->columns[k].name, k) ||
		    buf_adds(sql, " = ") ||
		    add_part(sql, &q->key->columns[k], "w", NULL, k))
			return -1;
	return 0;
}

static unsigned int
hex_digit(char c)
{

	return (unsigned int)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static int
make_print(const struct unique_query *q, const char *bytes, size_t len,
    unsigned char print[CLAIM_PRINT])
{
	struct buf all = BUF_EMPTY;
	char hex[65];
	size_t i;
	int rc = -1;

	if (buf_addf(&all, "%u:", q->at) || buf_add(&all, bytes, len) ||
	    digest_bytes(all.data, all.len, hex))
		goto done;
	for (i = 0; i < CLAIM_PRINT; i++)
		print[i] = (unsigned char)(hex_digit(hex[2 * i]) << 4 |
					   hex_digit(hex[2 * i + 1]));
	rc = 0;
done:
	buf_wipe(&all);
	return rc;
}

/* One row of the answer: i, weights, primary key of who holds it here. */
static int
take_answer(struct unique_query *q, const struct db_value *cells)
{
	const struct item_table *t = q->t->source->table;
	unsigned char print[CLAIM_PRINT];
	struct buf other = BUF_EMPTY;
	const struct waiting *w;
	uint64_t i;
	int rc = -1;

	if (cells[0].data == NULL || num_u64(cells[0].data, q->n - 1, &i) ||
	    make_print(q, cells[1].data == NULL ? "" : cells[1].data,
		cells[1].len, print))
		return -1;
	w = &q->waits[i];
	if (claims_add(q->claims, w->what, print, w->turn, q->at, w->name))
		return -1;
	if (w->what != CLAIM_WANT || cells[2].data == NULL)
		return 0;
	if (row_name(
		t->schema, t->table, &cells[2], q->t->rules.nkey, &other) == 0)
		rc = strcmp(other.data, w->name) == 0
			 ? 0
			 : claims_add(q->claims, CLAIM_HERE, print, w->turn,
			       q->at, other.data);
	buf_free(&other);
	return rc;
}

static int
ask(struct unique_query *q)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	int rc = -1;

	if (q->n == 0)
		return 0;
	if (build(q, &sql) || db_select(q->t->server->db, &sql, 0, &rows))
		goto done;
	while ((rc = db_next(rows, &cells)) == 1)
		if ((rc = take_answer(q, cells)) != 0)
			break;
	db_rows_free(rows);
done:
	buf_wipe(&sql);
	forget(q);
	return rc;
}

/* Without a server: the bytes, but for what the collation surely passes over.
 */
static int
claim_bytes(struct unique_query *q, const char *name, uint64_t turn,
    const struct db_value *then)
{
	const struct table_unique_column *c;
	unsigned char print[CLAIM_PRINT];
	struct buf all = BUF_EMPTY;
	const struct db_value *v;
	size_t i, k, len;
	char b;
	int rc = -1;

	for (k = 0; k < q->key->ncolumns; k++) {
		c = &q->key->columns[k];
		v = &then[q->cell[k]];
		len = v->len;
		while (c->collation != NULL && pads(c->collation) && len > 0 &&
		       v->data[len - 1] == ' ')
			len--;
		if (c->prefix > 0 && len > c->prefix)
			len = c->prefix;
		if (buf_addf(&all, "%zu:", len))
			goto done;
		for (i = 0; i < len; i++) {
			b = v->data[i];
			if (c->collation != NULL && b >= 'A' && b <= 'Z' &&
			    strstr(c->collation, "_ci") != NULL)
				b = (char)(b - 'A' + 'a');
			if (buf_addc(&all, b))
				goto done;
		}
	}
	if (make_print(q, all.data, all.len, print) == 0)
		rc =
		    claims_add(q->claims, CLAIM_WANT, print, turn, q->at, name);
done:
	buf_wipe(&all);
	return rc;
}

static int
add_value(struct buf *sql, const struct table_unique_column *c,
    const struct item_column *column, const struct db_value *v)
{

	if (db_literal(sql, column, v))
		return -1;
	if (c->collation == NULL)
		return 0;
	return buf_adds(sql, " COLLATE ") || db_name(sql, c->collation) ? -1
									: 0;
}

/* SQL NULL is equal to nothing. */
static int
has_null(const struct unique_query *q, const struct db_value *row)
{
	size_t k;

	for (k = 0; k < q->key->ncolumns; k++)
		if (row[q->cell[k]].data == NULL)
			return 1;
	return 0;
}

static int
wait_for(struct unique_query *q, enum claim what, const char *name,
    uint64_t turn, const struct db_value *row)
{
	struct waiting *w = &q->waits[q->n];
	size_t k;

	if (has_null(q, row))
		return 0;
	if (buf_addf(&q->values, "%sSELECT %zu AS i",
		q->n == 0 ? "" : " UNION ALL ", q->n))
		return -1;
	for (k = 0; k < q->key->ncolumns; k++)
		if (buf_adds(&q->values, ", ") ||
		    add_value(&q->values, &q->key->columns[k],
			q->t->rules.rule[q->cell[k]].column,
			&row[q->cell[k]]) ||
		    buf_addf(&q->values, " AS c%zu", k))
			return -1;
	if ((w->name = strdup(name)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	w->what = what;
	w->turn = turn;
	q->n++;
	if (q->n == MOST_ROWS || q->values.len >= MOST_BYTES)
		return ask(q);
	return 0;
}

static int
same(const struct unique_query *q, const struct db_value *a,
    const struct db_value *b)
{
	const struct db_value *x, *y;
	size_t k;

	for (k = 0; k < q->key->ncolumns; k++) {
		x = &a[q->cell[k]];
		y = &b[q->cell[k]];
		if ((x->data == NULL) != (y->data == NULL) ||
		    x->len != y->len ||
		    (x->data != NULL && memcmp(x->data, y->data, x->len) != 0))
			return 0;
	}
	return 1;
}

int
unique_query_row(struct unique_query *q, const char *name, uint64_t turn,
    const struct db_value *now, const struct db_value *then)
{

	/* Of a description every row may have to be made. */
	if (q->t->server->db == NULL)
		return has_null(q, then) ? 0 : claim_bytes(q, name, turn, then);
	if (now != NULL && same(q, now, then))
		return 0;
	if (now != NULL && wait_for(q, CLAIM_FREE, name, turn, now))
		return -1;
	return wait_for(q, CLAIM_WANT, name, turn, then);
}

int
unique_query_end(struct unique_query *q)
{

	return ask(q);
}
