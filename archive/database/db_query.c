#include "archive/database/db_query.h"

#include <stdlib.h>
#include <string.h>

#include "archive/database/db_schema.h"
#include "archive/database/db_session.h"
#include "archive/warn.h"

struct db_rows {
	struct db *db;
	MYSQL_RES *res;
	size_t width;
	struct db_value *cells;
};

const char *
db_label(const struct db *db)
{

	return db->label;
}

int
db_run(struct db *db, const char *sql)
{

	db_calm(db);
	if (mysql_real_query(db->mysql, sql, strlen(sql))) {
		db_failed(db, mysql_errno(db->mysql), mysql_error(db->mysql));
		return -1;
	}
	return 0;
}

int
db_begin_reading(struct db *db)
{
	/* Servers before MySQL 5.6 do not know READ ONLY. */
	const char *begin =
	    mysql_get_server_version(db->mysql) < 50600
		? "START TRANSACTION WITH CONSISTENT SNAPSHOT"
		: "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

	if (db_run(
		db, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
		return -1;
	return db_run(db, begin);
}

/* db_select, of a session that nobody else uses meanwhile. */
static int
begin(struct db *db, const struct buf *sql, int stream, struct db_rows **out)
{
	struct db_rows *r;

	if (mysql_real_query(db->mysql, sql->data, sql->len)) {
		db_failed(db, mysql_errno(db->mysql), mysql_error(db->mysql));
		goto err0;
	}
	if ((r = calloc(1, sizeof(*r))) == NULL) {
		warn_msg("out of memory");
		goto err0;
	}
	r->db = db;
	r->res = stream ? mysql_use_result(db->mysql)
			: mysql_store_result(db->mysql);
	if (r->res == NULL) {
		db_failed(db, mysql_errno(db->mysql), mysql_error(db->mysql));
		goto err1;
	}
	r->width = mysql_num_fields(r->res);
	if ((r->cells = calloc(r->width, sizeof(*r->cells))) == NULL) {
		warn_msg("out of memory");
		goto err1;
	}
	*out = r;
	return 0;

err1:
	db_rows_free(r);
err0:
	return -1;
}

int
db_select(
    struct db *db, const struct buf *sql, int stream, struct db_rows **out)
{

	db_calm(db);
	return begin(db, sql, stream, out);
}

int
db_next(struct db_rows *r, const struct db_value **cells)
{
	unsigned long *lengths;
	MYSQL_ROW row;
	size_t i;

	if ((row = mysql_fetch_row(r->res)) == NULL) {
		if (mysql_errno(r->db->mysql) == 0)
			return 0;
		db_failed(r->db, mysql_errno(r->db->mysql),
		    mysql_error(r->db->mysql));
		return -1;
	}
	lengths = mysql_fetch_lengths(r->res);
	for (i = 0; i < r->width; i++) {
		r->cells[i].data = row[i];
		r->cells[i].len = row[i] == NULL ? 0 : lengths[i];
	}
	*cells = r->cells;
	return 1;
}

size_t
db_width(const struct db_rows *r)
{

	return r->width;
}

void
db_rows_free(struct db_rows *r)
{

	if (r == NULL)
		return;
	/* Rows not read yet are read and dropped by the library. */
	if (r->res != NULL)
		mysql_free_result(r->res);
	free(r->cells);
	free(r);
}

/* What is read ahead. */
struct reading {
	struct db *db;
	const struct buf *sql;
	db_take *take;
	void *cookie;
};

static int
read_ahead(void *cookie)
{
	struct reading r = *(struct reading *)cookie;
	const struct db_value *cells;
	struct db_rows *rows;
	int rc, took = 1;

	free(cookie);
	if (begin(r.db, r.sql, 1, &rows))
		return -1;
	while (took == 1 && (rc = db_next(rows, &cells)) == 1)
		took = r.take(r.cookie, cells);
	db_rows_free(rows);
	return took == 1 ? rc : took == 0 ? 1 : -1;
}

int
db_ahead(struct db *db, const struct buf *sql, db_take *take, void *cookie)
{
	struct reading *r;

	db_calm(db);
	if ((r = malloc(sizeof(*r))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	*r = (struct reading){ db, sql, take, cookie };
	if ((db->ahead = errand_start(read_ahead, r)) != NULL)
		return 0;
	free(r);
	return -1;
}

int
db_ahead_wait(struct db *db)
{

	if (db->ahead != NULL)
		db->ahead_end = errand_wait(db->ahead);
	db->ahead = NULL;
	return db->ahead_end;
}

int
db_name(struct buf *sql, const char *name)
{
	size_t len;

	if (buf_addc(sql, '`'))
		return -1;
	for (; *name != '\0'; name += len) {
		/* One that stands in a name is there twice. */
		len = *name == '`' ? 1 : strcspn(name, "`");
		if (buf_add(sql, name, len) ||
		    (*name == '`' && buf_addc(sql, '`')))
			return -1;
	}
	return buf_addc(sql, '`');
}

int
db_table_name(struct buf *sql, const char *schema, const char *table)
{

	if (db_name(sql, schema) || buf_addc(sql, '.'))
		return -1;
	return db_name(sql, table);
}

/* _charset X'...': a string whatever stands in it. */
static int
add_hex(struct buf *sql, const char *charset, const char *data, size_t len)
{
	static const char hex[] = "0123456789abcdef";
	size_t i;
	char *to;

	if (buf_addf(sql, "_%s X'", charset) ||
	    (to = buf_reserve(sql, len * 2)) == NULL)
		return -1;
	for (i = 0; i < len; i++) {
		*to++ = hex[(unsigned char)data[i] >> 4];
		*to++ = hex[(unsigned char)data[i] & 15];
	}
	sql->len += len * 2;
	return buf_addc(sql, '\'');
}

int
db_is_whole(const struct item_column *column)
{
	static const char *const types[] = { "tinyint", "smallint", "mediumint",
		"int", "bigint" };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strncmp(column->type, types[i], strlen(types[i])) == 0)
			return 1;
	return 0;
}

/* May this stand as it is, as a constant of an integer column? */
static int
is_integer(const struct item_column *column, const struct db_value *v)
{
	size_t i = v->len > 0 && v->data[0] == '-';

	if (strstr(column->type, "int") == NULL || v->len <= i || v->len > 20)
		return 0;
	for (; i < v->len; i++)
		if (v->data[i] < '0' || v->data[i] > '9')
			return 0;
	return 1;
}

/* A character set's name is the server's word; only its usual form is used. */
static int
is_charset(const char *s)
{

	return s != NULL && *s != '\0' && strlen(s) < 32 &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(s);
}

int
db_takes_text(const struct item_column *column)
{
	static const char *const types[] = { "json", "inet4", "inet6", "uuid" };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(column->type, types[i]) == 0)
			return 1;
	return 0;
}

int
db_literal(struct buf *sql, const struct item_column *column,
    const struct db_value *value)
{

	if (value->data == NULL)
		return buf_adds(sql, "NULL");
	if (is_integer(column, value))
		return buf_add(sql, value->data, value->len);
	if (is_charset(column->charset))
		return add_hex(sql, column->charset, value->data, value->len);
	return add_hex(sql, db_takes_text(column) ? "utf8" : "binary",
	    value->data, value->len);
}

int
db_mark(
    struct buf *sql, const struct item_column *column, const char *collation)
{

	if (!db_is_text(column))
		return buf_addc(sql, '?') ? -1 : 1;
	if (collation == NULL || !is_charset(column->charset) ||
	    !is_charset(collation))
		return 0;
	return buf_addf(sql, "CONVERT(? USING %s) COLLATE %s", column->charset,
		   collation)
		   ? -1
		   : 1;
}

int
db_text(struct buf *sql, const char *text)
{

	return add_hex(sql, "utf8", text, strlen(text));
}
