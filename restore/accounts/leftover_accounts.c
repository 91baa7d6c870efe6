#include <string.h>

#include "restore/accounts/account_map.h"
#include "restore/accounts/accounts_here.h"

/* A server that is looked through. */
struct scan {
	struct restore *r;
	const struct account_here *here;
	struct buf name, new;
};

/* Does the map still change this account's name?  1, 0, -1 said.  What is held
 * and was not captured is told. */
static int
is_old(struct scan *s, const struct db_account *a)
{
	const char *held;
	int rc;

	buf_clear(&s->name);
	if (buf_addf(&s->name, "account:%s@%s", a->user, a->host))
		return -1;
	if (!restore_wants(s->r, s->name.data))
		return 0;
	rc = account_map(s->r, s->name.data, a->host, 0, &s->new, &held);
	if (rc == 0 && held != NULL &&
	    manifest_find(s->r->manifest, s->name.data) == NULL)
		return plan_say(s->r->plan, PLAN_HELD, ITEM_ACCOUNT,
		    s->name.data, NULL, account_held_name(held), "%s: %s", held,
		    a->host);
	if (rc != 1)
		return rc;
	rc = account_explained(s->r, s->here, a->user, a->host);
	return rc == -1 ? -1 : !rc;
}

static int
scan_account(struct scan *s, const struct db_account *a)
{
	int rc;

	if ((rc = is_old(s, a)) != 1)
		return rc;
	return plan_say(s->r->plan, PLAN_LEFTOVER, ITEM_ACCOUNT, s->name.data,
	    NULL, "leftover", "on %s it may log in from %s only",
	    s->here->server->label, a->host);
}

static int
scan_definer(struct scan *s, const struct db_definer *d)
{
	struct buf what = BUF_EMPTY;
	int rc;

	if ((rc = is_old(s, &d->name)) != 1)
		return rc;
	rc = db_definer_print(d, &what);
	if (rc == 0)
		rc = plan_say(s->r->plan, PLAN_LEFTOVER, ITEM_ACCOUNT,
		    s->name.data, "DEFINER", "leftover", "of %s on %s",
		    what.data, s->here->server->label);
	buf_free(&what);
	return rc;
}

/* Rights of accounts that are not there: what a rename that the server did not
 * end leaves behind, or who may act as an account that has another name now. */
static int
scan_grantees(struct scan *s)
{
	struct db_accounts g;
	int rc = 0;
	size_t i;

	if (db_grantees_read(s->here->server->db, &g))
		return -1;
	for (i = 0; rc == 0 && i < g.n; i++) {
		if (db_accounts_find(&s->here->list, g.list[i].user,
			g.list[i].host) != NULL ||
		    (rc = is_old(s, &g.list[i])) != 1)
			continue;
		rc = plan_say(s->r->plan, PLAN_LEFTOVER, ITEM_ACCOUNT,
		    s->name.data, "GRANT", "leftover",
		    "%s has rights for it, but no such account: GRANT them to "
		    "the one that took its place",
		    s->here->server->label);
	}
	db_accounts_free(&g);
	return rc;
}

static int
scan_server(struct restore *r, const struct account_here *h)
{
	struct scan s = { .r = r, .here = h };
	int rc = 0;
	size_t i;

	if (h->list.unseen != NULL)
		return plan_say(r->plan, PLAN_NOTE, ITEM_ACCOUNT, NULL, NULL,
		    "accounts-unseen",
		    "this login may not read the accounts of %s: look by hand "
		    "for those that are bound to an old address",
		    h->server->label);
	for (i = 0; rc == 0 && i < h->list.n; i++)
		rc = scan_account(&s, &h->list.list[i]);
	for (i = 0; rc == 0 && i < h->ndefiners; i++)
		rc = scan_definer(&s, &h->definers[i]);
	if (rc == 0)
		rc = scan_grantees(&s);
	buf_free(&s.name);
	buf_free(&s.new);
	return rc;
}

int
leftover_accounts(struct restore *r)
{
	struct accounts_here here;
	int rc = 0;
	size_t i;

	if (r->against != NULL)
		return 0;
	if (accounts_here_load(r, &here))
		return -1;
	for (i = 0; rc == 0 && i < here.n; i++)
		rc = scan_server(r, &here.list[i]);
	accounts_here_free(&here);
	return rc;
}
