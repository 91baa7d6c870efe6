#include "restore/rows/rows_round.h"

#include <stdlib.h>
#include <string.h>

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

/* The rows of the group, one by one. */
static enum attempt
turn_apart(struct rows_server *s)
{
	const struct plan_record *rec;
	enum attempt rc = TRY_DONE;
	uint64_t n;
	size_t i;

	for (i = 0; rc == TRY_DONE && i < row_group_rows(s->group); i++) {
		if ((rec = row_group_row(s->group, i, &n)) == NULL)
			return TRY_FAILED;
		rc = turn(s, PASS_ALL, rec, n);
	}
	return rc;
}

/* The rows of the group, at once if they let themselves.  An interrupt that
 * came meanwhile is heard. */
static enum attempt
turn_group(struct rows_server *s)
{
	size_t rows = row_group_rows(s->group);
	enum attempt rc = TRY_DONE;
	const struct plan_record *rec;
	uint64_t turned, n;
	int way;

	if (rows == 0)
		return TRY_DONE;
	way = row_group_turn(s->group, &s->table, s->w->way, &turned);
	if (way == 0)
		rc = turn_apart(s);
	else if (way == 1)
		s->there += rows - turned;
	s->turned += turned;
	if ((rec = row_group_row(s->group, rows - 1, &n)) == NULL)
		return TRY_FAILED;
	if (way == -1)
		rc = failed(s, rec->item);
	else if (rc == TRY_DONE && rows_round_tick(s, n, rec->item))
		rc = TRY_STOPPED;
	row_group_clear(s->group);
	return rc;
}

/* A row of the first pass comes, and may not be one for the group. */
static enum attempt
make_room(struct rows_server *s, const struct plan_record *rec)
{

	if (same_table(s, rec) && row_group_takes(s->group, &s->table, rec))
		return TRY_DONE;
	return turn_group(s);
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

enum attempt
rows_round(struct rows_server *s, enum pass pass)
{
	const struct plan_record *rec;
	size_t was = s->nwaiting, at = 0;
	enum attempt rc;
	int more, some = pass == PASS_WAITING || pass == PASS_PASSED;
	uint64_t n;

	s->nwaiting = 0;
	row_group_clear(s->group);
	if (journal_rewind(s->w->j, s->w->way))
		return TRY_FAILED;
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
	return more == -1 ? TRY_FAILED : turn_group(s);
}
