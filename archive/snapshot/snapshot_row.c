#include <stdio.h>
#include <string.h>

#include "archive/database/db_query.h"
#include "archive/database/db_schema.h"
#include "archive/database/row_name.h"
#include "archive/database/tabfile.h"
#include "archive/limits.h"
#include "archive/snapshot/snapshot_table.h"
#include "archive/warn.h"

static int
refuse(const struct item_table *t, const struct db_value *key, size_t nkey,
    const char *column, const char *len)
{
	struct buf name = BUF_EMPTY;

	if (row_name(t->schema, t->table, key, nkey, &name) == 0)
		warn_msg("%s: column %s has %s bytes, and a row of a bundle "
			 "%u at most: shorten it, or leave the table out with "
			 "--not 'table:%s.%s'",
		    name.data, column, len, LIMIT_ITEM, t->schema, t->table);
	buf_free(&name);
	return -1;
}

/* Say which row is too long, and the longest of its columns. */
static int
too_long(const struct item_table *t, const struct db_value *cells)
{
	struct db_value key[DB_KEY_MAX];
	size_t at[DB_KEY_MAX], nkey = db_key(t, at), i, k, cell = 0, most = 0;
	const char *column = "";
	char len[24];

	for (i = 0; i < t->ncolumns; i++) {
		if (t->columns[i].generated)
			continue;
		for (k = 0; k < nkey; k++)
			if (at[k] == i)
				key[k] = cells[cell];
		if (cells[cell].len >= most) {
			most = cells[cell].len;
			column = t->columns[i].name;
		}
		cell++;
	}
	snprintf(len, sizeof(len), "%zu", most);
	return refuse(t, key, nkey, column, len);
}

/* SELECT its length, key FROM table WHERE its length is over the limit. */
static int
build(const struct item_table *t, const struct item_column *c, struct buf *sql)
{
	size_t at[DB_KEY_MAX], nkey = db_key(t, at), k;

	if (buf_adds(sql, "SELECT OCTET_LENGTH(") || db_name(sql, c->name) ||
	    buf_addc(sql, ')'))
		return -1;
	for (k = 0; k < nkey; k++)
		if (buf_adds(sql, ", ") || db_name(sql, t->columns[at[k]].name))
			return -1;
	if (buf_adds(sql, " FROM ") ||
	    db_table_name(sql, t->schema, t->table) ||
	    buf_adds(sql, " WHERE OCTET_LENGTH(") || db_name(sql, c->name))
		return -1;
	return buf_addf(sql, ") > %u LIMIT 1", LIMIT_ITEM);
}

static int
check_column(
    struct db *db, const struct item_table *t, const struct item_column *c)
{
	size_t at[DB_KEY_MAX], nkey = db_key(t, at);
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	int rc = -1;

	if (build(t, c, &sql) || db_select(db, &sql, 0, &rows))
		goto out;
	rc = db_next(rows, &cells);
	if (rc == 1)
		rc = refuse(t, cells + 1, nkey, c->name, cells[0].data);
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc;
}

int
snapshot_check_rows(struct db *db, const struct item_table *t)
{
	const struct item_column *c;
	size_t i;

	for (i = 0; i < t->ncolumns; i++) {
		c = &t->columns[i];
		if (!c->generated &&
		    (strncmp(c->type, "long", 4) == 0 ||
			strcmp(c->type, "json") == 0) &&
		    check_column(db, t, c))
			return -1;
	}
	return 0;
}

int
snapshot_put_row(
    struct buf *out, const struct item_table *t, const struct db_value *cells)
{
	size_t i, n = 0, len = 0, was = out->len;

	for (i = 0; i < t->ncolumns; i++)
		if (!t->columns[i].generated)
			len += cells[n++].len;
	if (len > LIMIT_ITEM)
		return too_long(t, cells);
	if (tabfile_encode(out, cells, n))
		return -1;
	if (out->len - was > LIMIT_ITEM)
		return too_long(t, cells);
	return 0;
}
