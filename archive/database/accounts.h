#ifndef ARCHIVE_ACCOUNTS_H
#define ARCHIVE_ACCOUNTS_H

#include <stdint.h>

#include "archive/database/db_query.h"

/**
 * accounts: who may log in to a server.  Names alone are ever asked for, never
 * a password or its hash.  Names of users are compared by bytes, of hosts
 * without regard to case.
 */
struct db_account {
	char *user, *host;
};

struct db_accounts {
	struct db_account *list; /* by user, then host; roles are none */
	size_t n;
	struct db_account self; /* the one that this session is */
	char *unseen; /* why this login may not read the others (then the list
		       * is itself alone), or NULL */
};

/* 0 with ${out} for db_accounts_free, or -1 said (and nothing to free). */
int db_accounts_read(struct db *db, struct db_accounts *out) MUST_CHECK;
void db_accounts_free(struct db_accounts *a);

/* Who has rights on schemas, tables, columns, routines or other accounts, be
 * there such an account or not (a server that went down amidst a rename may
 * leave some behind): as db_accounts_read, but not seeing them is no error. */
int db_grantees_read(struct db *db, struct db_accounts *out) MUST_CHECK;

/* The account as the server names it, or NULL. */
const struct db_account *db_accounts_find(
    const struct db_accounts *a, const char *user, const char *host);

/* 1 when both are one account. */
int
db_account_same(const struct db_account *a, const char *user, const char *host);

/**
 * db_account_rights(db, a, role, out):
 * Append, as rows of a .txt with four columns (FORMAT.md section 5), what the
 * account may do, as far as this login sees it.  ${role} is the first column. 0
 * or -1 said.
 */
int db_account_rights(struct db *db, const struct db_account *a,
    const char *role, struct buf *out) MUST_CHECK;

/* Append `RENAME USER 'a'@'1.2.3.4' TO 'a'@'1.2.3.5'`, as it is run and as a
 * person types it: 0 or -1. */
int db_account_rename_sql(struct buf *sql, const char *user, const char *from,
    const char *to) MUST_CHECK;

/**
 * db_account_may_rename(db, why):
 * 1 when this login may rename accounts and the server takes changes; 0 with
 * ${why} appended; -1 said.
 */
int db_account_may_rename(struct db *db, struct buf *why) MUST_CHECK;

/* Whose rights views, triggers, routines and events run with. */
#define DB_DEFINED 4
struct db_definer {
	struct db_account name;
	uint64_t n[DB_DEFINED];
};

/* All of them that this login sees: 0 with ${*list} of ${*n} for
 * db_definers_free, or -1 said. */
int
db_definers_read(struct db *db, struct db_definer **list, size_t *n) MUST_CHECK;
void db_definers_free(struct db_definer *list, size_t n);

/* Append "2 views and 1 trigger": 0 or -1. */
int db_definer_print(const struct db_definer *d, struct buf *out) MUST_CHECK;

#endif
