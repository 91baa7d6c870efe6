#include "archive/database/db_reference.h"

/* The names of a row; none of them is ever NULL. */
static int
call(const struct db_value *cells,
    int (*each)(void *cookie, const struct db_reference *r), void *cookie)
{
	struct db_reference r = { cells[0].data, cells[1].data, cells[2].data,
		cells[3].data };

	if (r.table == NULL || r.column == NULL || r.of_table == NULL ||
	    r.of_column == NULL)
		return 0;
	return each(cookie, &r);
}

int
db_references(struct db *db, const char *schema,
    int (*each)(void *cookie, const struct db_reference *r), void *cookie)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	int rc = -1;

	if (buf_adds(&sql,
		"SELECT TABLE_NAME, COLUMN_NAME, REFERENCED_TABLE_NAME,"
		" REFERENCED_COLUMN_NAME"
		" FROM information_schema.KEY_COLUMN_USAGE"
		" WHERE REFERENCED_TABLE_NAME IS NOT NULL"
		" AND ORDINAL_POSITION = 1 AND TABLE_SCHEMA = ") ||
	    db_text(&sql, schema) ||
	    buf_adds(&sql, " AND REFERENCED_TABLE_SCHEMA = ") ||
	    db_text(&sql, schema) ||
	    buf_adds(&sql, " ORDER BY TABLE_NAME, CONSTRAINT_NAME") ||
	    db_select(db, &sql, 0, &rows))
		goto out;
	while ((rc = db_next(rows, &cells)) == 1)
		if ((rc = call(cells, each, cookie)) != 0)
			break;
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc < 0 ? -1 : 0;
}
