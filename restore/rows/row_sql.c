#include "restore/rows/row_sql.h"

#include <stdlib.h>
#include <string.h>

#include "archive/database/db_schema.h"
#include "archive/database/db_write.h"
#include "archive/warn.h"
#include "restore/rows/row_key.h"

const struct item_column *
row_sql_column(
    const struct target *t, const struct plan_record *rec, size_t cell)
{
	const struct item_column *c;
	size_t i, n = t->rules.n;

	/* A new row's cells come in the table's own order, so that the search
	 * is short. */
	for (i = 0; i < n; i++) {
		c = t->rules.rule[(cell + i) % n].column;
		if (strcmp(c->name, rec->cells[cell].name) == 0)
			return c;
	}
	return NULL;
}

int
row_sql_fits(
    const struct target *t, const struct plan_record *rec, struct buf *why)
{
	size_t i;

	if (t->rules.nkey != rec->nkey || rec->nkey == 0)
		return buf_adds(why, "the table has another primary key") ? -1
									  : 0;
	for (i = 0; i < rec->ncells; i++)
		if (row_sql_column(t, rec, i) == NULL)
			return buf_addf(why, "the table has no column %s",
				   rec->cells[i].name)
				   ? -1
				   : 0;
	return 1;
}

/* A statement while it is built, and the values of its question marks. */
struct statement {
	struct buf sql;
	struct db_value *values;
	size_t n;
};

static int
start(struct statement *st, const struct target *t, const char *verb)
{

	if (buf_adds(&st->sql, verb))
		return -1;
	return db_table_name(
	    &st->sql, t->schema->schema, t->here->table->table);
}

/* The value of the next question mark. */
static void
add_value(struct statement *st, const char *data, size_t len)
{

	st->values[st->n].data = data;
	st->values[st->n++].len = len;
}

/* What a cell holds before the change, or after it. */
static void
add_cell(struct statement *st, const struct plan_cell *cell, int after)
{

	if (after)
		add_value(st, cell->after, cell->after_len);
	else
		add_value(st, cell->before, cell->before_len);
}

const char *
row_sql_mark(const struct item_column *c)
{

	return db_takes_text(c) ? "CONVERT(? USING utf8)" : "?";
}

/* WHERE the key is this row's, before or after the change: a value like others,
 * so that all rows share one statement; but a literal where only that compares
 * by its column's own rules, so that the key's index is used. */
static int
add_where(struct statement *st, const struct target *t,
    const struct plan_record *rec, int after)
{
	const struct item_column *c;
	struct db_value v;
	size_t k;
	int rc;

	for (k = 0; k < rec->nkey; k++) {
		c = t->rules.rule[t->rules.key[k]].column;
		v = row_key(t, rec, k, after);
		if (buf_adds(&st->sql, k == 0 ? " WHERE " : " AND ") ||
		    db_name(&st->sql, c->name) || buf_adds(&st->sql, " = ") ||
		    (rc = db_mark(&st->sql, c, target_collation(t, c->name))) ==
			-1)
			return -1;
		if (rc == 1)
			add_value(st, v.data, v.len);
		else if (db_literal(&st->sql, c, &v))
			return -1;
	}
	return 0;
}

/* How the server is made to compare a column byte for byte: text as it is, a
 * number or a time as the text that it sends. */
enum test { TEST_NONE, TEST_TEXT, TEST_NUMBER };

static enum test
test_of(const struct item_column *c)
{

	if (c->charset != NULL)
		return TEST_TEXT;
	if (db_is_text(c) || strncmp(c->type, "bit", 3) == 0)
		return TEST_NONE;
	return TEST_NUMBER;
}

int
row_sql_tests(
    const struct target *t, const struct plan_record *rec, enum journal_way way)
{
	size_t i;

	/* An insert's test is the key. */
	if (rec->type == PLAN_CREATE && way == JOURNAL_FORWARD)
		return 1;
	for (i = 0; i < rec->ncells; i++)
		if (test_of(row_sql_column(t, rec, i)) == TEST_NONE)
			return 0;
	return 1;
}

/* AND every cell that can be tested is as it was, or as the restore made it. */
static int
add_tests(struct statement *st, const struct target *t,
    const struct plan_record *rec, enum journal_way way)
{
	const struct item_column *c;
	enum test test;
	size_t i;

	for (i = 0; i < rec->ncells; i++) {
		c = row_sql_column(t, rec, i);
		if ((test = test_of(c)) == TEST_NONE)
			continue;
		if (buf_adds(
			&st->sql, test == TEST_TEXT ? " AND " : " AND CAST(") ||
		    db_name(&st->sql, c->name) ||
		    buf_adds(&st->sql, test == TEST_TEXT
					   ? " <=> CAST(? AS BINARY)"
					   : " AS BINARY) <=> "
					     "CAST(? AS BINARY)"))
			return -1;
		add_cell(st, &rec->cells[i], way == JOURNAL_BACK);
	}
	return 0;
}

static int
build_insert(
    struct statement *st, const struct target *t, const struct plan_record *rec)
{
	const struct item_column *c;
	struct buf marks = BUF_EMPTY;
	size_t i;
	int rc = -1;

	for (i = 0; i < rec->ncells; i++) {
		c = row_sql_column(t, rec, i);
		if (buf_adds(&st->sql, i == 0 ? " (" : ", ") ||
		    db_name(&st->sql, c->name) ||
		    (i > 0 && buf_adds(&marks, ", ")) ||
		    buf_adds(&marks, row_sql_mark(c)))
			goto out;
		add_cell(st, &rec->cells[i], 1);
	}
	rc = buf_addf(&st->sql, ") VALUES (%s)", marks.data);
out:
	buf_free(&marks);
	return rc;
}

int
row_sql_keep_times(const struct target *t, struct buf *sql)
{
	const struct item_column *c;
	size_t i;

	for (i = 0; i < t->rules.n; i++) {
		c = t->rules.rule[i].column;
		if (c->on_update &&
		    (buf_adds(sql, ", ") || db_name(sql, c->name) ||
			buf_adds(sql, " = ") || db_name(sql, c->name)))
			return -1;
	}
	return 0;
}

static int
build_set(struct statement *st, const struct target *t,
    const struct plan_record *rec, enum journal_way way)
{
	const struct item_column *c;
	size_t i;

	for (i = 0; i < rec->ncells; i++) {
		c = row_sql_column(t, rec, i);
		if (buf_adds(&st->sql, i == 0 ? " SET " : ", ") ||
		    db_name(&st->sql, c->name) ||
		    buf_addf(&st->sql, " = %s", row_sql_mark(c)))
			return -1;
		add_cell(st, &rec->cells[i], way == JOURNAL_FORWARD);
	}
	return row_sql_keep_times(t, &st->sql);
}

static int
build(struct statement *st, const struct target *t,
    const struct plan_record *rec, enum journal_way way, int tested)
{
	int create = rec->type == PLAN_CREATE;

	if (create && way == JOURNAL_FORWARD)
		return start(st, t, "INSERT INTO ") || build_insert(st, t, rec);
	if (start(st, t, create ? "DELETE FROM " : "UPDATE ") ||
	    (!create && build_set(st, t, rec, way)) ||
	    add_where(st, t, rec, way == JOURNAL_BACK))
		return -1;
	return tested ? add_tests(st, t, rec, way) : 0;
}

int
row_sql_write(const struct target *t, const struct plan_record *rec,
    enum journal_way way, int tested, uint64_t *affected)
{
	struct statement st = { BUF_EMPTY, NULL, 0 };
	int rc = -1;

	st.values = calloc(row_sql_most(rec), sizeof(*st.values));
	if (st.values == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (build(&st, t, rec, way, tested) == 0)
		rc = db_exec(t->server->db, &st.sql, st.values, st.n, affected);
	buf_free(&st.sql);
	free(st.values);
	return rc;
}

/* Two question marks a cell, and one for each part of the key. */
size_t
row_sql_most(const struct plan_record *rec)
{

	return rec->ncells * 2 + rec->nkey + 1;
}

int
row_sql_build(const struct target *t, const struct plan_record *rec,
    enum journal_way way, struct buf *sql, struct db_value *values, size_t *n)
{
	struct statement st = { *sql, values, 0 };
	int rc;

	rc = build(&st, t, rec, way, 0);
	*sql = st.sql;
	*n = st.n;
	return rc;
}
