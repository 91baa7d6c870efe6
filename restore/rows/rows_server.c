#include "restore/rows/rows_server.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/db_write.h"
#include "archive/warn.h"
#include "restore/rows/row_turn.h"

/* So many rows of a server that are neither are said one by one. */
#define SAY_MOST 20

/* How a pass over the rows treats what it finds. */
enum pass {
	PASS_ALL,     /* turn every row; those that a key forbids wait */
	PASS_WAITING, /* turn those that wait */
	PASS_PASSED,  /* are those that wait as they should be? */
	PASS_SAY,     /* say the rows that are neither */
	PASS_SAY_KEYS /* say those that a key forbids: others wait for none */
};

/* How one try ended. */
enum attempt { TRY_DONE, TRY_UNSAFE, TRY_FAILED, TRY_STOPPED, TRY_AGAIN };

static void
forget_table(struct rows_server *s)
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
	forget_table(s);
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

static int
tick(const struct rows_server *s, uint64_t n, const char *item)
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
	else if (rc == TRY_DONE && tick(s, n, rec->item))
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

/* All rows, or those that wait; the ones that still have to are left. */
static enum attempt
go_over(struct rows_server *s, enum pass pass)
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
		if (tick(s, n, rec->item))
			return TRY_STOPPED;
		rc = pass == PASS_ALL ? gather(s, rec, n)
				      : turn(s, pass, rec, n);
		if (rc != TRY_DONE)
			return rc;
	}
	return more == -1 ? TRY_FAILED : turn_group(s);
}

/* Nothing of it was ever committed, nor is it now: what others have changed
 * since is theirs. */
static int
never_made(const struct rows_server *s)
{

	return s->w->way == JOURNAL_BACK && s->turned == 0 &&
	       journal_made(s->w->j) <= s->first;
}

/* Say what is in the way, each row of it. */
static enum attempt
say_others(struct rows_server *s)
{
	enum attempt rc;
	enum pass pass;

	pass = s->others > 0 ? PASS_SAY : PASS_SAY_KEYS;
	s->others = 0;
	if ((rc = go_over(s, pass)) != TRY_DONE)
		return rc;
	if (s->others > SAY_MOST)
		warn_msg("%s: %" PRIu64 " more of its rows are in the way",
		    s->server->label, s->others - SAY_MOST);
	return TRY_UNSAFE;
}

/* Rows wait for others of their own table, parents or the holders of a unique
 * value: over them again, as long as that helps.  A server's rows are turned
 * all or none: where none had to be and some are there, those that wait were
 * turned too, and their keys have gone from one to the next. */
static enum attempt
go_over_waiting(struct rows_server *s)
{
	enum attempt rc;
	size_t was;

	while (s->nwaiting > 0 && s->others == 0) {
		was = s->nwaiting;
		if ((rc = go_over(s, PASS_WAITING)) != TRY_DONE)
			return rc;
		if (s->nwaiting == was)
			break;
	}
	if (s->nwaiting == 0 || s->others > 0 || s->turned > 0 || s->there == 0)
		return TRY_DONE;
	return go_over(s, PASS_PASSED);
}

static enum attempt
go_over_all(struct rows_server *s)
{
	enum attempt rc;

	if ((rc = go_over(s, PASS_ALL)) != TRY_DONE ||
	    (rc = go_over_waiting(s)) != TRY_DONE)
		return rc;
	if (s->others == 0 && s->nwaiting == 0)
		return TRY_DONE;
	if (s->nwaiting == 0 && never_made(s)) {
		warn_info("%s: %" PRIu64 " rows have changed since, but the "
			  "restore had not come to them",
		    s->server->label, s->others);
		return TRY_DONE;
	}
	return say_others(s);
}

static enum attempt
try_once(struct rows_server *s)
{
	enum attempt rc = TRY_FAILED;

	s->turned = s->there = s->others = 0;
	s->nwaiting = 0;
	if (s->group == NULL && (s->group = row_group_new()) == NULL)
		return TRY_FAILED;
	if (db_begin_writing(s->server->db) == 0)
		rc = go_over_all(s);
	else if (db_trouble(s->server->db) == DB_AGAIN ||
		 db_trouble(s->server->db) == DB_LOST)
		rc = TRY_AGAIN;
	forget_table(s);
	if (rc == TRY_DONE)
		s->open = 1;
	return rc;
}

static int
stop(void *cookie)
{
	struct rows_server *s = cookie;
	char item[256];

	snprintf(item, sizeof(item), "waiting for %s", s->server->label);
	return tick(
	    s, s->w->way == JOURNAL_FORWARD ? s->first : s->end - 1, item);
}

/* After a failure that may pass: 0 when the rows may be started again. */
static int
come_back(struct rows_server *s)
{
	const struct db_patience *p = s->w->r->patience;
	struct db *db = s->server->db;
	enum db_trouble trouble = db_trouble(db);

	if (++s->tries >= ROWS_TRIES) {
		warn_msg("%s: %s; its rows were tried %u times: see what else "
			 "writes to it",
		    s->server->label, db_why(db), s->tries);
		db_rollback(db);
		return -1;
	}
	warn_info("%s: %s; its rows are started again from the first",
	    s->server->label, db_why(db));
	if (trouble == DB_LOST)
		return db_reconnect(db, p, stop, s);
	db_rollback(db);
	return db_pause(p, s->tries - 1, stop, s);
}

enum outcome
rows_server_prepare(struct rows_server *s)
{
	enum attempt rc;

	while ((rc = try_once(s)) == TRY_AGAIN)
		if (come_back(s))
			return OUTCOME_FAILED;
	if (rc == TRY_DONE)
		return OUTCOME_DONE;
	db_rollback(s->server->db);
	return rc == TRY_UNSAFE ? OUTCOME_UNSAFE : OUTCOME_FAILED;
}

enum outcome
rows_server_commit(struct rows_server *s)
{
	enum outcome rc;

	for (;;) {
		if (journal_intend(s->w->j, s->end))
			return OUTCOME_FAILED;
		s->open = 0;
		if (db_commit(s->server->db) == 0)
			break;
		/* Whatever the server says: look. */
		s->unsure = 1;
		if (come_back(s))
			return OUTCOME_FAILED;
		rc = rows_server_prepare(s);
		/* All rows or none: some to turn, none was. */
		if (s->turned > 0)
			s->unsure = 0;
		if (rc != OUTCOME_DONE)
			return rc;
	}
	s->unsure = 0;
	s->committed = 1;
	return OUTCOME_DONE;
}

void
rows_server_drop(struct rows_server *s)
{

	if (s->open)
		db_rollback(s->server->db);
	s->open = 0;
	row_group_free(s->group);
	s->group = NULL;
	free(s->waiting);
	s->waiting = NULL;
	s->nwaiting = s->cap = 0;
}
