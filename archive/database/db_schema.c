#include "archive/database/db_schema.h"

#include <stdlib.h>
#include <string.h>

#include "archive/database/db_key.h"
#include "archive/database/db_query.h"
#include "archive/num.h"
#include "archive/warn.h"

/* A cell as a string; numbers and names hold no NUL byte. */
static const char *
text(const struct db_value *v)
{

	return v->data == NULL ? "" : v->data;
}

/* head WHERE TABLE_SCHEMA = schema [AND TABLE_NAME = table] tail */
static int
ask(struct db *db, const char *head, const char *schema, const char *table,
    const char *tail, struct db_rows **out)
{
	struct buf sql = BUF_EMPTY;
	int rc = -1;

	if (buf_adds(&sql, head) || buf_adds(&sql, " WHERE TABLE_SCHEMA = ") ||
	    db_text(&sql, schema))
		goto out;
	if (table != NULL &&
	    (buf_adds(&sql, " AND TABLE_NAME = ") || db_text(&sql, table)))
		goto out;
	if (buf_adds(&sql, tail))
		goto out;
	rc = db_select(db, &sql, 0, out);
out:
	buf_free(&sql);
	return rc;
}

int
db_relation(struct db *db, const char *schema, const char *table,
    enum db_relation *what, int *innodb)
{
	const struct db_value *cells;
	struct db_rows *rows;
	int rc;

	*what = DB_ABSENT;
	*innodb = 0;
	if (ask(db, "SELECT TABLE_TYPE, ENGINE FROM information_schema.TABLES",
		schema, table, "", &rows))
		return -1;
	if ((rc = db_next(rows, &cells)) == 1) {
		*what = strcmp(text(&cells[0]), "BASE TABLE") == 0
			    ? DB_BASE_TABLE
			    : DB_VIEW;
		*innodb = strcasecmp(text(&cells[1]), "InnoDB") == 0;
	}
	db_rows_free(rows);
	return rc < 0 ? -1 : 0;
}

int
db_schema_tables(struct db *db, const char *schema, uint64_t *n)
{
	const struct db_value *cells;
	struct db_rows *rows;
	int rc;

	if (ask(db, "SELECT COUNT(*) FROM information_schema.TABLES", schema,
		NULL, " AND TABLE_TYPE = 'BASE TABLE'", &rows))
		return -1;
	rc = db_next(rows, &cells);
	if (rc == 1 && num_u64(text(&cells[0]), UINT64_MAX, n))
		rc = -1;
	db_rows_free(rows);
	return rc == 1 ? 0 : -1;
}

int
db_base_tables(struct db *db, const char *schema, struct db_rows **names)
{

	return ask(db, "SELECT TABLE_NAME FROM information_schema.TABLES",
	    schema, NULL, " AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME",
	    names);
}

/* EXTRA as MySQL 5.7, MariaDB 10.2 and the MariaDB before it write it. */
static int
is_generated(const char *extra)
{
	const char *hit = strstr(extra, "GENERATED");

	if (hit != NULL && (hit == extra || hit[-1] != '_'))
		return 1;
	return strcmp(extra, "VIRTUAL") == 0 ||
	       strcmp(extra, "PERSISTENT") == 0;
}

static int
add_column(struct item_table *t, const struct db_value *cells)
{
	struct item_column *more, *c;

	more = realloc(t->columns, (t->ncolumns + 1) * sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	t->columns = more;
	c = memset(&more[t->ncolumns++], 0, sizeof(*c));
	if (manifest_set(&c->name, text(&cells[0])) ||
	    manifest_set(&c->type, text(&cells[1])) ||
	    manifest_set(&c->charset, cells[2].data))
		return -1;
	c->nullable = strcmp(text(&cells[3]), "YES") == 0;
	c->generated = is_generated(text(&cells[4]));
	c->on_update = strcasestr(text(&cells[4]), "on update") != NULL;
	return 0;
}

static int
read_columns(
    struct db *db, const char *schema, const char *table, struct item_table *t)
{
	const struct db_value *cells;
	struct db_rows *rows;
	int rc;

	if (ask(db,
		"SELECT COLUMN_NAME, COLUMN_TYPE, CHARACTER_SET_NAME,"
		" IS_NULLABLE, EXTRA FROM information_schema.COLUMNS",
		schema, table, " ORDER BY ORDINAL_POSITION", &rows))
		return -1;
	while ((rc = db_next(rows, &cells)) == 1)
		if ((rc = add_column(t, cells)) != 0)
			break;
	db_rows_free(rows);
	return rc;
}

size_t
db_key(const struct item_table *t, size_t key[DB_KEY_MAX])
{
	size_t i, n = 0, seen = 0;

	for (i = 0; i < t->ncolumns; i++) {
		if (t->columns[i].key <= 0)
			continue;
		if (t->columns[i].key > DB_KEY_MAX)
			return 0;
		key[t->columns[i].key - 1] = i;
		seen++;
		if ((size_t)t->columns[i].key > n)
			n = (size_t)t->columns[i].key;
	}
	return seen == n ? n : 0;
}

int
db_is_text(const struct item_column *c)
{
	static const char *const others[] = { "tinyint", "smallint",
		"mediumint", "int", "bigint", "decimal", "float", "double",
		"bit", "date", "time", "year" };
	size_t i;

	/* "date" is datetime's beginning too, "time" timestamp's. */
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strncmp(c->type, others[i], strlen(others[i])) == 0)
			return 0;
	return 1;
}

static int
set_names(struct item *item, const char *schema, const char *table)
{
	struct buf b = BUF_EMPTY;
	int rc = -1;

	if (buf_addf(&b, "table:%s.%s", schema, table) == 0 &&
	    manifest_set(&item->name, b.data) == 0 &&
	    manifest_set(&item->table->schema, schema) == 0 &&
	    manifest_set(&item->table->table, table) == 0) {
		free(item->path);
		item->path = item_member(item);
		rc = item->path == NULL ? -1 : 0;
	}
	buf_free(&b);
	return rc;
}

int
db_table(
    struct db *db, const char *schema, const char *table, struct item *item)
{
	enum db_relation what;
	int innodb;

	if (db_relation(db, schema, table, &what, &innodb))
		return -1;
	if (what != DB_BASE_TABLE)
		return 0;
	if (set_names(item, schema, table) ||
	    read_columns(db, schema, table, item->table) ||
	    db_read_key(db, schema, table, item->table))
		return -1;
	return 1;
}

/* Append the columns that a row of the .txt has; first goes before them. */
static int
add_columns(const struct item_table *t, const char *first, struct buf *sql)
{
	size_t i;

	for (i = 0; i < t->ncolumns; i++) {
		if (t->columns[i].generated)
			continue;
		if (buf_adds(sql, first) || db_name(sql, t->columns[i].name))
			return -1;
		first = ", ";
	}
	return 0;
}

/* Without a key the order is by every column: the same rows, the same bytes. */
static int
build_select(
    const struct item_table *t, const struct buf *where, struct buf *sql)
{
	size_t key[DB_KEY_MAX], nkey = db_key(t, key), i;

	if (add_columns(t, "SELECT ", sql) || buf_adds(sql, " FROM ") ||
	    db_table_name(sql, t->schema, t->table))
		return -1;
	if (where != NULL &&
	    (buf_adds(sql, " WHERE ") || buf_add(sql, where->data, where->len)))
		return -1;
	if (nkey == 0)
		return add_columns(t, " ORDER BY ", sql);
	for (i = 0; i < nkey; i++)
		if (buf_adds(sql, i == 0 ? " ORDER BY " : ", ") ||
		    db_name(sql, t->columns[key[i]].name))
			return -1;
	return 0;
}

int
db_read_where(struct db *db, const struct item_table *t,
    const struct buf *where, struct db_rows **out)
{
	struct buf sql = BUF_EMPTY;
	int rc = -1;

	if (build_select(t, where, &sql) == 0)
		rc = db_select(db, &sql, 1, out);
	buf_free(&sql);
	return rc;
}

int
db_read_table(struct db *db, const struct item_table *t, struct db_rows **out)
{

	return db_read_where(db, t, NULL, out);
}
