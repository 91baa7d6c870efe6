#include "archive/snapshot/sweep_filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/db_query.h"
#include "archive/snapshot/sweep_pattern.h"
#include "archive/warn.h"

static int
keep(struct sweep_filter *f, struct buf *pattern)
{
	char **more;

	more = reallocarray(f->patterns, f->n + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	f->patterns = more;
	if ((f->patterns[f->n] = buf_steal(pattern)) == NULL)
		return -1;
	f->n++;
	return 0;
}

/* The patterns of one address. */
static int
add_address(struct sweep_filter *f, const struct address *a)
{
	struct buf b = BUF_EMPTY;
	size_t n;
	int rc;

	for (n = 0; (rc = sweep_like(a, n, &b)) == 1; n++)
		if (keep(f, &b)) {
			rc = -1;
			break;
		}
	buf_free(&b);
	if (rc == -1 || (f->regexp.len > 0 && buf_addc(&f->regexp, '|')))
		return -1;
	return sweep_regexp(a, &f->regexp);
}

/* What this server can do. */
static int
ask_server(struct sweep_filter *f, struct db *db)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	unsigned long major = 0;
	int rc = -1, minor = 0;
	const char *dot;

	if (buf_adds(&sql, "SELECT VERSION()") || db_select(db, &sql, 0, &rows))
		goto done;
	if ((rc = db_next(rows, &cells)) == 1 && cells[0].data != NULL) {
		major = strtoul(cells[0].data, NULL, 10);
		if ((dot = strchr(cells[0].data, '.')) != NULL)
			minor = dot[1] - '0';
		f->base64 = major > 5 || (major == 5 && minor >= 6);
		f->pcre =
		    major >= 10 && strstr(cells[0].data, "MariaDB") != NULL;
	}
	db_rows_free(rows);
done:
	buf_free(&sql);
	return rc == 1 ? 0 : -1;
}

int
sweep_filter_start(
    struct sweep_filter *f, const struct manifest *m, struct db *db)
{
	size_t i, k;
	int rc = 0;

	memset(f, 0, sizeof(*f));
	for (i = 0; i < m->nown && rc == 0; i++) {
		for (k = 0; k < i; k++)
			if (address_compare(&m->own[k].addr, &m->own[i].addr) ==
			    0)
				break;
		if (k < i)
			continue;
		rc = add_address(f, &m->own[i].addr);
	}
	if (rc == 0 && ask_server(f, db) == 0)
		return 0;
	sweep_filter_free(f);
	return -1;
}

void
sweep_filter_free(struct sweep_filter *f)
{

	while (f->n > 0)
		free(f->patterns[--f->n]);
	free(f->patterns);
	f->patterns = NULL;
	buf_free(&f->regexp);
}

static int
is_type(const struct item_column *c, const char *const *types, size_t n)
{
	size_t i, len;

	for (i = 0; i < n; i++) {
		len = strlen(types[i]);
		if (strncmp(c->type, types[i], len) == 0 &&
		    strchr("( ", c->type[len]) != NULL)
			return 1;
	}
	return 0;
}

static int
is_binary(const struct item_column *c)
{
	static const char *const types[] = { "tinyblob", "blob", "mediumblob",
		"longblob", "binary", "varbinary" };

	return is_type(c, types, sizeof(types) / sizeof(types[0]));
}

int
sweep_filter_column(const struct item_column *c)
{

	return !c->generated &&
	       (c->charset != NULL || is_binary(c) || db_takes_text(c));
}

/* BEFORE COLUMN BEHIND 'text', behind OR */
static int
add_test(struct buf *sql, const char *before, const struct item_column *c,
    const char *behind, const char *text)
{

	if (buf_adds(sql, sql->len == 0 ? "" : " OR ") ||
	    buf_adds(sql, before) || db_name(sql, c->name) ||
	    buf_adds(sql, behind) || db_text(sql, text))
		return -1;
	return 0;
}

/* Is an address in the text of a column?  No cast where it is none: as bytes,
 * inet6 is the number. */
static int
add_plain(
    const struct sweep_filter *f, const struct item_column *c, struct buf *sql)
{
	size_t i;

	if (f->pcre && (c->charset != NULL || is_binary(c)))
		return add_test(sql, "BINARY ", c, " REGEXP ", f->regexp.data);
	for (i = 0; i < f->n; i++)
		if (add_test(sql, "", c, " LIKE ", f->patterns[i]))
			return -1;
	return 0;
}

/* In what FROM_BASE64 makes of it? */
static int
add_base64(
    const struct sweep_filter *f, const struct item_column *c, struct buf *sql)
{
	size_t i;

	if (f->pcre)
		return add_test(
		    sql, "FROM_BASE64(", c, ") REGEXP ", f->regexp.data);
	for (i = 0; f->base64 && i < f->n; i++)
		if (add_test(sql, "FROM_BASE64(", c, ") LIKE ", f->patterns[i]))
			return -1;
	return 0;
}

static int
add_column(
    const struct sweep_filter *f, const struct item_column *c, struct buf *sql)
{

	if (add_plain(f, c, sql))
		return -1;
	if (c->charset == NULL && db_takes_text(c))
		return 0;
	if (add_test(sql, "", c, " LIKE ", "H4sI%") || add_base64(f, c, sql))
		return -1;
	if (!is_binary(c))
		return 0;
	if (buf_adds(sql, " OR ") || db_name(sql, c->name) ||
	    buf_adds(sql, " LIKE _binary X'1f8b0825'"))
		return -1;
	return 0;
}

int
sweep_filter_where(
    const struct sweep_filter *f, const struct item_table *t, struct buf *where)
{
	size_t i;

	for (i = 0; i < t->ncolumns; i++)
		if (sweep_filter_column(&t->columns[i]) &&
		    add_column(f, &t->columns[i], where))
			return -1;
	return where->len > 0;
}
