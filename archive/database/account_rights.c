#include <string.h>

#include "archive/database/accounts.h"
#include "archive/database/db_trouble.h"
#include "archive/database/tabfile.h"

/* Where a server keeps what an account may do, from the wide to the narrow:
 * what the right is on, the privilege, whether it may be passed on. */
static const struct {
	const char *level, *sql;
	int named; /* has columns User and Host, not GRANTEE */
} sources[] = {
	{ "server",
	    "SELECT '*.*', PRIVILEGE_TYPE, IS_GRANTABLE"
	    " FROM information_schema.USER_PRIVILEGES"
	    " WHERE PRIVILEGE_TYPE <> 'USAGE' AND ",
	    0 },
	{ "schema",
	    "SELECT TABLE_SCHEMA, PRIVILEGE_TYPE, IS_GRANTABLE"
	    " FROM information_schema.SCHEMA_PRIVILEGES WHERE ",
	    0 },
	{ "table",
	    "SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME), PRIVILEGE_TYPE,"
	    " IS_GRANTABLE FROM information_schema.TABLE_PRIVILEGES WHERE ",
	    0 },
	{ "column",
	    "SELECT CONCAT(TABLE_SCHEMA, '.', TABLE_NAME, '.', COLUMN_NAME),"
	    " PRIVILEGE_TYPE, IS_GRANTABLE"
	    " FROM information_schema.COLUMN_PRIVILEGES WHERE ",
	    0 },
	{ "routine",
	    "SELECT CONCAT(Db, '.', Routine_name), UPPER(Proc_priv), 'NO'"
	    " FROM mysql.procs_priv WHERE ",
	    1 },
};

/* X'...': bytes, whatever collation a column has. */
static int
add_bytes(struct buf *sql, const char *text)
{

	if (buf_adds(sql, "X'"))
		return -1;
	for (; *text != '\0'; text++)
		if (buf_addf(sql, "%02x", (unsigned int)(unsigned char)*text))
			return -1;
	return buf_addc(sql, '\'');
}

static int
add_is(struct buf *sql, const char *column, const char *text)
{

	if (buf_addf(sql, "CAST(%s AS BINARY) = ", column))
		return -1;
	return add_bytes(sql, text);
}

/* The rows of a source that are about the account. */
static int
add_where(struct buf *sql, const struct db_account *a, int named)
{
	struct buf grantee = BUF_EMPTY;
	int rc = -1;

	if (named)
		return add_is(sql, "User", a->user) || buf_adds(sql, " AND ") ||
			       add_is(sql, "Host", a->host)
			   ? -1
			   : 0;
	if (buf_addf(&grantee, "'%s'@'%s'", a->user, a->host) == 0)
		rc = add_is(sql, "GRANTEE", grantee.data);
	buf_free(&grantee);
	return rc;
}

/* A row of the .txt, unless nothing was gathered. */
static int
put(const char *role, const char *level, const char *on, struct buf *rights,
    int grantable, struct buf *out)
{
	const struct db_value none = { NULL, 0 };
	struct db_value cells[4] = { none, none, none, none };
	size_t i;
	int rc;

	if (rights->len == 0)
		return 0;
	if (grantable && buf_adds(rights, ",GRANT OPTION"))
		return -1;
	cells[0].data = role;
	cells[1].data = level;
	cells[2].data = on;
	cells[3].data = rights->data;
	for (i = 0; i < 4; i++)
		cells[i].len = strlen(cells[i].data);
	rc = tabfile_encode(out, cells, 4);
	buf_clear(rights);
	return rc;
}

/* One row for each thing that there are rights on. */
static int
gather(
    struct db_rows *rows, const char *role, const char *level, struct buf *out)
{
	struct buf on = BUF_EMPTY, rights = BUF_EMPTY;
	const struct db_value *cells;
	int grantable = 0, rc;

	while ((rc = db_next(rows, &cells)) == 1) {
		if (cells[0].data == NULL || cells[1].data == NULL)
			continue;
		if (on.len > 0 && strcmp(on.data, cells[0].data) != 0 &&
		    put(role, level, on.data, &rights, grantable, out))
			goto err0;
		if (rights.len == 0)
			grantable = 0;
		grantable |=
		    cells[2].data != NULL && strcmp(cells[2].data, "YES") == 0;
		buf_clear(&on);
		if (buf_adds(&on, cells[0].data) ||
		    (rights.len > 0 && buf_addc(&rights, ',')) ||
		    buf_adds(&rights, cells[1].data))
			goto err0;
	}
	if (rc == 0 && on.len > 0)
		rc = put(role, level, on.data, &rights, grantable, out);
	buf_free(&on);
	buf_free(&rights);
	return rc;

err0:
	buf_free(&on);
	buf_free(&rights);
	return -1;
}

/* Which account it is. */
static int
put_name(const struct db_account *a, const char *role, struct buf *out)
{
	const struct db_value cells[4] = { { role, strlen(role) },
		{ "account", 7 }, { a->user, strlen(a->user) },
		{ a->host, strlen(a->host) } };

	return tabfile_encode(out, cells, 4);
}

int
db_account_rights(struct db *db, const struct db_account *a, const char *role,
    struct buf *out)
{
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	int rc = put_name(a, role, out);
	size_t i;

	for (i = 0; rc == 0 && i < sizeof(sources) / sizeof(sources[0]); i++) {
		buf_clear(&sql);
		if (buf_adds(&sql, sources[i].sql) ||
		    add_where(&sql, a, sources[i].named) ||
		    buf_adds(&sql, " ORDER BY 1, 2")) {
			rc = -1;
			break;
		}
		/* procs_priv is not for everybody. */
		db_hush(db, sources[i].named ? 2 : 0);
		if (db_select(db, &sql, 0, &rows) == 0) {
			rc = gather(rows, role, sources[i].level, out);
			db_rows_free(rows);
		} else if (!sources[i].named || db_trouble(db) != DB_WRONG) {
			rc = -1;
		}
		db_hush(db, 0);
	}
	buf_free(&sql);
	return rc;
}
