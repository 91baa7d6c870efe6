#include "archive/snapshot/sweep_filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/db_query.h"
#include "archive/warn.h"

/**
 * The patterns.  "_" stands for any byte, so for a letter of either case in
 * hex, and for the dot of 10.2.116.14 as well as the hyphen of ip-10-2-116-14;
 * "%" between two numbers for zeros in front.  Of an IPv6 address the groups
 * that are not zero stand in every spelling, in their order and with a colon
 * behind: but for the last two, which may be written as an IPv4 address.
 */

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

/* A group of an IPv6 address, without zeros in front: "%_b8". */
static int
add_group(struct buf *b, const unsigned char *bytes)
{
	char hex[8];
	size_t i;

	snprintf(hex, sizeof(hex), "%x", (unsigned)(bytes[0] << 8 | bytes[1]));
	for (i = 0; hex[i] != '\0'; i++)
		if (hex[i] > '9')
			hex[i] = '_';
	return buf_addf(b, "%%%s", hex);
}

/* The first ${n} groups of an address, each with its colon. */
static int
add_groups(struct buf *b, const unsigned char *bytes, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if ((bytes[2 * i] != 0 || bytes[2 * i + 1] != 0) &&
		    (add_group(b, bytes + 2 * i) || buf_addc(b, ':')))
			return -1;
	return 0;
}

/* As four numbers; and in hex, behind ::ffff: */
static int
add_four(struct sweep_filter *f, const unsigned char *a)
{
	struct buf b = BUF_EMPTY;
	int rc = -1;

	if (buf_addf(&b, "%%%u_%%%u_%%%u_%%%u%%", a[0], a[1], a[2], a[3]) ||
	    keep(f, &b) || buf_adds(&b, "%____:") || add_groups(&b, a, 1) ||
	    ((a[2] != 0 || a[3] != 0) && add_group(&b, a + 2)) ||
	    buf_addc(&b, '%') || keep(f, &b))
		goto done;
	rc = 0;
done:
	buf_free(&b);
	return rc;
}

static int
add_six(struct sweep_filter *f, const unsigned char *a)
{
	struct buf b = BUF_EMPTY;
	int rc;

	rc = add_groups(&b, a, 6) || buf_adds(&b, b.len == 0 ? "%:%" : "%") ||
		     keep(f, &b)
		 ? -1
		 : 0;
	buf_free(&b);
	return rc;
}

static int
knows_base64(struct db *db, int *known)
{
	const struct db_value *cells;
	struct buf sql = BUF_EMPTY;
	struct db_rows *rows;
	unsigned long major = 0;
	int rc = -1, minor = 0;
	const char *dot;

	*known = 0;
	if (buf_adds(&sql, "SELECT VERSION()") || db_select(db, &sql, 0, &rows))
		goto done;
	if ((rc = db_next(rows, &cells)) == 1 && cells[0].data != NULL) {
		major = strtoul(cells[0].data, NULL, 10);
		if ((dot = strchr(cells[0].data, '.')) != NULL)
			minor = dot[1] - '0';
		*known = major > 5 || (major == 5 && minor >= 6);
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
		rc = m->own[i].addr.family == 4
			 ? add_four(f, m->own[i].addr.bytes)
			 : add_six(f, m->own[i].addr.bytes);
	}
	if (rc == 0 && knows_base64(db, &f->base64) == 0)
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

/* COLUMN, or what FROM_BASE64 makes of it, LIKE 'PATTERN'.  No cast: where the
 * session takes bytes, CAST(inet6 AS CHAR) is those of the number. */
static int
add_like(struct buf *sql, const char *before, const struct item_column *c,
    const char *behind, const char *pattern)
{

	if (buf_adds(sql, sql->len == 0 ? "" : " OR ") ||
	    buf_adds(sql, before) || db_name(sql, c->name) ||
	    buf_adds(sql, behind) || buf_adds(sql, " LIKE ") ||
	    db_text(sql, pattern))
		return -1;
	return 0;
}

static int
add_column(
    const struct sweep_filter *f, const struct item_column *c, struct buf *sql)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (add_like(sql, "", c, "", f->patterns[i]))
			return -1;
	if (c->charset == NULL && db_takes_text(c))
		return 0;
	if (add_like(sql, "", c, "", "H4sI%"))
		return -1;
	for (i = 0; f->base64 && i < f->n; i++)
		if (add_like(sql, "FROM_BASE64(", c, ")", f->patterns[i]))
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
