#include "restore/rows/rows_server.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "archive/database/db_write.h"
#include "archive/warn.h"
#include "restore/rows/rows_round.h"

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
	if ((rc = rows_round(s, pass)) != TRY_DONE)
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
		if ((rc = rows_round(s, PASS_WAITING)) != TRY_DONE)
			return rc;
		if (s->nwaiting == was)
			break;
	}
	if (s->nwaiting == 0 || s->others > 0 || s->turned > 0 || s->there == 0)
		return TRY_DONE;
	return rows_round(s, PASS_PASSED);
}

static enum attempt
go_over_all(struct rows_server *s)
{
	enum attempt rc;

	if ((rc = rows_round(s, PASS_ALL)) != TRY_DONE ||
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
	if ((s->group == NULL && (s->group = row_group_new()) == NULL) ||
	    (s->gone == NULL && (s->gone = row_group_new()) == NULL))
		return TRY_FAILED;
	if (db_begin_writing(s->server->db) == 0)
		rc = go_over_all(s);
	else if (db_trouble(s->server->db) == DB_AGAIN ||
		 db_trouble(s->server->db) == DB_LOST)
		rc = TRY_AGAIN;
	rows_round_forget(s);
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
	return rows_round_tick(
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
	row_group_free(s->gone);
	s->group = s->gone = NULL;
	free(s->waiting);
	s->waiting = NULL;
	s->nwaiting = s->cap = 0;
}
