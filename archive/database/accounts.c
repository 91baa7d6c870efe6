#include "archive/database/accounts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/database/db_trouble.h"
#include "archive/warn.h"

static void
account_clear(struct db_account *a)
{

	free(a->user);
	free(a->host);
	memset(a, 0, sizeof(*a));
}

void
db_accounts_free(struct db_accounts *a)
{
	size_t i;

	if (a == NULL)
		return;
	for (i = 0; i < a->n; i++)
		account_clear(&a->list[i]);
	free(a->list);
	account_clear(&a->self);
	free(a->unseen);
	memset(a, 0, sizeof(*a));
}

static int
account_set(struct db_account *a, const char *user, const char *host)
{

	return manifest_set(&a->user, user) || manifest_set(&a->host, host) ? -1
									    : 0;
}

static int
add(struct db_accounts *a, const char *user, const char *host)
{
	struct db_account *more;

	more = reallocarray(a->list, a->n + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	a->list = more;
	memset(&more[a->n], 0, sizeof(*more));
	return account_set(&more[a->n++], user, host);
}

/* Rows of a query: 0, or -1; nothing is said when ${hush}. */
static int
ask(struct db *db, const char *text, int hush, struct db_rows **rows)
{
	struct buf sql = BUF_EMPTY;
	int rc = -1;

	if (buf_adds(&sql, text) == 0) {
		db_hush(db, hush ? 2 : 0);
		rc = db_select(db, &sql, 0, rows);
		db_hush(db, 0);
	}
	buf_free(&sql);
	return rc;
}

/* "user@host": a host has no @. */
static int
read_self(struct db *db, struct db_accounts *a)
{
	const struct db_value *cells;
	struct db_rows *rows;
	char *name = NULL, *at;
	int rc = -1;

	if (ask(db, "SELECT CURRENT_USER()", 0, &rows))
		return -1;
	if (db_next(rows, &cells) == 1 &&
	    manifest_set(&name, cells[0].data) == 0 && name != NULL &&
	    (at = strrchr(name, '@')) != NULL) {
		*at = '\0';
		rc = account_set(&a->self, name, at + 1);
	}
	free(name);
	db_rows_free(rows);
	return rc;
}

static int
by_name(const void *a, const void *b)
{
	const struct db_account *x = a, *y = b;
	int rc = strcmp(x->user, y->user);

	return rc != 0 ? rc : strcmp(x->host, y->host);
}

/* Without the right to read them, it knows itself alone. */
static int
read_unseen(struct db *db, struct db_accounts *a)
{
	enum db_trouble trouble = db_trouble(db);

	if (trouble != DB_WRONG && trouble != DB_REFUSED) {
		warn_msg("%s: %s", db_label(db), db_why(db));
		return -1;
	}
	if (manifest_set(&a->unseen, db_why(db)))
		return -1;
	return add(a, a->self.user, a->self.host);
}

/* User and host, of each row: 0, or -1 said. */
static int
take_all(struct db_rows *rows, struct db_accounts *out)
{
	const struct db_value *cells;
	int rc;

	while ((rc = db_next(rows, &cells)) == 1)
		if ((rc = add(out, cells[0].data == NULL ? "" : cells[0].data,
			 cells[1].data == NULL ? "" : cells[1].data)) != 0)
			break;
	if (rc == 0 && out->n > 1)
		qsort(out->list, out->n, sizeof(*out->list), by_name);
	return rc;
}

int
db_accounts_read(struct db *db, struct db_accounts *out)
{
	struct db_rows *rows;
	int rc;

	memset(out, 0, sizeof(*out));
	if (read_self(db, out))
		goto err0;
	if (ask(db, "SELECT User, Host FROM mysql.user WHERE Host <> ''", 1,
		&rows)) {
		if (read_unseen(db, out))
			goto err0;
		return 0;
	}
	rc = take_all(rows, out);
	db_rows_free(rows);
	if (rc != 0)
		goto err0;
	return 0;

err0:
	db_accounts_free(out);
	return -1;
}

int
db_grantees_read(struct db *db, struct db_accounts *out)
{
	struct db_rows *rows;
	int rc;

	memset(out, 0, sizeof(*out));
	if (ask(db,
		"SELECT User, Host FROM mysql.db"
		" UNION SELECT User, Host FROM mysql.tables_priv"
		" UNION SELECT User, Host FROM mysql.columns_priv"
		" UNION SELECT User, Host FROM mysql.procs_priv"
		" UNION SELECT Proxied_user, Proxied_host"
		" FROM mysql.proxies_priv",
		1, &rows)) {
		if (db_trouble(db) == DB_WRONG)
			return 0;
		warn_msg("%s: %s", db_label(db), db_why(db));
		return -1;
	}
	rc = take_all(rows, out);
	db_rows_free(rows);
	if (rc != 0)
		db_accounts_free(out);
	return rc;
}

int
db_account_same(const struct db_account *a, const char *user, const char *host)
{

	return strcmp(a->user, user) == 0 && strcasecmp(a->host, host) == 0;
}

const struct db_account *
db_accounts_find(
    const struct db_accounts *a, const char *user, const char *host)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (db_account_same(&a->list[i], user, host))
			return &a->list[i];
	return NULL;
}
