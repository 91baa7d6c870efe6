#include <string.h>

#include "archive/database/accounts.h"

/* 'text', or `text` where somebody's sql_mode might read it otherwise. */
static int
add_quoted(struct buf *sql, const char *text)
{

	if (strpbrk(text, "'\\") != NULL)
		return db_name(sql, text);
	return buf_addf(sql, "'%s'", text);
}

static int
add_account(struct buf *sql, const char *user, const char *host)
{

	if (add_quoted(sql, user) || buf_addc(sql, '@'))
		return -1;
	return add_quoted(sql, host);
}

int
db_account_rename_sql(
    struct buf *sql, const char *user, const char *from, const char *to)
{

	if (buf_adds(sql, "RENAME USER ") || add_account(sql, user, from) ||
	    buf_adds(sql, " TO "))
		return -1;
	return add_account(sql, user, to);
}

/* Rights that count, and on what they must be.  Servers take UPDATE of their
 * own tables for the right to rename, too. */
enum { RENAME, READ_ONLY_TOO };
static const struct {
	const char *right, *on;
	unsigned int for_;
} rights[] = {
	{ "CREATE USER", " ON *.* TO ", RENAME },
	{ "UPDATE", " ON *.* TO ", RENAME },
	{ "UPDATE", " ON `mysql`.* TO ", RENAME },
	{ "SUPER", " ON *.* TO ", READ_ONLY_TOO },
	{ "READ_ONLY ADMIN", " ON *.* TO ", READ_ONLY_TOO },
	{ "READ ONLY ADMIN", " ON *.* TO ", READ_ONLY_TOO },
	{ "CONNECTION_ADMIN", " ON *.* TO ", READ_ONLY_TOO },
};
#define RIGHTS (sizeof(rights) / sizeof(rights[0]))

/* Does a line of SHOW GRANTS give that right?  The privileges stand in front of
 * the first ON. */
static int
gives(const char *line, size_t i)
{
	const char *on = strstr(line, " ON "), *at;
	size_t len = strlen(rights[i].right);

	if (strncmp(line, "GRANT ", 6) != 0 || on == NULL ||
	    strncmp(on, rights[i].on, strlen(rights[i].on)) != 0)
		return 0;
	if (strncmp(line + 6, "ALL PRIVILEGES ", 15) == 0)
		return 1;
	for (at = line + 6; at != NULL && at < on;) {
		if (strncmp(at, rights[i].right, len) == 0 &&
		    (at[len] == ',' || at + len == on))
			return 1;
		at = strstr(at, ", ");
		at = at == NULL ? NULL : at + 2;
	}
	return 0;
}

/* What this session may: a bit for each.  The server sends its hash along,
 * which nobody keeps. */
static int
read_rights(struct db *db, unsigned int *has)
{
	struct buf sql = BUF_EMPTY;
	const struct db_value *cells;
	struct db_rows *rows;
	int rc = -1;
	size_t i;

	*has = 0;
	if (buf_adds(&sql, "SHOW GRANTS") || db_select(db, &sql, 0, &rows))
		goto out;
	while ((rc = db_next(rows, &cells)) == 1)
		for (i = 0; i < RIGHTS; i++)
			if (cells[0].data != NULL && gives(cells[0].data, i))
				*has |= 1u << rights[i].for_;
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc;
}

/* 1 when the server takes no changes, 0, -1 said. */
static int
is_read_only(struct db *db)
{
	struct buf sql = BUF_EMPTY;
	const struct db_value *cells;
	struct db_rows *rows;
	int rc = -1;

	if (buf_adds(&sql, "SELECT @@global.read_only") ||
	    db_select(db, &sql, 0, &rows))
		goto out;
	if ((rc = db_next(rows, &cells)) == 1)
		rc = cells[0].data != NULL && strcmp(cells[0].data, "0") != 0 &&
		     strcmp(cells[0].data, "OFF") != 0;
	db_rows_free(rows);
out:
	buf_free(&sql);
	return rc;
}

int
db_account_may_rename(struct db *db, struct buf *why)
{
	unsigned int has;
	int rc;

	if (read_rights(db, &has))
		return -1;
	if (!(has >> RENAME & 1))
		return buf_adds(
			   why, "this login has not the privilege CREATE USER")
			   ? -1
			   : 0;
	if ((rc = is_read_only(db)) == -1)
		return -1;
	if (rc == 1 && !(has >> READ_ONLY_TOO & 1))
		return buf_adds(why, "the server is read-only") ? -1 : 0;
	return 1;
}
