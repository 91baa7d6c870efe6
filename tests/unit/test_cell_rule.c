#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "restore/rows/cell_rule.h"

/* Type, character set, the value as one character repeated, does it fit? */
static const struct {
	const char *type, *charset, *character;
	size_t times;
	int too_long;
	const char *limit;
} lengths[] = {
	{ "varchar(5)", "utf8", "a", 5, 0, NULL },
	{ "varchar(5)", "utf8", "a", 6, 1, "5 characters" },
	{ "varchar(5)", "utf8mb4", "\xc3\xa9", 5, 0, NULL },
	{ "varchar(5)", "utf8mb4", "\xf0\x9f\x98\x80", 5, 0, NULL },
	{ "varchar(5)", "utf8mb3", "\xc3\xa9", 6, 1, "5 characters" },
	{ "varchar(5)", "latin1", "\xe9", 5, 0, NULL },
	{ "varchar(5)", "latin1", "\xc3\xa9", 5, 1, "5 characters" },
	{ "char(3)", "utf8", "a", 4, 1, "3 characters" },
	{ "varbinary(3)", NULL, "\xc3\xa9", 2, 1, "3 bytes" },
	{ "binary(4)", NULL, "\xc3\xa9", 2, 0, NULL },
	{ "tinytext", "utf8", "a", 255, 0, NULL },
	{ "tinytext", "utf8", "\xc3\xa9", 128, 1, "255 bytes" },
	{ "text", "utf8", "a", 65535, 0, NULL },
	{ "text", "utf8", "a", 65536, 1, "65535 bytes" },
	{ "blob", NULL, "a", 65536, 1, "65535 bytes" },
	{ "mediumtext", "utf8", "a", 65536, 0, NULL },
	{ "longtext", "utf8mb4", "a", 70000, 0, NULL },
	{ "json", NULL, "a", 70000, 0, NULL },
	{ "int(11)", NULL, "1", 30, 0, NULL },
};

static void
test_lengths(void **state)
{
	struct item_column c = { 0 };
	struct buf b = BUF_EMPTY;
	char type[20], charset[20], limit[48];
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		snprintf(type, sizeof(type), "%s", lengths[i].type);
		c.type = type;
		c.charset = NULL;
		if (lengths[i].charset != NULL) {
			snprintf(
			    charset, sizeof(charset), "%s", lengths[i].charset);
			c.charset = charset;
		}
		buf_clear(&b);
		for (k = 0; k < lengths[i].times; k++)
			assert_int_equal(buf_adds(&b, lengths[i].character), 0);
		if (cell_too_long(&c, b.data, b.len, limit, sizeof(limit)) !=
		    lengths[i].too_long)
			fail_msg("case %zu: %s", i, type);
		if (lengths[i].too_long)
			assert_string_equal(limit, lengths[i].limit);
	}
	buf_free(&b);
}

static char names[4][20] = { "id", "deleted", "host", "other" };
static char types[4][20] = { "int(11)", "int(11)", "varchar(9)", "text" };
static char charset[] = "utf8", table[] = "instances", none[] = "stacks";

static void
make_table(struct item_table *t, struct item_column columns[4])
{
	size_t i;

	memset(t, 0, sizeof(*t));
	memset(columns, 0, 4 * sizeof(*columns));
	for (i = 0; i < 4; i++) {
		columns[i].name = names[i];
		columns[i].type = types[i];
		columns[i].charset = i < 2 ? NULL : charset;
	}
	columns[0].key = 1;
	t->table = table;
	t->columns = columns;
	t->ncolumns = 4;
}

static void
test_rules(void **state)
{
	struct item_column columns[4];
	struct cell_rules rules;
	struct item_table t;

	(void)state;
	make_table(&t, columns);
	assert_int_equal(cell_rules(&rules, "nova", &t), 0);
	assert_int_equal(rules.n, 4);
	assert_int_equal(rules.nkey, 1);
	assert_int_equal(rules.key[0], 0);
	assert_int_equal(rules.deleted, 1);
	assert_int_equal(rules.rule[0].text, 0);
	assert_int_equal(rules.rule[2].role, PLACE_HOST);
	assert_null(rules.rule[2].hold);
	assert_string_equal(rules.rule[3].hold_name, "outside");
	cell_rules_free(&rules);
	/* A generated column has no cell, also not in the key. */
	columns[1].generated = 1;
	columns[2].key = 2;
	assert_int_equal(cell_rules(&rules, "nova", &t), 0);
	assert_int_equal(rules.n, 3);
	assert_int_equal(rules.nkey, 2);
	assert_int_equal(rules.key[1], 1);
	assert_int_equal(rules.deleted, rules.n);
	cell_rules_free(&rules);
	/* A key with a hole is none. */
	columns[2].key = 3;
	assert_int_equal(cell_rules(&rules, "nova", &t), 0);
	assert_int_equal(rules.nkey, 0);
	cell_rules_free(&rules);
	t.table = none;
	columns[1].generated = 0;
	assert_int_equal(cell_rules(&rules, "heat", &t), 0);
	assert_string_equal(rules.rule[2].hold_name, "outside");
	assert_int_equal(rules.deleted, rules.n);
	cell_rules_free(&rules);
}

static const struct {
	const char *deleted;
	int history;
} histories[] = { { NULL, 0 }, { "", 0 }, { "0", 0 }, { "1", 1 }, { "17", 1 },
	{ "00", 1 }, { "6ab6a5f0-90bb", 1 } };

static void
test_history(void **state)
{
	struct item_column columns[4];
	struct db_value cells[4] = { { 0 } };
	struct cell_rules rules;
	struct item_table t;
	size_t i;

	(void)state;
	make_table(&t, columns);
	assert_int_equal(cell_rules(&rules, "nova", &t), 0);
	for (i = 0; i < sizeof(histories) / sizeof(histories[0]); i++) {
		cells[1].data = histories[i].deleted;
		cells[1].len = histories[i].deleted == NULL
				   ? 0
				   : strlen(histories[i].deleted);
		assert_int_equal(
		    cell_history(&rules, cells), histories[i].history);
	}
	cell_rules_free(&rules);
}

static char over_names[4][20] = { "id", "deleted", "status", "dest_host" };
static char migrations[] = "migrations";

/* A migration that is over is history, deleted or not. */
static void
test_over(void **state)
{
	static const struct {
		const char *deleted, *status;
		int history;
	} cases[] = { { "0", "done", 1 }, { "0", "finished", 0 },
		{ "3", "finished", 1 }, { NULL, "confirmed", 1 },
		{ "0", NULL, 0 } };
	struct item_column columns[4];
	struct db_value cells[4] = { { 0 } };
	struct cell_rules rules;
	struct item_table t;
	size_t i;

	(void)state;
	make_table(&t, columns);
	t.table = migrations;
	for (i = 0; i < 4; i++)
		columns[i].name = over_names[i];
	assert_int_equal(cell_rules(&rules, "nova", &t), 0);
	assert_int_equal(rules.over, 2);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cells[1].data = cases[i].deleted;
		cells[1].len = cases[i].deleted == NULL ? 0 : 1;
		cells[2].data = cases[i].status;
		cells[2].len =
		    cases[i].status == NULL ? 0 : strlen(cases[i].status);
		assert_int_equal(cell_history(&rules, cells), cases[i].history);
	}
	cell_rules_free(&rules);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_history),
		cmocka_unit_test(test_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
