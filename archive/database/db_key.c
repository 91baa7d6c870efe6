#include "archive/database/db_key.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"

/* One unique key while its columns come, in its order. */
struct key {
	struct buf name;
	size_t *column; /* indexes into the table's columns */
	size_t n;
	int fit; /* it tells all rows apart */
};

/* Keep the better one, and start anew: the primary key, then the shorter. */
static void
settle(struct key *best, struct key *k)
{
	struct key was = *best;

	if (k->fit && k->n > 0 &&
	    (best->n == 0 || strcmp(k->name.data, "PRIMARY") == 0 ||
		(strcmp(best->name.data, "PRIMARY") != 0 && k->n < best->n))) {
		*best = *k;
		*k = was;
	}
	buf_clear(&k->name);
	k->n = 0;
	k->fit = 1;
}

/* A column of the key: name, and how much of it counts (NULL: all). */
static void
add_column(struct key *k, const struct item_table *t, const char *name,
    const struct db_value *part)
{
	int primary = strcmp(k->name.data, "PRIMARY") == 0;
	size_t i;

	for (i = 0; i < t->ncolumns; i++)
		if (strcmp(t->columns[i].name, name) == 0)
			break;
	/* A key over an expression has no column's name. */
	if (i == t->ncolumns || k->n == t->ncolumns) {
		k->fit = 0;
		return;
	}
	if (!primary && (t->columns[i].nullable || t->columns[i].generated ||
			    part->data != NULL))
		k->fit = 0;
	k->column[k->n++] = i;
}

static int
read_keys(const struct item_table *t, struct db_rows *rows, struct key *best,
    struct key *k)
{
	const struct db_value *c;
	int rc;

	while ((rc = db_next(rows, &c)) == 1) {
		if (c[0].data == NULL)
			continue;
		if (k->name.len == 0 || strcmp(k->name.data, c[0].data) != 0) {
			settle(best, k);
			if (buf_adds(&k->name, c[0].data))
				return -1;
		}
		add_column(k, t, c[1].data == NULL ? "" : c[1].data, &c[2]);
	}
	settle(best, k);
	return rc;
}

static int
ask(struct db *db, const char *schema, const char *table, struct db_rows **rows)
{
	struct buf sql = BUF_EMPTY;
	int rc = -1;

	if (buf_adds(&sql,
		"SELECT INDEX_NAME, COLUMN_NAME, SUB_PART FROM "
		"information_schema.STATISTICS WHERE TABLE_SCHEMA = ") == 0 &&
	    db_text(&sql, schema) == 0 &&
	    buf_adds(&sql, " AND TABLE_NAME = ") == 0 &&
	    db_text(&sql, table) == 0 &&
	    buf_adds(&sql,
		" AND NON_UNIQUE = 0 ORDER BY INDEX_NAME, SEQ_IN_INDEX") == 0)
		rc = db_select(db, &sql, 0, rows);
	buf_free(&sql);
	return rc;
}

int
db_read_key(
    struct db *db, const char *schema, const char *table, struct item_table *t)
{
	struct key best = { BUF_EMPTY, NULL, 0, 0 }, k = best;
	struct db_rows *rows = NULL;
	size_t i;
	int rc = -1;

	best.column = calloc(t->ncolumns + 1, sizeof(*best.column));
	k.column = calloc(t->ncolumns + 1, sizeof(*k.column));
	if (best.column == NULL || k.column == NULL) {
		warn_msg("out of memory");
		goto out;
	}
	if (ask(db, schema, table, &rows) || read_keys(t, rows, &best, &k))
		goto out;
	for (i = 0; i < best.n; i++)
		t->columns[best.column[i]].key = (int)i + 1;
	t->no_primary = best.n > 0 && strcmp(best.name.data, "PRIMARY") != 0;
	rc = 0;
out:
	db_rows_free(rows);
	buf_free(&best.name);
	buf_free(&k.name);
	free(best.column);
	free(k.column);
	return rc;
}
