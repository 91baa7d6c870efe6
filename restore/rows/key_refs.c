#include "restore/rows/key_refs.h"

#include <string.h>

#include "archive/database/db_query.h"

/* Foreign keys of any schema of the server: table, name, rule. */
static int
ask(const struct target *t, struct db_rows **rows)
{
	struct buf sql = BUF_EMPTY;
	int rc = -1;

	if (buf_adds(&sql,
		"SELECT CONSTRAINT_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, "
		"UPDATE_RULE FROM information_schema.REFERENTIAL_CONSTRAINTS "
		"WHERE UNIQUE_CONSTRAINT_SCHEMA = ") == 0 &&
	    db_text(&sql, t->schema->schema) == 0 &&
	    buf_adds(&sql, " AND REFERENCED_TABLE_NAME = ") == 0 &&
	    db_text(&sql, t->here->table->table) == 0 &&
	    buf_adds(&sql, " ORDER BY CONSTRAINT_SCHEMA, TABLE_NAME, "
			   "CONSTRAINT_NAME") == 0)
		rc = db_select(t->server->db, &sql, 0, rows);
	buf_free(&sql);
	return rc;
}

static const char *
text(const struct db_value *v)
{

	return v->data == NULL ? "" : v->data;
}

static int
tell(struct restore *r, const struct target *t, const struct db_value *c)
{
	const char *rule = text(&c[3]);
	const char *what = strcmp(rule, "CASCADE") == 0
			       ? "rows that refer to a changed key follow it"
			   : strncmp(rule, "SET ", 4) == 0
			       ? "rows that refer to a changed key lose it"
			       : "where a row refers to a changed key, the "
				 "server refuses and nothing is changed";

	return plan_say(r->plan, PLAN_NOTE, ITEM_TABLE, t->source->name, NULL,
	    "foreign-key", "foreign key %s of %s.%s (ON UPDATE %s): %s",
	    text(&c[2]), text(&c[0]), text(&c[1]), rule, what);
}

int
key_refs_tell(struct restore *r, const struct target *t)
{
	const struct db_value *cells;
	struct db_rows *rows;
	int rc;

	/* A description does not tell. */
	if (t->server->db == NULL || r->reading)
		return 0;
	if (ask(t, &rows))
		return -1;
	while ((rc = db_next(rows, &cells)) == 1)
		if (tell(r, t, cells)) {
			rc = -1;
			break;
		}
	db_rows_free(rows);
	return rc;
}
