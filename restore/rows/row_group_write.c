#include <stdlib.h>
#include <string.h>

#include "archive/database/db_trouble.h"
#include "archive/database/db_write.h"
#include "archive/warn.h"
#include "restore/rows/row_group_inner.h"
#include "restore/rows/row_sql.h"

/* The statement of g->one, into g->sql when it is the first; ${*same}: it is
 * the first one's. */
static int
build_one(struct row_group *g, const struct target *t, enum journal_way way,
    size_t rows, int *same)
{
	struct db_value *values = g->values + rows * g->nvalues;
	const struct plan_record *rec = &g->one.r;
	struct buf sql = BUF_EMPTY;
	size_t i, n;
	int rc;

	if (rows == 0)
		return row_sql_build(t, rec, way, &g->sql, values, &g->nvalues);
	/* Rows with the same columns are inserted by the same statement. */
	if (rec->type == PLAN_CREATE && way == JOURNAL_FORWARD) {
		for (i = 0; i < rec->ncells; i++)
			values[i] = (struct db_value){ rec->cells[i].after,
				rec->cells[i].after_len };
		return 0;
	}
	rc = row_sql_build(t, rec, way, &sql, values, &n);
	*same &= rc == 0 && strcmp(sql.data, g->sql.data) == 0;
	buf_free(&sql);
	return rc;
}

/* The statement, and the values of each row that is to be written: how many
 * rows, or -1.  0 with ${*same} 0: they have not the same statement. */
static long
build_write(struct row_group *g, const struct target *t, enum journal_way way,
    int *same)
{
	size_t most = row_sql_most(&g->first.r), i, rows = 0;

	*same = 1;
	g->values = calloc(g->nrows * most, sizeof(*g->values));
	if (g->values == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	buf_clear(&g->sql);
	for (i = 0; i < g->nrows; i++) {
		if (!g->row[i].write)
			continue;
		if (row_group_decode(g, i, &g->one) ||
		    build_one(g, t, way, rows, same))
			return -1;
		rows++;
	}
	return (long)rows;
}

/* One that has failed is no loss where the rows are turned one by one then. */
static int
apart(struct db *db)
{
	enum db_trouble trouble = db_trouble(db);

	if (trouble != DB_REFUSED && trouble != DB_WRONG)
		return -1;
	return db_savepoint_back(db) ? -1 : 0;
}

/* Those that are to be written, many with one statement: how many, or -1. */
static long
write_many(struct row_group *g, const struct target *t, enum journal_way way,
    uint64_t *affected)
{
	size_t i, rows = 0;

	*affected = 0;
	if (row_many_start(g->many, t, &g->first.r, way))
		return -1;
	for (i = 0; i < g->nrows; i++) {
		if (!g->row[i].write)
			continue;
		if (row_group_decode(g, i, &g->one))
			return -1;
		row_many_add(g->many, &g->one.r);
		if (row_many_full(g->many) && row_many_write(g->many, affected))
			return -1;
		rows++;
	}
	return row_many_write(g->many, affected) ? -1 : (long)rows;
}

/* The same, a statement for each. */
static long
write_each(struct row_group *g, const struct target *t, enum journal_way way,
    uint64_t *affected)
{
	long rows;
	int same;

	*affected = 0;
	if ((rows = build_write(g, t, way, &same)) <= 0)
		return rows;
	/* Some have another statement: none was written. */
	if (!same)
		return rows;
	return db_exec_many(t->server->db, &g->sql, g->values, g->nvalues,
		   (size_t)rows, affected)
		   ? -1
		   : rows;
}

int
row_group_write(struct row_group *g, const struct target *t,
    enum journal_way way, uint64_t *turned)
{
	struct db *db = t->server->db;
	uint64_t affected;
	long rows;

	if (db_savepoint(db))
		return -1;
	rows = row_many_takes(t, &g->first.r, way)
		   ? write_many(g, t, way, &affected)
		   : write_each(g, t, way, &affected);
	if (rows == -1)
		return apart(db);
	if (affected != (uint64_t)rows)
		return db_savepoint_back(db) ? -1 : 0;
	*turned = affected;
	return 1;
}
