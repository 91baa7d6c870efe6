#include "restore/accounts/accounts_here.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/warn.h"
#include "restore/accounts/account_map.h"

static void
here_clear(struct account_here *h)
{

	db_accounts_free(&h->list);
	db_definers_free(h->definers, h->ndefiners);
	buf_free(&h->why);
	memset(h, 0, sizeof(*h));
}

void
accounts_here_free(struct accounts_here *h)
{
	size_t i;

	for (i = 0; i < h->n; i++)
		here_clear(&h->list[i]);
	free(h->list);
	memset(h, 0, sizeof(*h));
}

/* What one login sees and may. */
static int
here_read(struct db_server *server, struct account_here *h)
{
	int rc;

	memset(h, 0, sizeof(*h));
	h->server = server;
	if (db_accounts_read(server->db, &h->list))
		return -1;
	if ((rc = db_account_may_rename(server->db, &h->why)) == -1) {
		here_clear(h);
		return -1;
	}
	h->may = rc;
	return 0;
}

static int
rank(const struct account_here *h)
{

	return 2 * (h->list.unseen == NULL) + h->may;
}

/* The entry of a server, or NULL. */
static struct account_here *
find(const struct accounts_here *h, const char *label)
{
	size_t i;

	for (i = 0; i < h->n; i++)
		if (strcmp(h->list[i].server->label, label) == 0)
			return &h->list[i];
	return NULL;
}

int
accounts_here_load(struct restore *r, struct accounts_here *h)
{
	struct account_here one, *at;
	size_t i;

	memset(h, 0, sizeof(*h));
	h->list = calloc(r->db->nservers + 1, sizeof(*h->list));
	if (h->list == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < r->db->nservers; i++) {
		if (here_read(&r->db->servers[i], &one))
			goto err0;
		at = find(h, one.server->label);
		if (at == NULL) {
			h->list[h->n++] = one;
		} else if (rank(&one) > rank(at)) {
			here_clear(at);
			*at = one;
		} else {
			here_clear(&one);
		}
	}
	for (i = 0; i < h->n; i++)
		if (db_definers_read(h->list[i].server->db,
			&h->list[i].definers, &h->list[i].ndefiners)) {
			h->list[i].ndefiners = 0;
			h->list[i].definers = NULL;
			goto err0;
		}
	return 0;

err0:
	accounts_here_free(h);
	return -1;
}

/* A database here that is the captured one of that role. */
static int
is_database(
    const struct manifest *m, const char *role, const struct db_schema *here)
{
	size_t i;

	if (strcmp(here->role, role) == 0)
		return 1;
	for (i = 0; i < m->ndatabases; i++)
		if (strcmp(m->databases[i].role, role) == 0 &&
		    strcmp(m->databases[i].schema, here->schema) == 0)
			return 1;
	return 0;
}

int
account_is_of(const struct restore *r, const struct account_here *h,
    const struct item_account *a)
{
	const struct db_server *s;
	size_t i, j, k;

	for (i = 0; i < r->db->nservers; i++) {
		s = &r->db->servers[i];
		if (strcmp(s->label, h->server->label) != 0)
			continue;
		for (j = 0; j < s->nschemas; j++)
			for (k = 0; k < a->nroles; k++)
				if (is_database(r->manifest, a->roles[k],
					&s->schemas[j]))
					return 1;
	}
	return 0;
}

const struct db_definer *
account_definer(
    const struct account_here *h, const char *user, const char *host)
{
	size_t i;

	for (i = 0; i < h->ndefiners; i++)
		if (db_account_same(&h->definers[i].name, user, host))
			return &h->definers[i];
	return NULL;
}

int
account_explained(struct restore *r, const struct account_here *h,
    const char *user, const char *host)
{
	const struct item_account *a;
	struct buf new = BUF_EMPTY;
	const char *held;
	int rc = 0;
	size_t i;

	for (i = 0; rc == 0 && i < r->manifest->nitems; i++) {
		a = r->manifest->items[i]->account;
		if (a == NULL || strcmp(a->user, user) != 0 ||
		    !account_is_of(r, h, a) ||
		    db_accounts_find(&h->list, user, a->host) != NULL)
			continue;
		rc = account_map(
		    r, r->manifest->items[i]->name, a->host, 0, &new, &held);
		if (rc == 1)
			rc = strcasecmp(new.data, host) == 0;
	}
	buf_free(&new);
	return rc;
}
