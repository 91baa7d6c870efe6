#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/next/next_inner.h"

/* Held for these reasons, a place may have to be changed all the same; for the
 * others (comments, padded numbers) nothing waits.  What --also does not
 * release is for somebody else to change. */
static const struct {
	const char *name, *what, *fixed;
} reasons[] = {
	{ "tenant", "a tenant's own data", NULL },
	{ "outside", "outside what novark knows", NULL },
	{ "host", "a nova host name", NULL },
	{ "own-network", "the machine's own network", NULL },
	{ "dashed", "a name made from the address", NULL },
	{ "wide", "a network wider than its rule", NULL },
	{ "parts", "an account's network of which a part moves elsewhere",
	    NULL },
	{ "secret", "a secret by its name", NULL },
	{ "password", "inside a password", NULL },
	{ "inner", "inside base64 or gzip",
	    "it is never rewritten: who made it (user data: the tenant) makes "
	    "it anew" },
	{ "image", "inside a config drive",
	    "an image is never rewritten: nova makes a new one when the "
	    "instance is rebuilt" },
};
#define REASONS (sizeof(reasons) / sizeof(reasons[0]))

/* Tables and items that one step names. */
#define GLOBS 6

/* The places of one reason. */
struct group {
	char *glob[GLOBS]; /* what --also names them by */
	size_t nglobs;
	uint64_t n, more; /* places; those that no glob has room for */
};

/* "row:nova.instances:*", or the item itself. */
static int
glob_of(const struct plan_record *rec, struct buf *out)
{
	const char *item = rec->item;
	size_t len = strlen(item);

	if (rec->kind != ITEM_TABLE)
		return buf_add(out, item, len);
	len = 4 + strcspn(item + 4, ":");
	if (buf_add(out, item, len) == -1)
		return -1;
	return buf_adds(out, ":*");
}

static int
count(struct group *g, const struct plan_record *rec)
{
	struct buf glob = BUF_EMPTY;
	size_t i;

	if (glob_of(rec, &glob) == -1) {
		buf_free(&glob);
		return -1;
	}
	g->n++;
	for (i = 0; i < g->nglobs; i++) {
		if (strcmp(g->glob[i], glob.data) == 0)
			break;
	}
	if (i == GLOBS)
		g->more++;
	else if (i == g->nglobs &&
		 (g->glob[g->nglobs++] = buf_steal(&glob)) == NULL)
		return -1;
	buf_free(&glob);
	return 0;
}

static int
count_all(struct plan *plan, struct group *groups)
{
	const struct plan_record *rec;
	size_t i;
	int more;

	if (plan_rewind(plan) == -1)
		return -1;
	while ((more = plan_next(plan, &rec)) == 1) {
		if (rec->type != PLAN_HELD || rec->name == NULL ||
		    rec->item == NULL)
			continue;
		for (i = 0; i < REASONS; i++) {
			if (strcmp(rec->name, reasons[i].name) == 0 &&
			    count(&groups[i], rec) == -1)
				return -1;
		}
	}
	return more;
}

/* What no option releases: the items are named, there is no command. */
static int
add_fixed(
    struct next *n, const struct group *g, const char *what, const char *why)
{
	struct buf text = BUF_EMPTY;
	size_t i;
	int rc;

	rc = buf_addf(&text, "look after %" PRIu64 " place%s held: %s:", g->n,
	    g->n == 1 ? "" : "s", what);
	for (i = 0; i < g->nglobs && rc == 0; i++)
		rc = buf_addf(&text, "%s %s", i > 0 ? "," : "", g->glob[i]);
	if (rc == 0 && g->more > 0)
		rc = buf_adds(&text, ", ...");
	if (rc == 0)
		rc = next_add(n, text.data, NULL, why);
	buf_free(&text);
	return rc;
}

static int
add_group(struct next *n, const struct group *g, const char *what)
{
	struct buf text = BUF_EMPTY, command = BUF_EMPTY;
	size_t i;
	int rc;

	rc = buf_addf(&text, "decide about %" PRIu64 " place%s held: %s", g->n,
	    g->n == 1 ? "" : "s", what);
	if (rc == 0 && g->more > 0)
		rc = buf_addf(&text,
		    " (%" PRIu64 " of them elsewhere than in the command)",
		    g->more);
	if (rc == 0)
		rc = next_again(n, &command);
	for (i = 0; i < g->nglobs && rc == 0; i++) {
		if ((rc = buf_adds(&command, " --also ")) == 0)
			rc = next_quote(g->glob[i], &command);
	}
	if (rc == 0)
		rc = next_add(n, text.data, buf_steal(&command),
		    "the old address stays there, unless you release them so");
	buf_free(&text);
	buf_free(&command);
	return rc;
}

int
next_held(struct next *n)
{
	struct group groups[REASONS] = { { { NULL }, 0, 0, 0 } };
	size_t i, k;
	int rc = 0;

	/* Without a bundle there is no restore to be run again. */
	if (n->r->plan == NULL || n->r->manifest == NULL ||
	    plan_count(n->r->plan, PLAN_HELD, -1) == 0)
		return 0;
	rc = count_all(n->r->plan, groups);
	for (i = 0; i < REASONS; i++) {
		if (rc == 0 && groups[i].n > 0 && reasons[i].fixed != NULL)
			rc = add_fixed(
			    n, &groups[i], reasons[i].what, reasons[i].fixed);
		else if (rc == 0 && groups[i].n > 0)
			rc = add_group(n, &groups[i], reasons[i].what);
		for (k = 0; k < groups[i].nglobs; k++)
			free(groups[i].glob[k]);
	}
	return rc;
}
