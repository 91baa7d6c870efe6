#include <stdlib.h>
#include <string.h>

#include "archive/db_write.h"
#include "archive/warn.h"
#include "restore/apply_db.h"

/* The table that the record is of: NULL and said. */
static struct target *
find_target(struct restore *r, const struct plan_record *rec)
{
	struct apply_db *a = r->rows;
	const struct item *item;
	int rc;

	if (a->open && strcmp(a->target.source->name, rec->source) == 0)
		return &a->target;
	if (a->open)
		target_close(&a->target);
	a->open = 0;
	if ((item = manifest_find(r->manifest, rec->source)) == NULL) {
		warn_msg("%s: not in the bundle", rec->source);
		return NULL;
	}
	if ((rc = target_open(r, item, 0, &a->target)) != 1) {
		if (rc == 0)
			warn_msg("%s: the table is not what it was when the "
				 "plan was made",
			    rec->source);
		return NULL;
	}
	a->open = 1;
	if (a->target.rules.nkey == rec->nkey && rec->nkey > 0)
		return &a->target;
	warn_msg("%s: the table has another primary key", rec->source);
	return NULL;
}

/* The server's own name and type for a cell's column; NULL and said. */
static const struct item_column *
find_column(const struct target *t, const struct plan_record *rec,
    const struct plan_cell *cell)
{
	size_t i;

	for (i = 0; i < t->rules.n; i++)
		if (strcmp(t->rules.rule[i].column->name, cell->name) == 0)
			return t->rules.rule[i].column;
	warn_msg("%s: no column %s here", rec->item, cell->name);
	return NULL;
}

/* A value's place in a statement: MySQL takes JSON from text only, not from
 * bytes. */
static const char *
mark(const struct item_column *c)
{

	return strcmp(c->type, "json") == 0 ? "CONVERT(? USING utf8mb4)" : "?";
}

/* WHERE the key is this row's. */
static int
add_where(
    const struct target *t, const struct plan_record *rec, struct buf *sql)
{
	const struct item_column *c;
	struct db_value v;
	size_t k;

	for (k = 0; k < rec->nkey; k++) {
		c = t->rules.rule[t->rules.key[k]].column;
		v.data = rec->key[k];
		v.len = rec->key_len[k];
		if (buf_adds(sql, k == 0 ? " WHERE " : " AND ") ||
		    db_name(sql, c->name) || buf_adds(sql, " = ") ||
		    db_literal(sql, c, &v))
			return -1;
	}
	return 0;
}

/* The values that the statement's question marks stand for; NULL and said. */
static struct db_value *
collect(const struct plan_record *rec)
{
	struct db_value *values;
	size_t i;

	if ((values = calloc(rec->ncells + 1, sizeof(*values))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	for (i = 0; i < rec->ncells; i++) {
		values[i].data = rec->cells[i].after;
		values[i].len = rec->cells[i].after_len;
	}
	return values;
}

/* Run the statement; it must change this row and no other. */
static int
run_one(const struct target *t, const struct plan_record *rec,
    const struct buf *sql)
{
	struct db_value *values;
	uint64_t affected;
	int rc;

	if ((values = collect(rec)) == NULL)
		return -1;
	rc = db_exec(t->server->db, sql, values, rec->ncells, &affected);
	free(values);
	if (rc == 0 && affected != 1) {
		warn_msg("%s: %llu rows were changed instead of one", rec->item,
		    (unsigned long long)affected);
		rc = -1;
	}
	return rc;
}

static int
insert_row(const struct target *t, const struct plan_record *rec)
{
	const struct item_column *c;
	struct buf sql = BUF_EMPTY, marks = BUF_EMPTY;
	size_t i;
	int rc = -1;

	if (buf_adds(&sql, "INSERT INTO ") ||
	    db_table_name(&sql, t->schema->schema, t->here->table->table))
		goto out;
	for (i = 0; i < rec->ncells; i++) {
		if ((c = find_column(t, rec, &rec->cells[i])) == NULL ||
		    buf_adds(&sql, i == 0 ? " (" : ", ") ||
		    db_name(&sql, c->name) ||
		    (i > 0 && buf_adds(&marks, ", ")) ||
		    buf_adds(&marks, mark(c)))
			goto out;
	}
	if (buf_addf(&sql, ") VALUES (%s)", marks.data))
		goto out;
	rc = run_one(t, rec, &sql);
out:
	buf_free(&sql);
	buf_free(&marks);
	return rc;
}

/* Is a cell what the plan saw, byte for byte? */
static int
unmoved(const struct plan_cell *cell, const struct db_value *now)
{

	if (cell->before == NULL || now->data == NULL)
		return cell->before == NULL && now->data == NULL;
	return cell->before_len == now->len &&
	       (now->len == 0 ||
		   memcmp(cell->before, now->data, now->len) == 0);
}

/* The one row that the query found, against the plan: 0, or -1 said. */
static int
compare_row(const struct plan_record *rec, struct db_rows *rows)
{
	const struct db_value *cells;
	size_t i;
	int rc;

	if ((rc = db_next(rows, &cells)) != 1) {
		if (rc == 0)
			warn_msg("%s: the row is gone since the plan was made",
			    rec->item);
		return -1;
	}
	for (i = 0; i < rec->ncells; i++) {
		if (unmoved(&rec->cells[i], &cells[i]))
			continue;
		warn_msg("%s: column %s has changed since the plan was made",
		    rec->item, rec->cells[i].name);
		return -1;
	}
	return 0;
}

/* Lock the row and look at it again. */
static int
lock_row(const struct target *t, const struct plan_record *rec)
{
	const struct item_column *c;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	size_t i;
	int rc = -1;

	for (i = 0; i < rec->ncells; i++)
		if ((c = find_column(t, rec, &rec->cells[i])) == NULL ||
		    buf_adds(&sql, i == 0 ? "SELECT " : ", ") ||
		    db_name(&sql, c->name))
			goto out;
	if (buf_adds(&sql, " FROM ") ||
	    db_table_name(&sql, t->schema->schema, t->here->table->table) ||
	    add_where(t, rec, &sql) || buf_adds(&sql, " FOR UPDATE") ||
	    db_select(t->server->db, &sql, 0, &rows))
		goto out;
	rc = compare_row(rec, rows);
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc;
}

/* A column of text or bytes is tested by the statement itself as well. */
static int
add_tests(
    const struct target *t, const struct plan_record *rec, struct buf *sql)
{
	const struct item_column *c;
	struct item_column bytes;
	struct db_value v;
	size_t i;

	for (i = 0; i < rec->ncells; i++) {
		if ((c = find_column(t, rec, &rec->cells[i])) == NULL)
			return -1;
		if (c->charset == NULL)
			continue;
		bytes = *c;
		bytes.charset = NULL;
		v.data = rec->cells[i].before;
		v.len = rec->cells[i].before_len;
		if (buf_adds(sql, " AND ") || db_name(sql, c->name) ||
		    buf_adds(sql, " <=> ") || db_literal(sql, &bytes, &v))
			return -1;
	}
	return 0;
}

static int
update_row(const struct target *t, const struct plan_record *rec)
{
	const struct item_column *c;
	struct buf sql = BUF_EMPTY;
	size_t i;
	int rc = -1;

	if (lock_row(t, rec) || buf_adds(&sql, "UPDATE ") ||
	    db_table_name(&sql, t->schema->schema, t->here->table->table))
		goto out;
	for (i = 0; i < rec->ncells; i++)
		if ((c = find_column(t, rec, &rec->cells[i])) == NULL ||
		    buf_adds(&sql, i == 0 ? " SET " : ", ") ||
		    db_name(&sql, c->name) || buf_addf(&sql, " = %s", mark(c)))
			goto out;
	if (add_where(t, rec, &sql) || add_tests(t, rec, &sql))
		goto out;
	rc = run_one(t, rec, &sql);
out:
	buf_wipe(&sql);
	return rc;
}

int
apply_row(struct restore *r, const struct plan_record *rec)
{
	struct target *t;

	if ((t = find_target(r, rec)) == NULL)
		return -1;
	return rec->type == PLAN_CREATE ? insert_row(t, rec)
					: update_row(t, rec);
}
