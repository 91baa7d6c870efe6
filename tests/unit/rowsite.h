#ifndef TESTS_UNIT_ROWSITE_H
#define TESTS_UNIT_ROWSITE_H

/**
 * A server of a test's own with a few tables, sessions on it as a restore has
 * them, and journals of rows made by hand.  Include behind cmocka.h.
 */

#include "tests/unit/dbsite.h"

#include "archive/database/db_trouble.h"
#include "restore/journal/step.h"

/* Key, url and what else is tested; "node" refers to itself. */
#define ROWSITE_TABLES                                                         \
	"DROP DATABASE IF EXISTS nova; CREATE DATABASE nova;"                  \
	"CREATE TABLE nova.url (id varchar(20) PRIMARY KEY, url varchar(60)"   \
	"  UNIQUE, note varchar(60), at timestamp NOT NULL DEFAULT"            \
	"  '2012-10-30 01:02:03' ON UPDATE CURRENT_TIMESTAMP,"                 \
	"  g varchar(70) AS (CONCAT(url, '!')) STORED)"                        \
	"  DEFAULT CHARSET utf8mb4;"                                           \
	"INSERT INTO nova.url (id, url, note) VALUES ('a', 'old-a', NULL),"    \
	"  ('b', 'old-b', 'x'), ('c', 'old-c', ''), ('z', 'not ours', '');"    \
	"CREATE TABLE nova.node (id int PRIMARY KEY, up int, b blob,"          \
	"  j longtext CHECK (json_valid(j)), f float, d datetime, u bigint"    \
	"  unsigned, FOREIGN KEY (up) REFERENCES nova.node (id));"             \
	"INSERT INTO nova.node (id) VALUES (50);"

struct rowsite {
	struct dbsite db;
	struct site site;
	struct site_database database;
	char url[256], state[160];
	struct restore_options opt;
	struct restore r;
};

/* A wait that a test can sit through; servers start within it. */
static const struct db_patience rowsite_patience = { 20, 200, 60000 };

static inline int
rowsite_start(struct rowsite *s)
{
	static char role[] = "nova", source[] = "file:x";

	memset(s, 0, sizeof(*s));
	if (dbsite_start(&s->db) == 0)
		return 0;
	snprintf(s->url, sizeof(s->url), "mysql://root@localhost/nova");
	snprintf(s->state, sizeof(s->state), "%s/state", s->db.server.dir);
	s->database = (struct site_database){ role, s->url, source, NULL };
	s->site.databases = &s->database;
	s->site.ndatabases = 1;
	return 1;
}

/* The tables as they begin, and a session. */
static inline void
rowsite_open(struct rowsite *s)
{

	mariadb_sql(&s->db.server, ROWSITE_TABLES);
	warn_forget();
	s->r = (struct restore){
		.opt = &s->opt, .lock = -1, .patience = &rowsite_patience
	};
	assert_int_equal(
	    db_connect(&s->site, s->db.cnf, &s->r.db), OUTCOME_DONE);
}

static inline void
rowsite_close(struct rowsite *s)
{

	db_close(s->r.db);
	s->r.db = NULL;
}

static inline struct journal *
rowsite_journal(struct rowsite *s)
{
	json_t *asked = json_object();
	struct journal *j;

	assert_non_null(asked);
	assert_non_null(j = journal_create(s->state, asked));
	json_decref(asked);
	return j;
}

static inline void
rowsite_seal(struct journal *j)
{

	assert_int_equal(journal_seal(j), 0);
	assert_int_equal(journal_turn(j, JOURNAL_FORWARD), 0);
}

/* One row with one key; cells end with one that has no name. */
static inline void
rowsite_row(struct journal *j, enum plan_type type, const char *table,
    const char *key, const struct plan_cell *cells)
{
	const struct plan_table at = { "nova", "nova", table };
	size_t len = strlen(key);
	char item[128], source[64];
	struct plan_record rec = { .type = type,
		.kind = ITEM_TABLE,
		.item = item,
		.source = source,
		.table = &at,
		.cells = cells,
		.key = &key,
		.key_len = &len,
		.nkey = 1 };

	snprintf(item, sizeof(item), "row:nova.%s:%s", table, key);
	snprintf(source, sizeof(source), "table:nova.%s", table);
	while (cells[rec.ncells].name != NULL)
		rec.ncells++;
	assert_int_equal(journal_change(j, &rec), 0);
}

static inline struct plan_cell
rowsite_cell(const char *name, const char *before, const char *after)
{
	struct plan_cell c = { .name = name,
		.before = before,
		.before_len = before == NULL ? 0 : strlen(before),
		.after = after,
		.after_len = after == NULL ? 0 : strlen(after) };

	return c;
}

/* Change a column of nova.url. */
static inline void
rowsite_url(struct journal *j, const char *key, const char *column,
    const char *before, const char *after)
{
	const struct plan_cell cells[] = { rowsite_cell(column, before, after),
		{ .name = NULL } };

	rowsite_row(j, PLAN_CHANGE, "url", key, cells);
}

/* Create a row of nova.node. */
static inline void
rowsite_node(struct journal *j, const char *id, const char *up)
{
	struct plan_cell cells[] = { rowsite_cell("id", NULL, id),
		rowsite_cell("up", NULL, up), rowsite_cell("b", NULL, "x"),
		rowsite_cell("j", NULL, "{\"a\": 1}"),
		rowsite_cell("f", NULL, "3.14"),
		rowsite_cell("d", NULL, "2012-10-30 11:12:13"),
		rowsite_cell("u", NULL, "18446744073709551615"),
		{ .name = NULL } };

	cells[2].after = "\0\xff\\'";
	cells[2].after_len = 4;
	rowsite_row(j, PLAN_CREATE, "node", id, cells);
}

/* All rows, as text; malloced. */
static inline char *
rowsite_dump(struct rowsite *s)
{

	mariadb_sql(
	    &s->db.server, "SET SESSION group_concat_max_len = 10000000");
	return mariadb_get(&s->db.server,
	    "SELECT CONCAT((SELECT GROUP_CONCAT(id, ' ', COALESCE(url, 'NULL'),"
	    " ' ', COALESCE(note, 'NULL'), ' ', at ORDER BY id SEPARATOR '\\n')"
	    " FROM nova.url), '\\n', (SELECT GROUP_CONCAT(id, ' ',"
	    " COALESCE(up, 'NULL'), ' ', COALESCE(HEX(b), 'NULL'), ' ',"
	    " COALESCE(j, 'NULL'), ' ', COALESCE(f, 'NULL'), ' ',"
	    " COALESCE(d, 'NULL'), ' ', COALESCE(u, 'NULL') ORDER BY id"
	    " SEPARATOR '\\n') FROM nova.node))");
}

static inline void
rowsite_expect(struct rowsite *s, const char *want)
{
	char *got = rowsite_dump(s);

	if (got == NULL || strcmp(got, want) != 0)
		fail_msg("got:\n%s\nwant:\n%s", got, want);
	free(got);
}

#endif
