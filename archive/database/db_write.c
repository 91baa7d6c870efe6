#include "archive/database/db_write.h"

#include <mysqld_error.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/db_session.h"
#include "archive/database/db_trouble.h"
#include "archive/warn.h"

/* Dates with zeros and ids of 0 are taken as they were captured. */
#define WRITE_MODE                                                             \
	"SET SESSION sql_mode = "                                              \
	"'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'"
#define READ_MODE "SET SESSION sql_mode = ''"

/* On a Galera node: see all that the cluster committed before, or a look after
 * a commit that was lost on its way could be one at the past.  Other servers
 * do not know the setting. */
static int
sync_wait(struct db *db)
{
	int hush = db->hush, rc;

	db->hush = 2;
	rc = db_run(db, "SET SESSION wsrep_sync_wait = 15");
	db->hush = hush;
	if (rc == 0 || db->code == ER_UNKNOWN_SYSTEM_VARIABLE)
		return 0;
	if (hush == 0 || db_trouble(db) == DB_WRONG)
		warn_msg("%s: %s", db->label, db_why(db));
	return -1;
}

int
db_begin_writing(struct db *db)
{

	if (db_run(db, WRITE_MODE) ||
	    db_run(db, "SET SESSION foreign_key_checks = 1") || sync_wait(db) ||
	    db_run(
		db, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
		return -1;
	return db_run(db, "START TRANSACTION");
}

/* Back to how a session reads.  A failure is said, and shows again at the next
 * statement: the connection is lost. */
static void
end_writing(struct db *db)
{

	db_forget(db);
	if (db_run(db, READ_MODE))
		return;
}

int
db_commit(struct db *db)
{

	if (db_run(db, "COMMIT"))
		return -1;
	end_writing(db);
	return 0;
}

void
db_rollback(struct db *db)
{
	int hush = db->hush;

	db->hush = 1;
	if (db_run(db, "ROLLBACK") == 0)
		end_writing(db);
	db->hush = hush;
}

int
db_savepoint(struct db *db)
{

	return db_run(db, "SAVEPOINT novark");
}

int
db_savepoint_back(struct db *db)
{

	return db_run(db, "ROLLBACK TO SAVEPOINT novark");
}

void
db_forget(struct db *db)
{

	if (db->last != NULL)
		mysql_stmt_close(db->last);
	free(db->last_sql);
	db->last = NULL;
	db->last_sql = NULL;
}

/* The statement is db->last: 0, or -1 said. */
static int
prepare(struct db *db, const struct buf *sql, size_t n)
{

	if (db->last_sql != NULL && strcmp(db->last_sql, sql->data) == 0)
		return 0;
	db_forget(db);
	if ((db->last = mysql_stmt_init(db->mysql)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (mysql_stmt_prepare(db->last, sql->data, sql->len)) {
		db_failed(
		    db, mysql_stmt_errno(db->last), mysql_stmt_error(db->last));
		return -1;
	}
	if (mysql_stmt_param_count(db->last) != n) {
		warn_msg("%s: a statement with the wrong number of values",
		    db->label);
		return -1;
	}
	return manifest_set(&db->last_sql, sql->data);
}

int
db_exec(struct db *db, const struct buf *sql, const struct db_value *values,
    size_t n, uint64_t *affected)
{
	MYSQL_BIND *bind;
	size_t i;
	int rc = -1;

	if ((bind = calloc(n + 1, sizeof(*bind))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < n; i++) {
		bind[i].buffer_type = values[i].data == NULL
					  ? MYSQL_TYPE_NULL
					  : MYSQL_TYPE_STRING;
		/* The library reads it only. */
		memcpy(&bind[i].buffer, &values[i].data, sizeof(void *));
		bind[i].buffer_length = values[i].len;
	}
	db_calm(db);
	if (prepare(db, sql, n))
		goto out;
	if (mysql_stmt_bind_param(db->last, bind) ||
	    mysql_stmt_execute(db->last)) {
		db_failed(
		    db, mysql_stmt_errno(db->last), mysql_stmt_error(db->last));
		goto out;
	}
	*affected = mysql_stmt_affected_rows(db->last);
	rc = 0;
out:
	/* One that failed is not run again. */
	if (rc != 0)
		db_forget(db);
	free(bind);
	return rc;
}

int
db_takes_many(struct db *db)
{
#ifdef MARIADB_PACKAGE_VERSION
	/* Versions of the library write four bytes or eight. */
	unsigned long more = 0;

	return mariadb_get_infov(db->mysql,
		   MARIADB_CONNECTION_EXTENDED_SERVER_CAPABILITIES,
		   &more) == 0 &&
	       (more & (MARIADB_CLIENT_STMT_BULK_OPERATIONS >> 32)) != 0;
#else
	(void)db;
	return 0;
#endif
}

#ifdef MARIADB_PACKAGE_VERSION
/* The values of all rows, column by column, as the library wants them. */
struct many {
	MYSQL_BIND *bind;
	const char **data;
	unsigned long *len;
	char *null;
};

static void
many_free(struct many *m)
{

	free(m->bind);
	free(m->data);
	free(m->len);
	free(m->null);
}

static int
many_fill(struct many *m, const struct db_value *values, size_t n, size_t rows)
{
	const struct db_value *v;
	size_t i, k, at;

	m->bind = calloc(n + 1, sizeof(*m->bind));
	m->data = calloc(n * rows + 1, sizeof(*m->data));
	m->len = calloc(n * rows + 1, sizeof(*m->len));
	m->null = calloc(n * rows + 1, 1);
	if (m->bind == NULL || m->data == NULL || m->len == NULL ||
	    m->null == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (k = 0; k < n; k++) {
		for (i = 0; i < rows; i++) {
			v = &values[i * n + k];
			at = k * rows + i;
			m->data[at] = v->data == NULL ? "" : v->data;
			m->len[at] = v->len;
			m->null[at] = v->data == NULL ? STMT_INDICATOR_NULL
						      : STMT_INDICATOR_NONE;
		}
		m->bind[k].buffer_type = MYSQL_TYPE_STRING;
		m->bind[k].buffer = &m->data[k * rows];
		m->bind[k].length = &m->len[k * rows];
		m->bind[k].u.indicator = &m->null[k * rows];
	}
	return 0;
}

static int
exec_at_once(struct db *db, const struct buf *sql,
    const struct db_value *values, size_t n, size_t rows, uint64_t *affected)
{
	struct many m = { NULL, NULL, NULL, NULL };
	unsigned int size = (unsigned int)rows;
	int rc = -1;

	db_calm(db);
	if (many_fill(&m, values, n, rows) || prepare(db, sql, n))
		goto out;
	if (mysql_stmt_attr_set(db->last, STMT_ATTR_ARRAY_SIZE, &size) ||
	    mysql_stmt_bind_param(db->last, m.bind) ||
	    mysql_stmt_execute(db->last)) {
		db_failed(
		    db, mysql_stmt_errno(db->last), mysql_stmt_error(db->last));
		goto out;
	}
	*affected = mysql_stmt_affected_rows(db->last);
	size = 0;
	rc =
	    mysql_stmt_attr_set(db->last, STMT_ATTR_ARRAY_SIZE, &size) ? -1 : 0;
out:
	if (rc != 0)
		db_forget(db);
	many_free(&m);
	return rc;
}
#endif

int
db_exec_many(struct db *db, const struct buf *sql,
    const struct db_value *values, size_t n, size_t rows, uint64_t *affected)
{
	uint64_t one;
	size_t i;

#ifdef MARIADB_PACKAGE_VERSION
	if (rows > 1 && n > 0 && db_takes_many(db))
		return exec_at_once(db, sql, values, n, rows, affected);
#endif
	*affected = 0;
	for (i = 0; i < rows; i++) {
		if (db_exec(db, sql, values + i * n, n, &one))
			return -1;
		*affected += one;
	}
	return 0;
}
