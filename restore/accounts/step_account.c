#include <stdlib.h>
#include <string.h>

#include "archive/database/accounts.h"
#include "archive/database/db_trouble.h"
#include "archive/warn.h"
#include "restore/journal/step.h"
#include "restore/rows/target.h"

/* So often a rename is tried when the server goes away meanwhile. */
#define TRIES 3

/* An account's step: its two names, and which of them are here. */
struct standing {
	const struct plan_record *rec;
	struct db_server *server;
	char *user, *from, *to;
	int old, new; /* here */
	int self;     /* the session is the old one */
};

static void
standing_free(struct standing *s)
{

	free(s->user);
	free(s->from);
	free(s->to);
}

/* "nova@10.2.116.14" apart: a host has no @.  0; -1 when it is none. */
static int
split(const char *name, size_t len, char **user, char **host)
{
	const char *at = name == NULL ? NULL : strrchr(name, '@');

	if (at == NULL || strlen(name) != len || at[1] == '\0')
		return -1;
	*user = strndup(name, (size_t)(at - name));
	*host = strdup(at + 1);
	return *user == NULL || *host == NULL ? -1 : 0;
}

/* The record's names, of which the user is one. */
static int
read_record(const struct plan_record *rec, struct standing *s)
{
	const struct plan_cell *c = rec->cells;
	char *other = NULL;
	int rc = -1;

	memset(s, 0, sizeof(*s));
	s->rec = rec;
	if (rec->kind == ITEM_ACCOUNT && rec->type == PLAN_CHANGE &&
	    rec->table != NULL && rec->ncells == 1 &&
	    strcmp(c->name, "name") == 0 &&
	    split(c->before, c->before_len, &s->user, &s->from) == 0 &&
	    split(c->after, c->after_len, &other, &s->to) == 0)
		rc = strcmp(s->user, other) == 0 ? 0 : -1;
	free(other);
	if (rc == -1) {
		warn_msg("%s: is no change of an account", rec->item);
		standing_free(s);
	}
	return rc;
}

/* Files and definitions took their time: is the session still there? */
static int
wake(const struct restore *r, struct db *db)
{
	enum db_trouble trouble;
	int rc;

	db_hush(db, 1);
	rc = db_run(db, "ROLLBACK");
	trouble = db_trouble(db);
	db_hush(db, 0);
	if (rc == 0 || (trouble != DB_LOST && trouble != DB_AGAIN))
		return rc;
	return db_reconnect(db, r->patience, NULL, NULL);
}

/* Which of both names are here: 0, or -1 said. */
static int
look(const struct restore *r, struct standing *s)
{
	struct db_accounts list;

	if (wake(r, s->server->db) || db_accounts_read(s->server->db, &list))
		return -1;
	s->old = db_accounts_find(&list, s->user, s->from) != NULL;
	s->new = db_accounts_find(&list, s->user, s->to) != NULL;
	s->self = db_account_same(&list.self, s->user, s->from);
	/* This login knows itself alone; that is enough where it is one. */
	if (list.unseen != NULL && !s->old && !s->new) {
		warn_msg("%s: this login may not read the accounts of %s (%s): "
			 "name one that may with --defaults-file FILE",
		    s->rec->item, s->server->label, list.unseen);
		db_accounts_free(&list);
		return -1;
	}
	db_accounts_free(&list);
	return 0;
}

/* The record, its server, and what is there: 1; 0 with ${why}: there is no such
 * server; -1 said. */
static int
standing_load(struct restore *r, const struct plan_record *rec,
    struct standing *s, struct buf *why)
{
	const struct db_schema *schema;

	if (read_record(rec, s))
		return -1;
	s->server = target_server(r->db, rec->table, &schema);
	if (s->server == NULL) {
		standing_free(s);
		return buf_addf(why,
			   "no database here has the role %s or the name %s",
			   rec->table->role, rec->table->schema)
			   ? -1
			   : 0;
	}
	if (look(r, s)) {
		standing_free(s);
		return -1;
	}
	return 1;
}

static enum step_state
state_of(const struct standing *s, struct buf *why)
{

	if (s->old != s->new)
		return s->old ? STEP_BEFORE : STEP_AFTER;
	if (buf_addf(why, "%s has %s '%s'@'%s' %s '%s'@'%s'", s->server->label,
		s->old ? "both" : "neither", s->user, s->from,
		s->old ? "and" : "nor", s->user, s->to))
		return STEP_FAILED;
	return STEP_OTHER;
}

enum step_state
account_look(struct restore *r, const struct plan_record *rec, struct buf *why)
{
	enum step_state state;
	struct standing s;
	int rc;

	if ((rc = standing_load(r, rec, &s, why)) != 1)
		return rc == 0 ? STEP_OTHER : STEP_FAILED;
	state = state_of(&s, why);
	standing_free(&s);
	return state;
}

/* RENAME USER is all or nothing: what became of one that was cut is seen. */
static int
rename_user(struct restore *r, struct standing *s, enum step_state done)
{
	const char *from = done == STEP_AFTER ? s->from : s->to;
	const char *to = done == STEP_AFTER ? s->to : s->from;
	struct db *db = s->server->db;
	struct buf sql = BUF_EMPTY, why = BUF_EMPTY;
	enum db_trouble trouble;
	int rc = -1, tries;

	if (db_account_rename_sql(&sql, s->user, from, to))
		return -1;
	for (tries = 0; tries < TRIES; tries++) {
		db_hush(db, 1);
		rc = db_run(db, sql.data);
		trouble = db_trouble(db);
		db_hush(db, 0);
		if (rc == 0 || (trouble != DB_LOST && trouble != DB_AGAIN))
			break;
		if (look(r, s))
			break;
		if (state_of(s, &why) == done) {
			rc = 0;
			break;
		}
	}
	if (rc == -1)
		warn_msg(
		    "%s: could not be renamed: %s", s->rec->item, db_why(db));
	buf_free(&why);
	buf_free(&sql);
	return rc;
}

static int
turn(struct restore *r, const struct plan_record *rec, enum step_state done)
{
	struct buf why = BUF_EMPTY;
	enum step_state state;
	struct standing s;
	int rc;

	if ((rc = standing_load(r, rec, &s, &why)) != 1) {
		if (rc == 0)
			warn_msg("%s: %s", rec->item, why.data);
		buf_free(&why);
		return -1;
	}
	rc = -1;
	state = state_of(&s, &why);
	if (state == done)
		rc = 0;
	else if (state == STEP_OTHER)
		warn_msg("%s: %s", rec->item, why.data);
	else if (state != STEP_FAILED && done == STEP_AFTER && s.self)
		warn_msg("%s: is the account that novark itself is logged in "
			 "with: name another with --defaults-file FILE",
		    rec->item);
	else if (state != STEP_FAILED)
		rc = rename_user(r, &s, done);
	buf_free(&why);
	standing_free(&s);
	return rc;
}

int
account_make(struct restore *r, const struct plan_record *rec)
{

	return turn(r, rec, STEP_AFTER);
}

int
account_unmake(struct restore *r, const struct plan_record *rec)
{

	return turn(r, rec, STEP_BEFORE);
}
