#include "restore/rows/rows_round.h"

#include <stdlib.h>
#include <string.h>

#include "archive/errand.h"
#include "archive/warn.h"
#include "restore/rows/row_turn.h"

void
rows_round_forget(struct rows_server *s)
{

	if (s->have_table)
		target_close(&s->table);
	s->have_table = 0;
}

/* Is the row of the table that the last one was of? */
static int
same_table(const struct rows_server *s, const struct plan_record *rec)
{
	const struct db_schema *schema;

	return s->have_table &&
	       target_server(s->w->r->db, rec->table, &schema) == s->server &&
	       s->table.schema == schema &&
	       strcmp(s->table.here->table->table, rec->table->table) == 0;
}

/* The row's table, read anew when it is another than the last row's: 1, 0 with
 * ${why}, -1. */
static int
find_table(
    struct rows_server *s, const struct plan_record *rec, struct buf *why)
{
	int rc;

	if (same_table(s, rec))
		return 1;
	rows_round_forget(s);
	rc = target_at(s->w->r->db, rec->table, &s->table, why);
	s->have_table = rc == 1;
	return rc;
}

static int
wait_for_others(struct rows_server *s, uint64_t n)
{
	size_t cap = s->cap == 0 ? 64 : s->cap * 2;
	uint64_t *more;

	if (s->nwaiting == s->cap) {
		more = reallocarray(s->waiting, cap, sizeof(*more));
		if (more == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		s->waiting = more;
		s->cap = cap;
	}
	s->waiting[s->nwaiting++] = n;
	return 0;
}

/* A row that cannot be turned. */
static void
in_the_way(struct rows_server *s, enum pass pass, const char *item,
    const struct buf *why)
{

	s->others++;
	if (pass >= PASS_SAY && s->others <= SAY_MOST)
		warn_msg("%s: %s", item, why->data);
}

int
rows_round_tick(const struct rows_server *s, uint64_t n, const char *item)
{
	const struct rows_way *w = s->w;
	uint64_t of = journal_changes(w->j);

	if (w->tick == NULL)
		return 0;
	return w->tick(
	    w->cookie, w->way == JOURNAL_FORWARD ? n : of - 1 - n, of, item);
}

/* A row could not be turned. */
static enum attempt
failed(const struct rows_server *s, const char *item)
{

	if (db_trouble(s->server->db) == DB_AGAIN ||
	    db_trouble(s->server->db) == DB_LOST)
		return TRY_AGAIN;
	warn_msg("%s: stopped here", item);
	return TRY_FAILED;
}

/* One row. */
static enum attempt
turn(struct rows_server *s, enum pass pass, const struct plan_record *rec,
    uint64_t n)
{
	enum row_turned rc = ROW_FAILED;
	struct buf why = BUF_EMPTY;
	int found, passed;

	if ((found = find_table(s, rec, &why)) == 0) {
		rc = ROW_OTHER;
	} else if (found == 1 && pass == PASS_PASSED) {
		passed = row_turn_passed(&s->table, rec, s->w->way);
		rc = passed == -1  ? ROW_FAILED
		     : passed == 1 ? ROW_THERE
				   : ROW_WAITS;
	} else if (found == 1) {
		rc = row_turn(&s->table, rec, s->w->way, &why);
	}
	if (rc == ROW_TURNED)
		s->turned++;
	else if (rc == ROW_THERE)
		s->there++;
	else if (rc == ROW_OTHER || (rc == ROW_WAITS && pass == PASS_SAY_KEYS))
		in_the_way(s, pass, rec->item, &why);
	else if (rc == ROW_WAITS && wait_for_others(s, n))
		rc = ROW_FAILED;
	buf_free(&why);
	return rc == ROW_FAILED ? failed(s, rec->item) : TRY_DONE;
}

/* The rows of the group that did not let themselves be turned at once. */
static enum attempt
turn_apart(struct rows_server *s)
{
	const struct plan_record *rec;
	enum attempt rc = TRY_DONE;
	uint64_t n;
	size_t i;

	for (i = 0; rc == TRY_DONE && i < row_group_rows(s->gone); i++) {
		if ((rec = row_group_row(s->gone, i, &n)) == NULL)
			return TRY_FAILED;
		rc = turn(s, PASS_ALL, rec, n);
	}
	return rc;
}

/* Wait for the group that is turned, so that the session is free.  An interrupt
 * that came meanwhile is heard. */
static enum attempt
settle(struct rows_server *s)
{
	size_t rows = row_group_rows(s->gone);
	enum attempt rc = TRY_DONE;
	const struct plan_record *rec;
	uint64_t n;
	int way;

	if (s->errand == NULL)
		return TRY_DONE;
	way = errand_wait(s->errand);
	s->errand = NULL;
	if (way == 0)
		rc = turn_apart(s);
	else if (way == 1)
		s->there += rows - s->gone_turned;
	s->turned += s->gone_turned;
	if ((rec = row_group_row(s->gone, rows - 1, &n)) == NULL)
		return TRY_FAILED;
	if (way == -1)
		rc = failed(s, rec->item);
	else if (rc == TRY_DONE && rows_round_tick(s, n, rec->item))
		rc = TRY_STOPPED;
	row_group_clear(s->gone);
	return rc;
}

/* errand_act: the group's rows, at once if they let themselves. */
static int
turn_gone(void *cookie)
{
	struct rows_server *s = cookie;

	return row_group_turn(s->gone, &s->table, s->w->way, &s->gone_turned);
}

/* Begin to turn the rows that are gathered: the next ones are gathered
 * meanwhile. */
static enum attempt
turn_group(struct rows_server *s)
{
	struct row_group *group = s->group;
	enum attempt rc;

	if ((rc = settle(s)) != TRY_DONE || row_group_rows(group) == 0)
		return rc;
	s->group = s->gone;
	s->gone = group;
	s->errand = errand_start(turn_gone, s);
	return s->errand == NULL ? TRY_FAILED : TRY_DONE;
}

static enum attempt
turn_all(struct rows_server *s)
{
	enum attempt rc;

	return (rc = turn_group(s)) != TRY_DONE ? rc : settle(s);
}

/* A row of the first pass comes, and may not be one for the group. */
static enum attempt
make_room(struct rows_server *s, const struct plan_record *rec)
{

	if (same_table(s, rec) && row_group_takes(s->group, &s->table, rec))
		return TRY_DONE;
	return turn_all(s);
}

/* A row of the first pass: with others, where it can be. */
static enum attempt
gather(struct rows_server *s, const struct plan_record *rec, uint64_t n)
{
	struct buf why = BUF_EMPTY;
	int found;

	found = find_table(s, rec, &why);
	buf_free(&why);
	if (found == -1)
		return failed(s, rec->item);
	if (found == 0 || !row_group_takes(s->group, &s->table, rec))
		return turn(s, PASS_ALL, rec, n);
	if (row_group_add(s->group, rec, n))
		return TRY_FAILED;
	return row_group_full(s->group) ? turn_group(s) : TRY_DONE;
}

/* Is it one of this server's rows? */
static int
is_ours(const struct rows_server *s, const struct plan_record *rec)
{
	const struct db_schema *schema;

	return rec->kind == ITEM_TABLE && rec->table != NULL &&
	       target_server(s->w->r->db, rec->table, &schema) == s->server;
}

static enum attempt
go_over(struct rows_server *s, enum pass pass, size_t was)
{
	const struct plan_record *rec;
	enum attempt rc;
	int more, some = pass == PASS_WAITING || pass == PASS_PASSED;
	size_t at = 0;
	uint64_t n;

	while ((more = journal_next(s->w->j, &rec, &n)) == 1) {
		if (some && at == was)
			break;
		if (!is_ours(s, rec) || (some && s->waiting[at] != n))
			continue;
		at++;
		if (pass == PASS_ALL && (rc = make_room(s, rec)) != TRY_DONE)
			return rc;
		if (rows_round_tick(s, n, rec->item))
			return TRY_STOPPED;
		rc = pass == PASS_ALL ? gather(s, rec, n)
				      : turn(s, pass, rec, n);
		if (rc != TRY_DONE)
			return rc;
	}
	return more == -1 ? TRY_FAILED : turn_all(s);
}

enum attempt
rows_round(struct rows_server *s, enum pass pass)
{
	size_t was = s->nwaiting;
	enum attempt rc = TRY_FAILED;

	s->nwaiting = 0;
	row_group_clear(s->group);
	row_group_clear(s->gone);
	if (journal_rewind(s->w->j, s->w->way) == 0)
		rc = go_over(s, pass, was);
	/* Stopped between two groups: what the last one did is taken back, even
	 * where it went well. */
	if (s->errand != NULL && errand_wait(s->errand) == -1)
		rc = rc == TRY_DONE ? TRY_FAILED : rc;
	s->errand = NULL;
	return rc;
}
