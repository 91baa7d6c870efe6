#ifndef RESTORE_ACCOUNTS_HERE_H
#define RESTORE_ACCOUNTS_HERE_H

#include "archive/database/accounts.h"
#include "restore/restore.h"

/**
 * accounts_here: the accounts of each server of this site, by the login that
 * may do the most there.
 */
struct account_here {
	struct db_server *server;
	struct db_accounts list;
	int may;        /* it may rename them */
	struct buf why; /* why not */
	struct db_definer *definers;
	size_t ndefiners;
};

struct accounts_here {
	struct account_here *list;
	size_t n;
};

/* 0 with ${h} for accounts_here_free, or -1 said (nothing to free). */
int accounts_here_load(struct restore *r, struct accounts_here *h) MUST_CHECK;
void accounts_here_free(struct accounts_here *h);

/* 1 when a database of one of the account's roles (or of such a one's name) is
 * on that server. */
int account_is_of(const struct restore *r, const struct account_here *h,
    const struct item_account *a);

/* The entry of who defines something, or NULL. */
const struct db_definer *account_definer(
    const struct account_here *h, const char *user, const char *host);

/**
 * account_explained(r, h, user, host):
 * 1 when that account here is what another captured one has become: one whose
 * old name is here no more.  0; -1 said.
 */
int account_explained(struct restore *r, const struct account_here *h,
    const char *user, const char *host) MUST_CHECK;

#endif
