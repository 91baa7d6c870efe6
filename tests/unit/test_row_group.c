/* Rows of one table turned together: one look, few statements. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/database/db_write.h"
#include "restore/rows/row_group.h"
#include "tests/unit/rowsite.h"

static struct rowsite s;

/* More than one statement takes, fewer than a group. */
#define ROWS 300

/* How the keys of a table are made of a number, its columns, and how its rows
 * are told apart in order. */
static const struct table {
	const char *what, *key, *type;
	uint64_t first;
} tables[] = {
	{ "a number", "%" PRIu64, "int", 1 },
	{ "one that no double holds", "%" PRIu64, "bigint unsigned",
	    UINT64_C(9007199254740993) },
	{ "text", "7d1f0a52-%012" PRIX64, "varchar(36) CHARACTER SET utf8", 1 },
	{ "text with odd bytes", "'\\\"%%_?-%" PRIu64,
	    "varchar(36) CHARACTER SET latin1", 1 },
	{ "bytes", "k%" PRIu64, "varbinary(20)", 1 },
};

#define COLUMNS                                                                \
	" PRIMARY KEY, a varchar(40) CHARACTER SET utf8mb4, b blob, f float,"  \
	" d datetime, n bigint, at timestamp NOT NULL DEFAULT"                 \
	" '2012-10-30 01:02:03' ON UPDATE CURRENT_TIMESTAMP) ENGINE=InnoDB;"

/* One row's record, and what it points to. */
struct row {
	struct plan_record rec;
	struct plan_cell cells[6];
	char item[64], key[64], a[2][40], b[2][8], n[2][24];
	const char *keys[1];
	size_t len[1];
};

static const struct plan_table at = { "nova", "nova", "g" };

static void
make_row(struct row *r, const struct table *t, enum plan_type type, uint64_t i)
{
	struct plan_cell *c = r->cells;
	int k;

	memset(r, 0, sizeof(*r));
	/* The format is this file's. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(r->key, sizeof(r->key), t->key, t->first + i);
#pragma GCC diagnostic pop
	for (k = 0; k < 2; k++) {
		snprintf(r->a[k], sizeof(r->a[k]), "%s \xc3\xa9 ? %d",
		    k ? "after" : "before", (int)i);
		memcpy(r->b[k], k ? "\0\xff'" : "\\\0x", 3);
		r->b[k][3] = (char)i;
		snprintf(r->n[k], sizeof(r->n[k]), "%" PRIu64,
		    UINT64_C(9007199254740993) + 2 * i + (uint64_t)k);
	}
	snprintf(r->item, sizeof(r->item), "row:nova.g:%d", (int)i);
	if (type == PLAN_CREATE)
		*c++ = rowsite_cell("id", NULL, r->key);
	*c++ = rowsite_cell("a", r->a[0], i % 3 == 0 ? NULL : r->a[1]);
	*c++ = (struct plan_cell){ .name = "b",
		.before = r->b[0],
		.before_len = 4,
		.after = r->b[1],
		.after_len = 4 };
	*c++ = rowsite_cell("f", "3.14", i % 2 == 0 ? "2.5" : NULL);
	*c++ = rowsite_cell("d", NULL, "0000-00-00 00:00:00");
	*c++ = rowsite_cell("n", r->n[0], r->n[1]);
	r->keys[0] = r->key;
	r->len[0] = strlen(r->key);
	r->rec = (struct plan_record){ .type = type,
		.kind = ITEM_TABLE,
		.item = r->item,
		.source = "table:nova.g",
		.table = &at,
		.cells = r->cells,
		.ncells = (size_t)(c - r->cells),
		.key = r->keys,
		.key_len = r->len,
		.nkey = 1 };
}

/* The rows as they are before, or after. */
static void
insert_all(const struct table *t, struct target *here, int after)
{
	static const char text[] =
	    "INSERT INTO nova.g (id, a, b, f, d, n) VALUES (?, ?, ?, ?, ?, ?)";
	struct buf sql = BUF_EMPTY;
	const struct plan_cell *c;
	struct db_value v[6];
	uint64_t n;
	struct row r;
	size_t i, k;

	mariadb_sql(&s.db.server, "DELETE FROM nova.g");
	assert_int_equal(db_begin_writing(here->server->db), 0);
	assert_int_equal(buf_adds(&sql, text), 0);
	for (i = 0; i < ROWS; i++) {
		make_row(&r, t, PLAN_CHANGE, i);
		v[0] = (struct db_value){ r.key, strlen(r.key) };
		for (k = 0; k < 5; k++) {
			c = &r.cells[k];
			v[k + 1].data = after ? c->after : c->before;
			v[k + 1].len = after ? c->after_len : c->before_len;
		}
		assert_int_equal(db_exec(here->server->db, &sql, v, 6, &n), 0);
	}
	assert_int_equal(db_commit(here->server->db), 0);
	buf_free(&sql);
}

static char *
dump(void)
{

	mariadb_sql(
	    &s.db.server, "SET SESSION group_concat_max_len = 10000000");
	return mariadb_get(&s.db.server,
	    "SELECT COALESCE(GROUP_CONCAT(HEX(id), ' ', COALESCE(HEX(a), '-'),"
	    " ' ', HEX(b), ' ', COALESCE(f, '-'), ' ', COALESCE(d, '-'), ' ',"
	    " n, ' ', at ORDER BY id SEPARATOR '\\n'), '') FROM nova.g");
}

/* An empty table with such a key, as it is here. */
static void
open_table(const struct table *t, const char *more, struct target *here)
{
	struct buf sql = BUF_EMPTY, why = BUF_EMPTY;

	rowsite_open(&s);
	assert_int_equal(
	    buf_addf(
		&sql, "CREATE TABLE nova.g (id %s" COLUMNS "%s", t->type, more),
	    0);
	mariadb_sql(&s.db.server, sql.data);
	buf_free(&sql);
	assert_int_equal(target_at(s.r.db, &at, here, &why), 1);
}

static void
close_table(struct target *here)
{

	target_close(here);
	rowsite_close(&s);
}

/* All rows as a group, in a transaction: ${turned} of them are. */
static void
turn(struct target *here, const struct table *t, enum plan_type type,
    enum journal_way way, int want, uint64_t turned)
{
	struct row_group *g = row_group_new();
	struct row r;
	uint64_t n;
	size_t i;

	assert_non_null(g);
	assert_int_equal(db_begin_writing(here->server->db), 0);
	for (i = 0; i < ROWS; i++) {
		make_row(&r, t, type, way == JOURNAL_BACK ? ROWS - 1 - i : i);
		assert_int_equal(row_group_takes(g, here, &r.rec), 1);
		assert_int_equal(row_group_add(g, &r.rec, i), 0);
	}
	assert_int_equal(row_group_rows(g), ROWS);
	assert_int_equal(row_group_turn(g, here, way, &n), want);
	assert_int_equal(n, turned);
	assert_int_equal(db_commit(here->server->db), 0);
	row_group_free(g);
}

static void
is_now(const char *want)
{
	char *now = dump();

	assert_string_equal(now, want);
	free(now);
}

/* ${body} on a table of each kind, with all rows as they will be. */
static void
on_each(void (*body)(const struct table *, struct target *, const char *))
{
	struct target here;
	char *after;
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		print_message("%s\n", tables[i].what);
		open_table(&tables[i], "", &here);
		insert_all(&tables[i], &here, 1);
		after = dump();
		body(&tables[i], &here, after);
		free(after);
		close_table(&here);
	}
}

static void
change(const struct table *t, struct target *here, const char *after)
{
	char *before;

	insert_all(t, here, 0);
	before = dump();
	turn(here, t, PLAN_CHANGE, JOURNAL_FORWARD, 1, ROWS);
	is_now(after);
	turn(here, t, PLAN_CHANGE, JOURNAL_FORWARD, 1, 0);
	is_now(after);
	turn(here, t, PLAN_CHANGE, JOURNAL_BACK, 1, ROWS);
	is_now(before);
	free(before);
}

/* Every kind of value is as it is when each is written by itself, on both ways;
 * times that the server sets by itself stay, and what is so already is not
 * written again. */
static void
test_change(void **state)
{

	(void)state;
	on_each(change);
}

static void
create(const struct table *t, struct target *here, const char *after)
{

	mariadb_sql(&s.db.server, "DELETE FROM nova.g");
	turn(here, t, PLAN_CREATE, JOURNAL_FORWARD, 1, ROWS);
	is_now(after);
	mariadb_sql(&s.db.server, "INSERT INTO nova.g (id, n) VALUES (0, 1)");
	turn(here, t, PLAN_CREATE, JOURNAL_BACK, 1, ROWS);
	dbsite_cell(&s.db, "SELECT GROUP_CONCAT(n) FROM nova.g", "1");
}

/* Rows that are made, and go again; others stay. */
static void
test_create(void **state)
{

	(void)state;
	on_each(create);
}

/* What another did to one row, and what becomes of the group: nothing. */
static const char *const others[] = {
	"UPDATE nova.g SET n = 7 WHERE id = 250",
	"UPDATE nova.g SET a = UPPER(a) WHERE id = 250",
	"UPDATE nova.g SET b = NULL WHERE id = 250",
	"DELETE FROM nova.g WHERE id = 250",
	"CREATE TRIGGER nova.no BEFORE UPDATE ON nova.g FOR EACH ROW"
	" IF NEW.id = 250 THEN SIGNAL SQLSTATE '45000'; END IF",
	"CREATE TRIGGER nova.no BEFORE UPDATE ON nova.g FOR EACH ROW"
	" IF NEW.id = 250 THEN SET NEW.a = OLD.a, NEW.b = OLD.b, NEW.f = OLD.f,"
	" NEW.d = OLD.d, NEW.n = OLD.n; END IF",
};

static void
test_other(void **state)
{
	struct target here;
	char *before;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		print_message("%s\n", others[i]);
		open_table(&tables[0], "", &here);
		insert_all(&tables[0], &here, 0);
		mariadb_sql(&s.db.server, others[i]);
		before = dump();
		turn(&here, &tables[0], PLAN_CHANGE, JOURNAL_FORWARD, 0, 0);
		is_now(before);
		free(before);
		close_table(&here);
	}
	warn_forget();
}

/* A row that changes other columns, or its key, is not of the group. */
static void
test_takes(void **state)
{
	struct row_group *g = row_group_new();
	struct target here;
	struct row r;

	(void)state;
	assert_non_null(g);
	open_table(&tables[0], "", &here);
	make_row(&r, &tables[0], PLAN_CHANGE, 1);
	assert_int_equal(row_group_add(g, &r.rec, 0), 0);
	r.rec.ncells--;
	assert_int_equal(row_group_takes(g, &here, &r.rec), 0);
	make_row(&r, &tables[0], PLAN_CREATE, 1);
	assert_int_equal(row_group_takes(g, &here, &r.rec), 0);
	make_row(&r, &tables[0], PLAN_CHANGE, 1);
	assert_int_equal(row_group_takes(g, &here, &r.rec), 1);
	r.cells[4].name = "id";
	assert_int_equal(row_group_takes(g, &here, &r.rec), 0);
	row_group_clear(g);
	assert_int_equal(row_group_takes(g, &here, &r.rec), 0);
	r.cells[4].name = "none";
	assert_int_equal(row_group_takes(g, &here, &r.rec), 0);
	row_group_free(g);
	close_table(&here);
}

static int
start(void **state)
{

	(void)state;
	return rowsite_start(&s) ? 0 : -1;
}

static int
stop(void **state)
{

	(void)state;
	dbsite_stop(&s.db);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_change),
		cmocka_unit_test(test_create),
		cmocka_unit_test(test_other),
		cmocka_unit_test(test_takes),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
