#include <stdlib.h>
#include <string.h>

#include "archive/db_schema.h"
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

/* A value's place in a statement. */
static const char *
mark(const struct item_column *c)
{

	return db_takes_text(c) ? "CONVERT(? USING utf8)" : "?";
}

/* A statement while it is built, and the values of its question marks. */
struct statement {
	struct buf sql;
	struct db_value *values;
	size_t n;
};

/* Room for that many values: 0 or -1. */
static int
start(struct statement *st, size_t max)
{

	st->sql = (struct buf)BUF_EMPTY;
	st->n = 0;
	if ((st->values = calloc(max + 1, sizeof(*st->values))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	return 0;
}

static void
finish(struct statement *st)
{

	buf_free(&st->sql);
	free(st->values);
}

/* The value of the next question mark. */
static void
add_value(struct statement *st, const char *data, size_t len)
{

	st->values[st->n].data = data;
	st->values[st->n++].len = len;
}

/* WHERE the key is this row's.  A number is a value like others, so that all
 * rows share one statement; text compares by its column's own rules only as a
 * literal, and only so the key's index is used. */
static int
add_where(
    const struct target *t, const struct plan_record *rec, struct statement *st)
{
	const struct item_column *c;
	struct db_value v;
	size_t k;

	for (k = 0; k < rec->nkey; k++) {
		c = t->rules.rule[t->rules.key[k]].column;
		v.data = rec->key[k];
		v.len = rec->key_len[k];
		if (buf_adds(&st->sql, k == 0 ? " WHERE " : " AND ") ||
		    db_name(&st->sql, c->name) || buf_adds(&st->sql, " = "))
			return -1;
		if (db_is_text(c)) {
			if (db_literal(&st->sql, c, &v))
				return -1;
			continue;
		}
		if (buf_addc(&st->sql, '?'))
			return -1;
		add_value(st, v.data, v.len);
	}
	return 0;
}

static int
run(const struct target *t, const struct statement *st, uint64_t *affected)
{

	return db_exec(t->server->db, &st->sql, st->values, st->n, affected);
}

static int
not_one(const struct plan_record *rec, uint64_t affected)
{

	warn_msg("%s: %llu rows were changed instead of one", rec->item,
	    (unsigned long long)affected);
	return -1;
}

static int
insert_row(const struct target *t, const struct plan_record *rec)
{
	const struct item_column *c;
	struct buf marks = BUF_EMPTY;
	struct statement st;
	uint64_t affected;
	size_t i;
	int rc = -1;

	if (start(&st, rec->ncells))
		return -1;
	if (buf_adds(&st.sql, "INSERT INTO ") ||
	    db_table_name(&st.sql, t->schema->schema, t->here->table->table))
		goto out;
	for (i = 0; i < rec->ncells; i++) {
		if ((c = find_column(t, rec, &rec->cells[i])) == NULL ||
		    buf_adds(&st.sql, i == 0 ? " (" : ", ") ||
		    db_name(&st.sql, c->name) ||
		    (i > 0 && buf_adds(&marks, ", ")) ||
		    buf_adds(&marks, mark(c)))
			goto out;
		add_value(&st, rec->cells[i].after, rec->cells[i].after_len);
	}
	if (buf_addf(&st.sql, ") VALUES (%s)", marks.data) == 0)
		rc = run(t, &st, &affected);
	if (rc == 0 && affected != 1)
		rc = not_one(rec, affected);
out:
	buf_free(&marks);
	finish(&st);
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

/* Lock the row and compare it with the plan: 0, or -1 and said. */
static int
lock_row(const struct target *t, const struct plan_record *rec)
{
	const struct item_column *c;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	struct db_value v;
	size_t i;
	int rc = -1;

	for (i = 0; i < rec->ncells; i++)
		if ((c = find_column(t, rec, &rec->cells[i])) == NULL ||
		    buf_adds(&sql, i == 0 ? "SELECT " : ", ") ||
		    db_name(&sql, c->name))
			goto out;
	if (buf_adds(&sql, " FROM ") ||
	    db_table_name(&sql, t->schema->schema, t->here->table->table))
		goto out;
	for (i = 0; i < rec->nkey; i++) {
		c = t->rules.rule[t->rules.key[i]].column;
		v.data = rec->key[i];
		v.len = rec->key_len[i];
		if (buf_adds(&sql, i == 0 ? " WHERE " : " AND ") ||
		    db_name(&sql, c->name) || buf_adds(&sql, " = ") ||
		    db_literal(&sql, c, &v))
			goto out;
	}
	if (buf_adds(&sql, " FOR UPDATE") ||
	    db_select(t->server->db, &sql, 0, &rows))
		goto out;
	rc = compare_row(rec, rows);
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc;
}

/* Text is compared with bytes by the statement itself: ${*all} is 0 when there
 * is a column where the server would compare otherwise. */
static int
add_tests(const struct target *t, const struct plan_record *rec,
    struct statement *st, int *all)
{
	const struct item_column *c;
	size_t i;

	*all = 1;
	for (i = 0; i < rec->ncells; i++) {
		if ((c = find_column(t, rec, &rec->cells[i])) == NULL)
			return -1;
		if (c->charset == NULL) {
			*all = 0;
			continue;
		}
		if (buf_adds(&st->sql, " AND ") || db_name(&st->sql, c->name) ||
		    buf_adds(&st->sql, " <=> CAST(? AS BINARY)"))
			return -1;
		add_value(st, rec->cells[i].before, rec->cells[i].before_len);
	}
	return 0;
}

/* UPDATE table SET cells WHERE key AND cells are as the plan saw them. */
static int
update_row(const struct target *t, const struct plan_record *rec)
{
	const struct item_column *c;
	struct statement st;
	uint64_t affected;
	size_t i;
	int rc = -1, all;

	if (start(&st, rec->ncells * 2 + rec->nkey))
		return -1;
	if (buf_adds(&st.sql, "UPDATE ") ||
	    db_table_name(&st.sql, t->schema->schema, t->here->table->table))
		goto out;
	for (i = 0; i < rec->ncells; i++) {
		if ((c = find_column(t, rec, &rec->cells[i])) == NULL ||
		    buf_adds(&st.sql, i == 0 ? " SET " : ", ") ||
		    db_name(&st.sql, c->name) ||
		    buf_addf(&st.sql, " = %s", mark(c)))
			goto out;
		add_value(&st, rec->cells[i].after, rec->cells[i].after_len);
	}
	if (add_where(t, rec, &st) || add_tests(t, rec, &st, &all) ||
	    (!all && lock_row(t, rec)) || run(t, &st, &affected))
		goto out;
	if (affected == 1)
		rc = 0;
	else if (affected > 1 || lock_row(t, rec) == 0)
		rc = not_one(rec, affected);
out:
	finish(&st);
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
