#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/rows/rows_server.h"

/* The servers that the journal has rows for; none is no error. */
struct servers {
	struct rows_server *s;
	size_t n;
};

/* The one that a row is on, among the ones known or as a new one; NULL. */
static struct rows_server *
find(struct servers *all, struct db_server *server)
{
	size_t i;

	for (i = 0; i < all->n && all->s[i].server != server; i++)
		;
	if (i == all->n)
		all->s[all->n++].server = server;
	return &all->s[i];
}

/* Where is the row, of change ${n}?  0, or -1 said. */
static int
note(const struct rows_way *w, struct servers *all,
    const struct plan_record *rec, uint64_t n)
{
	const struct db_schema *schema;
	struct db_server *server = NULL;
	struct rows_server *s;

	if (w->r->db != NULL && rec->table != NULL)
		server = target_server(w->r->db, rec->table, &schema);
	if (server == NULL) {
		warn_msg("%s: its database is not among those of this site",
		    rec->item);
		return -1;
	}
	s = find(all, server);
	if (s->w == NULL)
		s->first = n;
	s->w = w;
	s->end = n + 1;
	return 0;
}

/* Which servers have rows, and which changes these are; on the way back those
 * that may have been made: 0 or -1. */
static int
survey(const struct rows_way *w, struct servers *all)
{
	size_t max = w->r->db == NULL ? 0 : w->r->db->nservers;
	uint64_t n, end = w->way == JOURNAL_BACK ? journal_intended(w->j)
						 : journal_changes(w->j);
	const struct plan_record *rec;
	int more;

	if ((all->s = calloc(max + 1, sizeof(*all->s))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (journal_rewind(w->j, JOURNAL_FORWARD))
		return -1;
	while ((more = journal_next(w->j, &rec, &n)) == 1 && n < end)
		if (rec->kind == ITEM_TABLE && note(w, all, rec, n))
			return -1;
	return more == -1 ? -1 : 0;
}

/* Every server's rows, then every server's commit. */
static enum outcome
turn_all(struct servers *all)
{
	enum outcome rc;
	size_t i;

	for (i = 0; i < all->n; i++)
		if ((rc = rows_server_prepare(&all->s[i])) != OUTCOME_DONE)
			return rc;
	for (i = 0; i < all->n; i++)
		if ((rc = rows_server_commit(&all->s[i])) != OUTCOME_DONE)
			return rc;
	return OUTCOME_DONE;
}

/* How each server's rows are, when not all went well. */
static enum outcome
stopped(const struct rows_way *w, const struct servers *all, enum outcome rc)
{
	static const char *const words[] = { "as they were", "changed",
		"unknown: as they were or all changed (its answer was lost)" };
	int part = 0, state;
	size_t i;

	for (i = 0; i < all->n; i++)
		part |= all->s[i].committed || all->s[i].unsure;
	for (i = 0; part && i < all->n; i++) {
		state = all->s[i].committed ? 1 : all->s[i].unsure ? 2 : 0;
		warn_msg("%s: its rows are %s%s", all->s[i].server->label,
		    words[state],
		    w->way == JOURNAL_BACK && state == 1 ? " back" : "");
	}
	return part ? OUTCOME_PARTIAL : rc;
}

static enum outcome
rows_turn(const struct rows_way *w)
{
	struct servers all = { NULL, 0 };
	enum outcome rc = OUTCOME_FAILED;
	size_t i;

	if (survey(w, &all))
		goto out;
	for (i = 0; i < all.n; i++)
		db_hush(all.s[i].server->db, 1);
	if ((rc = turn_all(&all)) != OUTCOME_DONE)
		rc = stopped(w, &all, rc);
	for (i = 0; i < all.n; i++) {
		rows_server_drop(&all.s[i]);
		db_hush(all.s[i].server->db, 0);
	}
out:
	free(all.s);
	return rc;
}

enum outcome
rows_make(
    struct restore *r, struct journal *j, restore_tick *tick, void *cookie)
{
	const struct rows_way w = { r, j, JOURNAL_FORWARD, tick, cookie };

	return rows_turn(&w);
}

enum outcome
rows_unmake(
    struct restore *r, struct journal *j, restore_tick *tick, void *cookie)
{
	const struct rows_way w = { r, j, JOURNAL_BACK, tick, cookie };

	return rows_turn(&w);
}
