#include <stdlib.h>
#include <string.h>

#include "archive/database/account_host.h"
#include "archive/database/accounts.h"
#include "archive/node/path.h"
#include "archive/snapshot/snapshot.h"
#include "archive/warn.h"

/* Accounts of all servers, each once, with what it may do on each. */
struct found {
	struct item *item;
	struct buf rights;
};

struct accounts {
	struct snapshot *s;
	struct found *list;
	size_t n;
};

/* The first database of a server names it in a bundle. */
static const char *
first_role(const struct db_server *server)
{

	return server->nschemas == 0 ? "" : server->schemas[0].role;
}

/* A name that an item may have. */
static int
is_plain(const char *s)
{
	size_t i, len = strlen(s);

	for (i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			return 0;
	return len <= 255 && path_utf8(s, len);
}

/* Is it bound to something that may move?  1, 0; -1 said. */
static int
is_bound(struct accounts *all, const struct db_server *server,
    const struct db_account *a)
{
	struct manifest *m = bundle_new_manifest(all->s->bundle);
	struct account_host host;

	account_host_read(a->host, &host);
	if (host.bound == ACCOUNT_ANYWHERE ||
	    (host.bound == ACCOUNT_NAME && a->user[0] == '\0'))
		return 0;
	if (is_plain(a->user) && is_plain(a->host) &&
	    strchr(a->host, '@') == NULL)
		return 1;
	return manifest_warn(m, NULL,
		   "%s: an account whose name is no plain text is left out: "
		   "look at it by hand",
		   server->label)
		   ? -1
		   : 0;
}

/* The entry of that account, made when it is the first; NULL said. */
static struct found *
enter(struct accounts *all, const struct db_account *a)
{
	struct item_account *account;
	struct found *more;
	struct buf name = BUF_EMPTY;
	struct item *item;
	size_t i;

	for (i = 0; i < all->n; i++) {
		account = all->list[i].item->account;
		if (db_account_same(a, account->user, account->host))
			return &all->list[i];
	}
	more = reallocarray(all->list, all->n + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	all->list = more;
	if ((item = item_new(ITEM_ACCOUNT)) == NULL)
		return NULL;
	if (buf_addf(&name, "account:%s@%s", a->user, a->host) ||
	    manifest_set(&item->name, name.data) ||
	    manifest_set(&item->account->user, a->user) ||
	    manifest_set(&item->account->host, a->host)) {
		buf_free(&name);
		item_free(item);
		return NULL;
	}
	buf_free(&name);
	memset(&more[all->n], 0, sizeof(*more));
	more[all->n].item = item;
	return &more[all->n++];
}

/* All sessions at one server have its accounts. */
static int
add_roles(struct accounts *all, const char *label, struct item_account *a)
{
	const struct db_set *set = all->s->db;
	size_t i, j;

	for (i = 0; i < set->nservers; i++) {
		if (strcmp(set->servers[i].label, label) != 0)
			continue;
		for (j = 0; j < set->servers[i].nschemas; j++)
			if (item_account_role(
				a, set->servers[i].schemas[j].role))
				return -1;
	}
	return 0;
}

static int
add_all(struct accounts *all, const struct db_server *server,
    const struct db_accounts *list)
{
	struct found *f;
	size_t i;
	int bound;

	for (i = 0; i < list->n; i++) {
		if ((bound = is_bound(all, server, &list->list[i])) == -1)
			return -1;
		if (bound == 0)
			continue;
		if ((f = enter(all, &list->list[i])) == NULL ||
		    add_roles(all, server->label, f->item->account) ||
		    db_account_rights(server->db, &list->list[i],
			first_role(server), &f->rights))
			return -1;
	}
	return 0;
}

/* What one login knows; ${*seen}: that is all there is.  0, or -1 said. */
static int
read_session(
    struct accounts *all, const struct db_server *server, int whole, int *seen)
{
	struct db_accounts list;
	int rc = 0;

	if (db_accounts_read(server->db, &list))
		return -1;
	*seen = list.unseen == NULL;
	if (*seen == whole)
		rc = add_all(all, server, &list);
	db_accounts_free(&list);
	return rc;
}

/* A server, by the first login that may read its accounts; else each login
 * tells of itself. */
static int
read_server(struct accounts *all, size_t first)
{
	struct manifest *m = bundle_new_manifest(all->s->bundle);
	const struct db_set *set = all->s->db;
	const char *label = set->servers[first].label;
	int seen, pass;
	size_t i;

	for (pass = 1; pass >= 0; pass--)
		for (i = first; i < set->nservers; i++) {
			if (strcmp(set->servers[i].label, label) != 0)
				continue;
			if (read_session(all, &set->servers[i], pass, &seen))
				return -1;
			if (pass == 1 && seen)
				return 0;
		}
	return manifest_warn(m, NULL,
	    "%s: accounts bound to an address cannot be read by this login "
	    "(all but itself): look at them by hand (SELECT User, Host FROM "
	    "mysql.user), or name a login that may with --defaults-file FILE",
	    label);
}

static int
by_name(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	return strcmp(x->item->name, y->item->name);
}

static int
put_all(struct accounts *all)
{
	struct found *f;
	size_t i;

	if (all->n > 1)
		qsort(all->list, all->n, sizeof(*all->list), by_name);
	for (i = 0; i < all->n; i++) {
		f = &all->list[i];
		if (!snapshot_wants(all->s, f->item->name))
			continue;
		snapshot_tick(all->s, 0, f->item->name);
		if (bundle_put(
			all->s->bundle, f->item, f->rights.data, f->rights.len))
			return -1;
		f->item = NULL;
	}
	return 0;
}

/* 1 when a login at the same server came before. */
static int
is_known(const struct db_set *set, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(set->servers[i].label, set->servers[n].label) == 0)
			return 1;
	return 0;
}

int
snapshot_accounts(struct snapshot *s)
{
	struct accounts all = { s, NULL, 0 };
	size_t i;
	int rc = 0;

	if (s->opt->describe != NULL || !snapshot_may_want(s, "account:") ||
	    snapshot_leaves_out(s, "account:*"))
		return 0;
	for (i = 0; rc == 0 && i < s->db->nservers; i++)
		if (!is_known(s->db, i))
			rc = read_server(&all, i);
	if (rc == 0)
		rc = put_all(&all);
	for (i = 0; i < all.n; i++) {
		item_free(all.list[i].item);
		buf_free(&all.list[i].rights);
	}
	free(all.list);
	return rc;
}
