#include "restore/rows/row_many.h"

#include <stdlib.h>
#include <string.h>

#include "archive/database/db_schema.h"
#include "archive/database/db_write.h"
#include "archive/warn.h"
#include "restore/rows/row_sql.h"

/* The server goes through the keys of a statement for each of its rows.  A full
 * group is a whole number of statements with the same text. */
#define MOST 125

struct row_many {
	const struct target *t;
	int creates; /* they are deleted */
	int after;   /* what they hold afterwards is the cells' after */
	const struct item_column *key;
	const struct item_column **column; /* of each cell */
	size_t ncells, n;
	struct buf mark; /* what a key is in the statement; none: a literal */
	struct db_value keys[MOST];
	struct db_value *values; /* of each cell, those of all rows */
	struct db_value *bound;  /* of the question marks, in their order */
	size_t nbound;
	struct buf sql;
};

struct row_many *
row_many_new(void)
{
	struct row_many *m;

	if ((m = calloc(1, sizeof(*m))) == NULL)
		warn_msg("out of memory");
	return m;
}

static void
forget(struct row_many *m)
{

	free(m->column);
	free(m->values);
	free(m->bound);
	m->column = NULL;
	m->values = m->bound = NULL;
	m->n = 0;
}

void
row_many_free(struct row_many *m)
{

	if (m == NULL)
		return;
	forget(m);
	buf_free(&m->mark);
	buf_wipe(&m->sql);
	free(m);
}

int
row_many_takes(
    const struct target *t, const struct plan_record *rec, enum journal_way way)
{
	const struct item_column *key;

	if (t->rules.nkey != 1 || rec->nkey != 1 ||
	    !db_takes_many(t->server->db) ||
	    (rec->type == PLAN_CREATE && way == JOURNAL_FORWARD))
		return 0;
	key = t->rules.rule[t->rules.key[0]].column;
	return key->charset != NULL || db_is_whole(key) ||
	       strncmp(key->type, "binary", 6) == 0 ||
	       strncmp(key->type, "varbinary", 9) == 0;
}

/* A text is a value like others, which the server reads with less work than a
 * literal, and all statements are one; a number is compared as one. */
static int
find_mark(struct row_many *m)
{

	buf_clear(&m->mark);
	if (!db_is_text(m->key))
		return 0;
	return db_mark(
		   &m->mark, m->key, target_collation(m->t, m->key->name)) == -1
		   ? -1
		   : 0;
}

int
row_many_start(struct row_many *m, const struct target *t,
    const struct plan_record *rec, enum journal_way way)
{
	size_t i;

	forget(m);
	m->t = t;
	m->key = t->rules.rule[t->rules.key[0]].column;
	m->creates = rec->type == PLAN_CREATE;
	m->after = way == JOURNAL_FORWARD;
	m->ncells = m->creates ? 0 : rec->ncells;
	m->column = calloc(m->ncells + 1, sizeof(*m->column));
	m->values = calloc(m->ncells * MOST + 1, sizeof(*m->values));
	m->bound = calloc((2 * m->ncells + 1) * MOST, sizeof(*m->bound));
	if (m->column == NULL || m->values == NULL || m->bound == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < m->ncells; i++)
		m->column[i] = row_sql_column(t, rec, i);
	return find_mark(m);
}

void
row_many_add(struct row_many *m, const struct plan_record *rec)
{
	const struct plan_cell *cell;
	size_t i;

	m->keys[m->n] = (struct db_value){ rec->key[0], rec->key_len[0] };
	for (i = 0; i < m->ncells; i++) {
		cell = &rec->cells[i];
		m->values[i * MOST + m->n] =
		    m->after
			? (struct db_value){ cell->after, cell->after_len }
			: (struct db_value){ cell->before, cell->before_len };
	}
	m->n++;
}

int
row_many_full(const struct row_many *m)
{

	return m->n == MOST;
}

static int
add_key(struct row_many *m, size_t i)
{

	if (m->mark.len == 0)
		return db_literal(&m->sql, m->key, &m->keys[i]);
	m->bound[m->nbound++] = m->keys[i];
	return buf_add(&m->sql, m->mark.data, m->mark.len);
}

/* column = CASE key WHEN literal THEN ? ... END */
static int
add_cell(struct row_many *m, size_t cell)
{
	struct buf *sql = &m->sql;
	size_t i;

	if (buf_adds(sql, cell == 0 ? " SET " : ", ") ||
	    db_name(sql, m->column[cell]->name) || buf_adds(sql, " = CASE ") ||
	    db_name(sql, m->key->name))
		return -1;
	for (i = 0; i < m->n; i++) {
		if (buf_adds(sql, " WHEN ") || add_key(m, i) ||
		    buf_adds(sql, " THEN ") ||
		    buf_adds(sql, row_sql_mark(m->column[cell])))
			return -1;
		m->bound[m->nbound++] = m->values[cell * MOST + i];
	}
	return buf_adds(sql, " END");
}

static int
build(struct row_many *m)
{
	const struct target *t = m->t;
	struct buf *sql = &m->sql;
	size_t i;

	buf_clear(sql);
	m->nbound = 0;
	if (buf_adds(sql, m->creates ? "DELETE FROM " : "UPDATE ") ||
	    db_table_name(sql, t->schema->schema, t->here->table->table))
		return -1;
	for (i = 0; i < m->ncells; i++)
		if (add_cell(m, i))
			return -1;
	if ((!m->creates && row_sql_keep_times(t, sql)) ||
	    buf_adds(sql, " WHERE ") || db_name(sql, m->key->name) ||
	    buf_adds(sql, " IN ("))
		return -1;
	for (i = 0; i < m->n; i++)
		if ((i > 0 && buf_adds(sql, ", ")) || add_key(m, i))
			return -1;
	return buf_addc(sql, ')');
}

int
row_many_write(struct row_many *m, uint64_t *affected)
{
	uint64_t rows = 0;

	if (m->n == 0)
		return 0;
	if (build(m) ||
	    db_exec(m->t->server->db, &m->sql, m->bound, m->nbound, &rows))
		return -1;
	*affected += rows;
	m->n = 0;
	return 0;
}
