#include "archive/database/db_may.h"

#include <errmsg.h>
#include <string.h>

#include "archive/database/db_session.h"

/* What a server answers, by its number. */
static const struct {
	unsigned int code;
	enum db_may may;
} answers[] = {
	{ 1044, DB_MAY_NO_RIGHT },  /* access denied to the database */
	{ 1142, DB_MAY_NO_RIGHT },  /* command denied for the table */
	{ 1143, DB_MAY_NO_RIGHT },  /* command denied for a column */
	{ 1227, DB_MAY_NO_RIGHT },  /* needs a privilege */
	{ 1047, DB_MAY_READ_ONLY }, /* a Galera node that is not ready */
	{ 1290, DB_MAY_READ_ONLY }, /* --read-only */
	{ 1836, DB_MAY_READ_ONLY }, /* read-only mode (InnoDB) */
};

static enum db_may
answer(struct db *db, struct buf *why)
{
	unsigned int code = mysql_errno(db->mysql);
	size_t i;

	if (code >= CR_MIN_ERROR && code <= CR_MAX_ERROR) {
		db_failed(db, code, mysql_error(db->mysql));
		return DB_MAY_FAILED;
	}
	for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (answers[i].code == code)
			return buf_adds(why, mysql_error(db->mysql))
				   ? DB_MAY_FAILED
				   : answers[i].may;
	/* Servers before MySQL 5.6 explain no changes. */
	return DB_MAY;
}

enum db_may
db_may(struct db *db, const struct buf *change, struct buf *why)
{
	struct buf sql = BUF_EMPTY;
	enum db_may may = DB_MAY_FAILED;
	MYSQL_RES *res;

	if (buf_adds(&sql, "EXPLAIN ") ||
	    buf_add(&sql, change->data, change->len))
		goto done;
	db_calm(db);
	if (mysql_real_query(db->mysql, sql.data, sql.len)) {
		may = answer(db, why);
		goto done;
	}
	may = DB_MAY;
	if ((res = mysql_store_result(db->mysql)) != NULL)
		mysql_free_result(res);
	else if (mysql_errno(db->mysql) != 0)
		may = answer(db, why);
done:
	buf_free(&sql);
	return may;
}
