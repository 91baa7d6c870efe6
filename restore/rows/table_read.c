#include "restore/rows/table_read.h"

#include <stdlib.h>

#include "archive/database/db_query.h"
#include "archive/warn.h"
#include "restore/rows/cells.h"

/* One piece of the table: so many bytes, cells and rows at most, or one row. */
#define PIECE_BYTES ((size_t)1 << 20)
#define PIECE_CELLS ((size_t)32 << 10)
#define PIECE_ROWS  1024u
#define FIRST_ROWS  64u

struct piece {
	struct db_value *cells; /* row by row */
	struct buf bytes;       /* of the cells */
	size_t width, nrows, most;
};

struct table_read {
	const struct target *t;
	const struct cell_rules *rules;
	struct piece piece[2];
	size_t now;   /* the piece at hand; the other may be being read */
	int reading;  /* it is */
	int over;     /* there is no other */
	size_t pos;   /* the row at hand */
	size_t limit; /* rows of a piece, asked for at once */
	struct buf sql;
};

static int
piece_open(struct piece *p, size_t width)
{

	p->width = width;
	p->most = PIECE_CELLS / (width + 1);
	if (p->most > PIECE_ROWS)
		p->most = PIECE_ROWS;
	if ((p->cells = calloc(p->most * width + 1, sizeof(*p->cells))) ==
	    NULL) {
		warn_msg("out of memory");
		return -1;
	}
	return buf_reserve(&p->bytes, PIECE_BYTES) == NULL ? -1 : 0;
}

struct table_read *
table_read_new(const struct target *t, const struct cell_rules *rules)
{
	struct table_read *r;

	if ((r = calloc(1, sizeof(*r))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	r->t = t;
	r->rules = rules;
	if (piece_open(&r->piece[0], rules->n) ||
	    piece_open(&r->piece[1], rules->n)) {
		table_read_free(r);
		return NULL;
	}
	r->limit = FIRST_ROWS;
	if (r->limit > r->piece[0].most)
		r->limit = r->piece[0].most;
	return r;
}

void
table_read_free(struct table_read *r)
{
	size_t i;

	if (r == NULL)
		return;
	/* What it read is not wanted any more. */
	if (r->reading)
		(void)!db_ahead_wait(r->t->server->db);
	for (i = 0; i < 2; i++) {
		buf_wipe(&r->piece[i].bytes);
		free(r->piece[i].cells);
	}
	buf_wipe(&r->sql);
	free(r);
}

/* (a > A OR (a = A AND (b > B OR ...))): behind the row that was read last. */
static int
add_behind(struct table_read *r, const struct db_value *last)
{
	const struct cell_rules *rules = r->rules;
	const struct item_column *c;
	struct buf *sql = &r->sql;
	size_t k;

	for (k = 0; k < rules->nkey; k++) {
		c = rules->rule[rules->key[k]].column;
		if (buf_adds(sql, k == 0 ? " WHERE (" : " AND (") ||
		    db_name(sql, c->name) || buf_adds(sql, " > ") ||
		    db_literal(sql, c, &last[rules->key[k]]))
			return -1;
		if (k + 1 == rules->nkey)
			break;
		if (buf_adds(sql, " OR (") || db_name(sql, c->name) ||
		    buf_adds(sql, " = ") ||
		    db_literal(sql, c, &last[rules->key[k]]))
			return -1;
	}
	for (k = 1; k < rules->nkey; k++)
		if (buf_adds(sql, "))"))
			return -1;
	return buf_addc(sql, ')');
}

/* SELECT columns FROM table [WHERE ...] ORDER BY key LIMIT n */
static int
build_query(struct table_read *r)
{
	const struct piece *now = &r->piece[r->now];
	const struct cell_rules *rules = r->rules;
	size_t k;

	buf_clear(&r->sql);
	if (target_select(r->t, rules, &r->sql) ||
	    (now->nrows > 0 &&
		add_behind(r, now->cells + (now->nrows - 1) * now->width)))
		return -1;
	for (k = 0; k < rules->nkey; k++)
		if (buf_adds(&r->sql, k == 0 ? " ORDER BY " : ", ") ||
		    db_name(&r->sql, rules->rule[rules->key[k]].column->name))
			return -1;
	return buf_addf(&r->sql, " LIMIT %zu", r->limit);
}

/* db_take: copy a row into the piece. */
static int
take_row(void *cookie, const struct db_value *cells)
{
	struct piece *p = cookie;
	size_t len = cells_bytes(cells, p->width);

	if (p->nrows == p->most ||
	    (p->nrows > 0 && p->bytes.len + len > PIECE_BYTES))
		return 0;
	/* The room is there, but for a first row that is longer. */
	if (buf_reserve(&p->bytes, len) == NULL)
		return -1;
	cells_copy(p->cells + p->nrows * p->width, cells, p->width,
	    p->bytes.data + p->bytes.len);
	p->bytes.len += len;
	p->nrows++;
	return 1;
}

/* Let the piece behind the one at hand be read. */
static int
start(struct table_read *r)
{
	struct piece *p = &r->piece[!r->now];

	p->nrows = 0;
	buf_clear(&p->bytes);
	if (build_query(r) || db_ahead(r->t->server->db, &r->sql, take_row, p))
		return -1;
	r->reading = 1;
	return 0;
}

/* The piece that is being read is the one at hand next. */
static int
turn(struct table_read *r)
{
	struct piece *p = &r->piece[!r->now];
	int end;

	if (!r->reading && start(r))
		return -1;
	r->reading = 0;
	if ((end = db_ahead_wait(r->t->server->db)) == -1)
		return -1;
	r->over = end == 0 && p->nrows < r->limit;
	/* What did not fit is read again, with fewer rows at once. */
	if (end == 1)
		r->limit = p->nrows > 1 ? p->nrows - p->nrows / 4 : 1;
	else if (p->bytes.len < PIECE_BYTES / 2)
		r->limit = r->limit > p->most / 2 ? p->most : 2 * r->limit;
	r->now = !r->now;
	r->pos = 0;
	return r->over ? 0 : start(r);
}

int
table_read_row(struct table_read *r, const struct db_value **row)
{
	const struct piece *p;

	for (p = &r->piece[r->now]; r->pos == p->nrows; p = &r->piece[r->now]) {
		if (r->over)
			return 0;
		if (turn(r))
			return -1;
	}
	*row = p->cells + r->pos * p->width;
	return 1;
}

void
table_read_pass(struct table_read *r)
{

	r->pos++;
}
