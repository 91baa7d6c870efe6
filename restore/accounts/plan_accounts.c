#include <string.h>

#include "archive/warn.h"
#include "restore/accounts/account_map.h"
#include "restore/accounts/accounts_here.h"
#include "restore/preflight/finding.h"

/* One account, captured, on one server here. */
struct planning {
	struct restore *r;
	const struct item *item;
	const struct account_here *here;
	const char *user, *from, *to; /* hosts: captured, wanted */
	struct buf sql;               /* the statement that renames it */
};

static const char *
label(const struct planning *p)
{

	return p->here->server->label;
}

/* What cannot be done by this login, and who may do it. */
static int
cannot(const struct planning *p, const char *why)
{

	return finding_add(p->r, ITEM_ACCOUNT, p->item->name, NULL, "account",
	    "%s: let an administrator of %s run: %s; (or name a login that may "
	    "with --defaults-file FILE)",
	    why, label(p), p->sql.data);
}

/* What it could do where it was captured: "schema nova, table nova.t". */
static int
add_rights(const char *bytes, struct buf *out)
{
	const char *at = bytes, *end, *level, *on;

	for (; *at != '\0'; at = *end == '\0' ? end : end + 1) {
		end = at + strcspn(at, "\n");
		level = at + strcspn(at, "\t\n");
		if (*level != '\t' || strncmp(++level, "account\t", 8) == 0)
			continue;
		on = level + strcspn(level, "\t\n");
		if (*on != '\t')
			continue;
		if (buf_addf(out, "%s%.*s %.*s", out->len > 0 ? ", " : "",
			(int)(on - level), level, (int)strcspn(on + 1, "\t\n"),
			on + 1))
			return -1;
	}
	return 0;
}

static int
missing(const struct planning *p)
{
	struct buf bytes = BUF_EMPTY, rights = BUF_EMPTY;
	enum outcome rc;
	int said = -1;

	rc = bundle_load(p->r->bundle, p->item->name, &bytes);
	if (rc == OUTCOME_DONE && buf_addc(&bytes, '\0') == 0 &&
	    add_rights(bytes.data, &rights) == 0)
		said = plan_say(p->r->plan, PLAN_NOTE, ITEM_ACCOUNT,
		    p->item->name, NULL, "account-missing",
		    "%s has no such account (nor one at %s), and none is made: "
		    "where it is needed, make it by hand; it had rights on: %s",
		    label(p), p->to, rights.len > 0 ? rights.data : "nothing");
	buf_free(&bytes);
	buf_free(&rights);
	return said;
}

/* What runs with its rights keeps its old name, and fails. */
static int
check_definer(const struct planning *p)
{
	const struct db_definer *d;
	struct buf what = BUF_EMPTY;
	int rc = -1;

	d = account_definer(p->here, p->user, p->from);
	if (d == NULL)
		return 0;
	if (db_definer_print(d, &what) == 0)
		rc = finding_add(p->r, ITEM_ACCOUNT, p->item->name, NULL,
		    "account-definer",
		    "%s on %s %s it as definer, and a server does not rename "
		    "that: make them again with DEFINER='%s'@'%s' once the "
		    "account is renamed, or they fail",
		    what.data, label(p),
		    strncmp(what.data, "1 ", 2) == 0 &&
			    strpbrk(what.data, ",") == NULL &&
			    strstr(what.data, " and ") == NULL
			? "has"
			: "have",
		    p->user, p->to);
	buf_free(&what);
	return rc;
}

/* The change itself. */
static int
add_change(const struct planning *p)
{
	const struct db_schema *schema = &p->here->server->schemas[0];
	const struct plan_table at = { schema->role, schema->schema, "" };
	struct buf before = BUF_EMPTY, after = BUF_EMPTY;
	struct plan_cell cell = { .name = "name" };
	struct plan_record rec = { .type = PLAN_CHANGE,
		.kind = ITEM_ACCOUNT,
		.item = p->item->name,
		.source = p->item->name,
		.cells = &cell,
		.ncells = 1,
		.table = &at };
	int rc = -1;

	if (buf_addf(&before, "%s@%s", p->user, p->from) == 0 &&
	    buf_addf(&after, "%s@%s", p->user, p->to) == 0) {
		cell.before = before.data;
		cell.before_len = before.len;
		cell.after = after.data;
		cell.after_len = after.len;
		rc = plan_add(p->r->plan, &rec);
	}
	buf_free(&before);
	buf_free(&after);
	return rc;
}

static int
rename_it(const struct planning *p)
{

	if (p->r->reading)
		return add_change(p);
	if (!p->here->may)
		return cannot(p, p->here->why.data);
	/* The session would go on, but not come back after a lost connection.
	 */
	if (db_account_same(&p->here->list.self, p->user, p->from))
		return cannot(p,
		    "it is the account that novark itself is logged in with");
	return check_definer(p) ? -1 : add_change(p);
}

static int
both(const struct planning *p)
{
	int rc;

	rc = account_explained(p->r, p->here, p->user, p->from);
	if (rc != 0)
		return rc == 1 ? 0 : -1;
	return finding_add(p->r, ITEM_ACCOUNT, p->item->name, NULL,
	    "account-exists",
	    "%s has it and '%s'@'%s', too: no account can be renamed to one "
	    "that is there: see which of them is needed, and DROP or RENAME "
	    "the other",
	    label(p), p->user, p->to);
}

/* Only its own name is known to this login. */
static int
unseen(const struct planning *p, int changes)
{

	if (db_account_same(&p->here->list.self, p->user, p->to))
		return 0;
	if (!changes || p->r->reading)
		return plan_say(p->r->plan, PLAN_NOTE, ITEM_ACCOUNT,
		    p->item->name, NULL, "accounts-unseen",
		    "this login may not read the accounts of %s: look for "
		    "'%s'@'%s' by hand",
		    label(p), p->user, p->to);
	return cannot(p, "this login may not read the accounts, so nobody "
			 "knows whether it is renamed already");
}

/* captured, wanted, here */
static int
compare(const struct planning *p, int changes)
{
	int old, new;

	if (p->here->list.unseen != NULL)
		return unseen(p, changes);
	old = db_accounts_find(&p->here->list, p->user, p->from) != NULL;
	new = db_accounts_find(&p->here->list, p->user, p->to) != NULL;
	if (!old && !new)
		return missing(p);
	if (!changes || !old)
		return 0;
	return new ? both(p) : rename_it(p);
}

static int
plan_item(
    struct restore *r, const struct accounts_here *all, const struct item *item)
{
	struct planning p = { .r = r,
		.item = item,
		.user = item->account->user,
		.from = item->account->host };
	struct buf to = BUF_EMPTY;
	const char *held;
	int changes, rc = 0;
	size_t i;

	changes = account_map(r, item->name, p.from, 1, &to, &held);
	if (changes == -1)
		rc = -1;
	else if (held != NULL)
		rc = plan_say(r->plan, PLAN_HELD, ITEM_ACCOUNT, item->name,
		    NULL, account_held_name(held), "%s: %s", held, p.from);
	p.to = to.data;
	if (rc == 0 && db_account_rename_sql(&p.sql, p.user, p.from, p.to))
		rc = -1;
	for (i = 0; rc == 0 && i < all->n; i++) {
		p.here = &all->list[i];
		if (account_is_of(r, p.here, item->account))
			rc = compare(&p, changes);
	}
	buf_free(&p.sql);
	buf_free(&to);
	return rc;
}

/* Are there accounts that --only and --not let in? */
static int
are_wanted(const struct restore *r)
{
	size_t i;

	for (i = 0; i < r->manifest->nitems; i++)
		if (r->manifest->items[i]->kind == ITEM_ACCOUNT &&
		    restore_wants(r, r->manifest->items[i]->name))
			return 1;
	return 0;
}

enum outcome
plan_accounts(struct restore *r)
{
	struct accounts_here here;
	const struct item *item;
	int rc = 0;
	size_t i;

	if (!are_wanted(r))
		return OUTCOME_DONE;
	if (r->against != NULL)
		return plan_say(r->plan, PLAN_NOTE, ITEM_ACCOUNT, NULL, NULL,
			   "on-the-night",
			   "a description tells of no accounts: they are "
			   "compared on the night")
			   ? OUTCOME_FAILED
			   : OUTCOME_DONE;
	if (accounts_here_load(r, &here))
		return OUTCOME_FAILED;
	for (i = 0; rc == 0 && i < r->manifest->nitems; i++) {
		item = r->manifest->items[i];
		if (item->kind == ITEM_ACCOUNT && restore_wants(r, item->name))
			rc = plan_item(r, &here, item);
	}
	accounts_here_free(&here);
	return rc == 0 ? OUTCOME_DONE : OUTCOME_FAILED;
}
