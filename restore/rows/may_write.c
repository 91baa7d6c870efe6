#include "restore/rows/may_write.h"

#include <stdlib.h>
#include <string.h>

#include "archive/database/db_may.h"
#include "archive/warn.h"
#include "restore/preflight/finding.h"

/* The changes that a table may meet, as they are asked for. */
enum verb { VERB_INSERT, VERB_UPDATE, VERB_DELETE };
#define VERBS 3

static const struct {
	const char *name, *what;
} verbs[VERBS] = {
	{ "INSERT", "rows are to be made" },
	{ "UPDATE", "rows are to be changed" },
	{ "DELETE", "rows are to be made, and --undo would remove them" },
};

struct note {
	struct db_server *server;
	char *item;
	struct buf sql[VERBS]; /* empty: not needed */
};

struct may_write {
	struct note *note;
	size_t n;
};

struct may_write *
may_write_new(void)
{
	struct may_write *m;

	if ((m = calloc(1, sizeof(*m))) == NULL)
		warn_msg("out of memory");
	return m;
}

void
may_write_free(struct may_write *m)
{
	size_t i, v;

	if (m == NULL)
		return;
	for (i = 0; i < m->n; i++) {
		for (v = 0; v < VERBS; v++)
			buf_free(&m->note[i].sql[v]);
		free(m->note[i].item);
	}
	free(m->note);
	free(m);
}

static int
add_columns(const struct target *t, struct buf *sql)
{
	size_t i;

	for (i = 0; i < t->rules.n; i++)
		if ((i > 0 && buf_adds(sql, ", ")) ||
		    db_name(sql, t->rules.rule[i].column->name))
			return -1;
	return 0;
}

static int
add_table(const struct target *t, struct buf *sql)
{

	return db_table_name(sql, t->schema->schema, t->here->table->table);
}

/* A text column that is not of the key, as those that a map changes. */
static const char *
any_column(const struct cell_rules *rules)
{
	size_t i;

	for (i = 0; i < rules->n; i++)
		if (rules->rule[i].text && rules->rule[i].column->key == 0)
			return rules->rule[i].column->name;
	return rules->rule[0].column->name;
}

static int
build(const struct target *t, enum verb verb, struct buf *sql)
{
	const char *column = any_column(&t->rules);

	switch (verb) {
	case VERB_INSERT:
		if (buf_adds(sql, "INSERT INTO ") || add_table(t, sql) ||
		    buf_adds(sql, " (") || add_columns(t, sql) ||
		    buf_adds(sql, ") SELECT ") || add_columns(t, sql) ||
		    buf_adds(sql, " FROM ") || add_table(t, sql))
			return -1;
		break;
	case VERB_UPDATE:
		if (buf_adds(sql, "UPDATE ") || add_table(t, sql) ||
		    buf_adds(sql, " SET ") || db_name(sql, column) ||
		    buf_adds(sql, " = ") || db_name(sql, column))
			return -1;
		break;
	case VERB_DELETE:
		if (buf_adds(sql, "DELETE FROM ") || add_table(t, sql))
			return -1;
		break;
	}
	return buf_adds(sql, " WHERE 1 = 0");
}

int
may_write_note(struct may_write *m, const struct target *t, uint64_t created,
    uint64_t changed)
{
	struct note *more, *note;

	if (created + changed == 0 || t->server->db == NULL)
		return 0;
	more = reallocarray(m->note, m->n + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	m->note = more;
	note = memset(&more[m->n++], 0, sizeof(*more));
	note->server = t->server;
	if (manifest_set(&note->item, t->source->name) ||
	    (changed > 0 && build(t, VERB_UPDATE, &note->sql[VERB_UPDATE])) ||
	    (created > 0 &&
		(build(t, VERB_INSERT, &note->sql[VERB_INSERT]) ||
		    build(t, VERB_DELETE, &note->sql[VERB_DELETE]))))
		return -1;
	return 0;
}

/* One question: 0 it may or was told, 1 the server takes no changes (told), -1
 * said. */
static int
ask(struct restore *r, const struct note *note, enum verb verb)
{
	struct buf why = BUF_EMPTY;
	int rc = -1;

	switch (db_may(note->server->db, &note->sql[verb], &why)) {
	case DB_MAY_FAILED:
		break;
	case DB_MAY:
		rc = 0;
		break;
	case DB_MAY_READ_ONLY:
		rc = finding_add(r, ITEM_TABLE, note->item, NULL, "read-only",
			 "%s takes no changes: %s: restore on the server that "
			 "does (--defaults-file FILE names another), or end "
			 "its read-only mode",
			 note->server->label, why.data)
			 ? -1
			 : 1;
		break;
	case DB_MAY_NO_RIGHT:
		rc = finding_add(r, ITEM_TABLE, note->item, NULL, "privilege",
		    "%s, but %s does not let this login: %s: GRANT %s, or name "
		    "a login that may with --defaults-file FILE",
		    verbs[verb].what, note->server->label, why.data,
		    verbs[verb].name);
		break;
	}
	buf_free(&why);
	return rc;
}

int
may_write_tell(struct may_write *m, struct restore *r)
{
	const struct db_server *closed = NULL;
	size_t i, v;
	int rc;

	for (i = 0; i < m->n; i++)
		for (v = 0; v < VERBS; v++) {
			if (m->note[i].sql[v].len == 0 ||
			    m->note[i].server == closed)
				continue;
			rc = ask(r, &m->note[i], (enum verb)v);
			if (rc == -1)
				return -1;
			if (rc == 1)
				closed = m->note[i].server;
		}
	return 0;
}
