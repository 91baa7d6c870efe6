#include "archive/database/db_facts.h"

#include <stdint.h>
#include <string.h>

#include "archive/manifest/manifest.h"
#include "archive/num.h"

/* One query, and what to do with each of its rows. */
struct question {
	const char *head;
	const char *schema_column, *table_column;
	const char *tail;
	int (*row)(struct table_facts *f, const struct db_value *cells);
};

static int
take_engine(struct table_facts *f, const struct db_value *cells)
{

	return manifest_set(
	    &f->engine, cells[0].data == NULL ? "none" : cells[0].data);
}

static int
take_need(struct table_facts *f, const struct db_value *cells)
{

	return table_facts_need(f, cells[0].data);
}

static int
take_trigger(struct table_facts *f, const struct db_value *cells)
{

	return table_facts_trigger(f, cells[0].data, cells[1].data);
}

static int
take_unique(struct table_facts *f, const struct db_value *cells)
{
	uint64_t prefix = 0;

	if (cells[2].data != NULL &&
	    num_u64(cells[2].data, UINT16_MAX, &prefix))
		prefix = 0;
	/* A key over an expression (MySQL 8) has no column's name. */
	return table_facts_unique(f, cells[0].data,
	    cells[1].data == NULL ? "" : cells[1].data, NULL,
	    (unsigned int)prefix);
}

/* Of a column, wherever it stands in a unique key. */
static int
take_collation(struct table_facts *f, const struct db_value *cells)
{
	struct table_unique_column *c;
	size_t i, k;

	for (i = 0; i < f->nunique; i++) {
		for (k = 0; k < f->unique[i].ncolumns; k++) {
			c = &f->unique[i].columns[k];
			if (strcmp(c->name, cells[0].data) == 0 &&
			    manifest_set(&c->collation, cells[1].data))
				return -1;
		}
	}
	return 0;
}

/* A column without a default that is not "NULL": MySQL gives it SQL NULL, as
 * MariaDB does. */
static const struct question questions[] = {
	{ "SELECT ENGINE FROM information_schema.TABLES", "TABLE_SCHEMA",
	    "TABLE_NAME", "", take_engine },
	{ "SELECT COLUMN_NAME FROM information_schema.COLUMNS", "TABLE_SCHEMA",
	    "TABLE_NAME",
	    " AND IS_NULLABLE = 'NO' AND COLUMN_DEFAULT IS NULL AND EXTRA NOT "
	    "LIKE '%auto_increment%' AND EXTRA NOT LIKE '%GENERATED%' AND "
	    "EXTRA NOT IN ('VIRTUAL', 'PERSISTENT') ORDER BY ORDINAL_POSITION",
	    take_need },
	/* Not joined: the server would open every table that it has. */
	{ "SELECT INDEX_NAME, COLUMN_NAME, SUB_PART FROM "
	  "information_schema.STATISTICS",
	    "TABLE_SCHEMA", "TABLE_NAME",
	    " AND NON_UNIQUE = 0 ORDER BY INDEX_NAME, SEQ_IN_INDEX",
	    take_unique },
	{ "SELECT COLUMN_NAME, COLLATION_NAME FROM information_schema.COLUMNS",
	    "TABLE_SCHEMA", "TABLE_NAME", " AND COLLATION_NAME IS NOT NULL",
	    take_collation },
	{ "SELECT EVENT_MANIPULATION, TRIGGER_NAME FROM "
	  "information_schema.TRIGGERS",
	    "EVENT_OBJECT_SCHEMA", "EVENT_OBJECT_TABLE",
	    " ORDER BY TRIGGER_NAME", take_trigger },
};

static int
ask(struct db *db, const struct question *q, const char *schema,
    const char *table, struct table_facts *f)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	int rc = -1;

	if (buf_addf(&sql, "%s WHERE %s = ", q->head, q->schema_column) ||
	    db_text(&sql, schema) ||
	    buf_addf(&sql, " AND %s = ", q->table_column) ||
	    db_text(&sql, table) || buf_adds(&sql, q->tail) ||
	    db_select(db, &sql, 0, &rows))
		goto out;
	while ((rc = db_next(rows, &cells)) == 1)
		if ((rc = q->row(f, cells)) != 0)
			break;
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc;
}

int
db_table_facts(struct db *db, const char *schema, const char *table,
    struct table_facts **out)
{
	struct table_facts *f;
	size_t i;

	if ((f = table_facts_new()) == NULL)
		return -1;
	for (i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
		if (ask(db, &questions[i], schema, table, f))
			goto err0;
	if (f->engine == NULL && manifest_set(&f->engine, "none"))
		goto err0;
	*out = f;
	return 0;

err0:
	table_facts_free(f);
	return -1;
}
