#include <string.h>

#include "archive/belong/closure_key.h"

/* Is a row history? */
static int
is_history(const struct db_value *v)
{

	return v->data != NULL && v->len > 0 &&
	       !(v->len == 1 && v->data[0] == '0');
}

static const struct item_column *
column(const struct closure_table *t, size_t i)
{

	return &t->item->table->columns[i];
}

/* SELECT key columns, watched columns, what marks history FROM table */
static int
add_head(struct buf *sql, const struct closure_table *t)
{
	const char *first = "SELECT ";
	size_t i;

	for (i = 0; i < t->nkey; i++, first = ", ")
		if (buf_adds(sql, first) ||
		    db_name(sql, column(t, t->key[i])->name))
			return -1;
	for (i = 0; i < t->nwatches; i++, first = ", ")
		if (buf_adds(sql, first) ||
		    db_name(sql, column(t, t->watches[i].column)->name))
			return -1;
	if (t->deleted < t->item->table->ncolumns) {
		if (buf_adds(sql, first) ||
		    db_name(sql, column(t, t->deleted)->name))
			return -1;
		first = ", ";
	}
	/* A table with nothing to tell is asked for nothing. */
	if (first[0] != ',' && buf_adds(sql, "SELECT 1"))
		return -1;
	if (buf_adds(sql, " FROM "))
		return -1;
	return db_table_name(
	    sql, t->item->table->schema, t->item->table->table);
}

/* Keep a row that add_head asked for. */
static int
keep(struct closure_table *t, const struct db_value *cells,
    enum idset_level level, struct buf *key)
{
	const struct db_value *watched = cells + t->nkey;
	const struct db_value *deleted = watched + t->nwatches;
	const struct closure_watch *w;
	size_t i;

	buf_clear(key);
	for (i = 0; i < t->nkey; i++)
		if (closure_key_add(key, &cells[i]))
			return -1;
	if (!t->link && !t->whole &&
	    idset_add(t->rows, key->data, key->len, level) < 0)
		return -1;
	for (i = 0; i < t->nwatches; i++) {
		w = &t->watches[i];
		if (watched[i].data == NULL || watched[i].len == 0 ||
		    (w->live && t->deleted < t->item->table->ncolumns &&
			is_history(deleted)))
			continue;
		if (idset_add(
			w->values, watched[i].data, watched[i].len, level) < 0)
			return -1;
	}
	return 0;
}

static int
ask(struct closure_table *t, const struct buf *sql, enum idset_level level)
{
	const struct db_value *cells;
	struct buf key = BUF_EMPTY;
	struct db_rows *rows;
	int rc;

	if (db_select(t->server->db, sql, 1, &rows))
		return -1;
	while ((rc = db_next(rows, &cells)) == 1)
		if ((rc = keep(t, cells, level, &key)) != 0)
			break;
	buf_free(&key);
	db_rows_free(rows);
	return rc;
}

/* A value that is no number would be one to the server: "5bd1..." is 5. */
static int
may_compare(const struct item_column *c, const struct idset_value *v)
{
	size_t i = v->len > 1 && v->data[0] == '-';

	if (strstr(c->type, "int") == NULL)
		return 1;
	for (; i < v->len; i++)
		if (v->data[i] < '0' || v->data[i] > '9')
			return 0;
	return v->len <= 20;
}

/* COLUMN IN (value ... */
static int
add_value(struct buf *sql, const struct closure_edge *e,
    const struct idset_value *v, size_t n)
{
	const struct item_column *c = column(e->to, e->column);
	struct db_value value = { v->data, v->len };

	if (n > 0)
		return buf_adds(sql, ", ") || db_literal(sql, c, &value) ? -1
									 : 0;
	if ((e->at ? closure_host_of(sql, c->name) : db_name(sql, c->name)) ||
	    buf_adds(sql, " IN ("))
		return -1;
	return db_literal(sql, c, &value);
}

/* ) AND here IN (hosts) AND alone IS NULL */
static int
add_tail(struct closure *c, struct buf *sql, const struct closure_edge *e)
{
	struct closure_edge here = { .to = e->to };
	struct idset_value v;
	size_t i;

	if (buf_addc(sql, ')'))
		return -1;
	if (e->alone != NULL &&
	    (buf_adds(sql, " AND ") || db_name(sql, e->alone) ||
		buf_adds(sql, " IS NULL")))
		return -1;
	if (e->here == NULL)
		return 0;
	here.column = closure_column(e->to, e->here);
	if (buf_adds(sql, " AND "))
		return -1;
	for (i = 0; i < idset_count(c->hosts); i++) {
		idset_event(c->hosts, i, &v);
		if (add_value(sql, &here, &v, i))
			return -1;
	}
	return buf_addc(sql, ')');
}

/* Does this edge bring rows at that level for the value? */
static int
counts(const struct closure_edge *e, const struct idset_value *v,
    enum idset_level level)
{
	enum idset_level gives = e->lower ? IDSET_NEEDED : v->level;

	return v->level >= e->least && gives == level &&
	       may_compare(column(e->to, e->column), v);
}

/* Follow the events up to ${end} that bring rows at one level. */
static int
follow(struct closure *c, struct closure_edge *e, size_t end,
    enum idset_level level)
{
	struct buf sql = BUF_EMPTY;
	struct idset_value v;
	size_t i, n = 0;
	int rc = -1;

	for (i = e->done; i < end; i++) {
		idset_event(e->from, i, &v);
		if (counts(e, &v, level)) {
			if (n == 0 && (add_head(&sql, e->to) ||
					  buf_adds(&sql, " WHERE ")))
				goto out;
			if (add_value(&sql, e, &v, n++))
				goto out;
		}
		if (n == 0 || (n < CLOSURE_BATCH && i + 1 < end))
			continue;
		if (add_tail(c, &sql, e) || ask(e->to, &sql, level))
			goto out;
		buf_clear(&sql);
		n = 0;
	}
	rc = 0;
out:
	buf_free(&sql);
	return rc;
}

/* Rows of tables that are whole need others, too. */
static int
start_whole(struct closure_table *t)
{
	struct buf sql = BUF_EMPTY;
	int rc = -1;

	if (add_head(&sql, t) == 0)
		rc = ask(t, &sql, IDSET_NEEDED);
	buf_free(&sql);
	return rc;
}

int
closure_run(struct closure *c)
{
	struct closure_edge *e;
	size_t i, end;
	int more;

	for (i = 0; i < c->ntables; i++)
		if (c->tables[i]->whole && c->tables[i]->nwatches > 0 &&
		    start_whole(c->tables[i]))
			return -1;
	do {
		more = 0;
		for (i = 0; i < c->nedges; i++) {
			e = &c->edges[i];
			end = idset_events(e->from);
			if (e->done == end || e->to->whole)
				continue;
			if (follow(c, e, end, IDSET_OWN) ||
			    follow(c, e, end, IDSET_NEEDED))
				return -1;
			e->done = end;
			more = 1;
		}
	} while (more);
	return 0;
}
