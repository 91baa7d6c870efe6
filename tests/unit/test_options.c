/* options: every rule of the command line, by table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cmd/nearest.h"
#include "cmd/options.h"
#include "cmd/usage.h"
#include "tests/unit/folder.h"

#define ARGS_MAX 16

/* Split words at spaces; the strings live in text. */
static int
split(char *text, char **argv)
{
	char *save, *word;
	int argc = 0;

	for (word = strtok_r(text, " ", &save); word != NULL;
	     word = strtok_r(NULL, " ", &save)) {
		assert_true(argc < ARGS_MAX);
		argv[argc++] = word;
	}
	return argc;
}

/* Arguments that are refused, and what is said: one message each. */
static const struct {
	enum command command;
	const char *args, *said;
} refused[] = {
	{ COMMAND_KEYGEN, "", "keygen needs --out NAME" },
	{ COMMAND_KEYGEN, "--out", "--out needs a value: NAME" },
	{ COMMAND_KEYGEN, "--out=", "--out needs a value: NAME" },
	{ COMMAND_KEYGEN, "--out --quiet", "--out needs a value: NAME" },
	{ COMMAND_KEYGEN, "--out a --out b", "--out is given twice" },
	{ COMMAND_KEYGEN, "--out a x", "one argument too many: x" },
	{ COMMAND_KEYGEN, "--out a -- --x", "one argument too many: --x" },
	{ COMMAND_KEYGEN, "--ou a", "unknown option --ou;" },
	{ COMMAND_KEYGEN, "--outer a", "unknown option --outer;" },
	{ COMMAND_KEYGEN, "--output=a", "novark keygen --help lists them" },
	{ COMMAND_KEYGEN, "-o", "unknown option -o;" },
	{ COMMAND_KEYGEN, "--out a -", "one argument too many: -" },
	{ COMMAND_KEYGEN, "--=x", "unknown option --;" },
	{ COMMAND_KEYGEN, "--out a --json=1", "--json takes no value" },
	{ COMMAND_SNAPSHOT, "--sign k", "snapshot needs --output FILE" },
	{ COMMAND_SNAPSHOT, "--output f", "snapshot needs --sign KEY" },
	{ COMMAND_SNAPSHOT, "--output f --sign k f", "one argument too many" },
	{ COMMAND_SNAPSHOT, "--output f --sign k --trust p",
	    "unknown option --trust;" },
	{ COMMAND_SNAPSHOT,
	    "--output f --sign k --no-files --no-libvirt --no-database",
	    "leave nothing to do" },
	{ COMMAND_SNAPSHOT, "--output f --sign k --address host",
	    "--address host: not the address of a node" },
	{ COMMAND_SNAPSHOT, "--output f --sign k --address 10.2.116.0/24",
	    "not the address of a node" },
	{ COMMAND_SNAPSHOT, "--output f --sign k --address 127.0.0.1",
	    "not the address of a node" },
	{ COMMAND_SNAPSHOT, "--output f --sign k --host a --no-database",
	    "--host picks rows: it does not go with --no-database" },
	{ COMMAND_SNAPSHOT, "--output f --sign k --host a --describe",
	    "--host picks rows: it does not go with --describe" },
	{ COMMAND_SNAPSHOT, "--output f --sign k --host a --host b --host a",
	    "--host a is given twice" },
	{ COMMAND_SNAPSHOT, "--output - --sign k --json",
	    "standard output is the bundle" },
	{ COMMAND_SNAPSHOT, "--output - --sign k --force",
	    "--force does not go with --output -" },
	{ COMMAND_AUDIT, "", "audit needs a FILE" },
	{ COMMAND_AUDIT, "- a -", "one bundle only" },
	{ COMMAND_AUDIT, "- --diff -", "one bundle only" },
	{ COMMAND_RESTORE, "- --dry-run --against -", "one bundle only" },
	{ COMMAND_AUDIT, "a --list --cat b", "exclude each other" },
	{ COMMAND_AUDIT, "a --find b --diff c", "exclude each other" },
	{ COMMAND_AUDIT, "a --draft-map --list", "exclude each other" },
	{ COMMAND_AUDIT, "a b --cat c", "--cat looks at one bundle" },
	{ COMMAND_AUDIT, "a b --find c", "--find looks at one bundle" },
	{ COMMAND_AUDIT, "a b --diff c", "--diff looks at one bundle" },
	{ COMMAND_AUDIT, "a b --draft-map", "--draft-map looks at one bundle" },
	{ COMMAND_AUDIT, "a --show-secrets", "works with --cat only" },
	{ COMMAND_AUDIT, "a --map b=c", "unknown option --map;" },
	{ COMMAND_RESTORE, "--trust p", "restore needs a FILE" },
	{ COMMAND_RESTORE, "a b --trust p", "one argument too many: b" },
	{ COMMAND_RESTORE, "a --trust p --on-drift panic",
	    "--on-drift panic: must be one of stop|keep|rewrite|replay" },
	{ COMMAND_RESTORE, "a --trust p --on-drift sto",
	    "--on-drift sto: must be one of" },
	{ COMMAND_RESTORE, "--resume --trust p",
	    "--trust does not go with --resume" },
	{ COMMAND_RESTORE, "--undo --map a=b",
	    "--map does not go with --undo" },
	{ COMMAND_RESTORE, "--undo a --preflight",
	    "--preflight does not go with --undo" },
	{ COMMAND_RESTORE, "--undo --resume", "exclude each other" },
	{ COMMAND_RESTORE, "--undo a b", "one argument too many: b" },
	{ COMMAND_VERIFY, "a --trust p --undo", "unknown option --undo;" },
	{ COMMAND_VERIFY, "--trust p", "verify needs a FILE" },
	{ COMMAND_VERIFY, "a --trust p --yes", "unknown option --yes;" },
	{ COMMAND_VERIFY, "a --trust p --dry-run",
	    "unknown option --dry-run;" },
};

static void
refusals(void **state)
{
	char *argv[ARGS_MAX], *text;
	struct options o;
	size_t i;
	int saved, rc;

	(void)state;
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		assert_non_null(text = strdup(refused[i].args));
		saved = hush();
		rc = options_parse(
		    refused[i].command, split(text, argv), argv, &o);
		unhush(saved);
		options_free(&o);
		free(text);
		if (rc != -1)
			fail_msg("not refused: %s", refused[i].args);
		assert_said(refused[i].said);
	}
	warn_forget();
}

/* All mistakes are said, not the first only. */
static void
every_mistake(void **state)
{
	char text[] = "--bogus --out --json=2 --also", *argv[ARGS_MAX];
	struct options o;
	size_t n;
	int saved;

	(void)state;
	saved = hush();
	assert_int_equal(
	    options_parse(COMMAND_KEYGEN, split(text, argv), argv, &o), -1);
	unhush(saved);
	warn_said(&n);
	assert_int_equal(n, 4);
	options_free(&o);
	warn_forget();
}

static void
lists(void **state)
{
	char text[] = "b.bundle --trust=p --map 1=2 --map=3=4 --only a* --not "
		      "b --map 5=6 --on-drift keep --yes --also=x";
	char *argv[ARGS_MAX];
	struct options o;

	(void)state;
	assert_int_equal(
	    options_parse(COMMAND_RESTORE, split(text, argv), argv, &o), 0);
	assert_string_equal(o.files[0], "b.bundle");
	assert_null(o.files[1]);
	assert_string_equal(o.trust, "p");
	assert_string_equal(o.maps[0], "1=2");
	assert_string_equal(o.maps[1], "3=4");
	assert_string_equal(o.maps[2], "5=6");
	assert_null(o.maps[3]);
	assert_string_equal(o.only[0], "a*");
	assert_string_equal(o.except[0], "b");
	assert_string_equal(o.also[0], "x");
	assert_string_equal(o.on_drift, "keep");
	assert_true(o.yes);
	assert_null(o.map_files);
	assert_false(o.json || o.quiet || o.dry_run || o.no_files);
	options_free(&o);
	assert_null(o.maps);
	options_free(&o);
}

/* Options and files mixed; "--" makes files of what follows. */
static void
operands(void **state)
{
	char text[] = "a --json b -- --list -h --", *argv[ARGS_MAX];
	struct options o;

	(void)state;
	assert_int_equal(
	    options_parse(COMMAND_AUDIT, split(text, argv), argv, &o), 0);
	assert_string_equal(o.files[0], "a");
	assert_string_equal(o.files[1], "b");
	assert_string_equal(o.files[2], "--list");
	assert_string_equal(o.files[3], "-h");
	assert_string_equal(o.files[4], "--");
	assert_null(o.files[5]);
	assert_true(o.json);
	assert_false(o.list || o.help);
	options_free(&o);
}

/* A value may start with one dash, hold "=", or be written behind one. */
static void
values(void **state)
{
	char text[] = "--output -x --sign=--y --root=a=b", *argv[ARGS_MAX];
	struct options o;

	(void)state;
	assert_int_equal(
	    options_parse(COMMAND_SNAPSHOT, split(text, argv), argv, &o), 0);
	assert_string_equal(o.output, "-x");
	assert_string_equal(o.sign, "--y");
	assert_string_equal(o.root, "a=b");
	options_free(&o);
}

/* With help or version nothing is required. */
static void
help(void **state)
{
	static const char *const args[] = { "-h", "--help", "-V", "--version" };
	char *argv[ARGS_MAX], *text;
	struct options o;
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		assert_non_null(text = strdup(args[i]));
		assert_int_equal(options_parse(COMMAND_SNAPSHOT,
				     split(text, argv), argv, &o),
		    0);
		assert_int_equal(o.help, i < 2);
		assert_int_equal(o.version, i >= 2);
		options_free(&o);
		free(text);
	}
}

/* The table itself: each name once for a subcommand, each row usable. */
static void
table(void **state)
{
	const struct option_row *rows;
	size_t n, i, j;

	(void)state;
	rows = options_rows(&n);
	assert_true(n > 20);
	for (i = 0; i < n; i++) {
		assert_true(rows[i].commands != 0);
		assert_true(rows[i].commands < 1u << COMMANDS);
		assert_int_equal(rows[i].required & ~rows[i].commands, 0);
		assert_true(rows[i].offset < sizeof(struct options));
		assert_true(rows[i].help[0] != '\0');
		/* A flag is neither a list nor required. */
		if (rows[i].value == NULL)
			assert_true(!rows[i].list && rows[i].required == 0);
		for (j = i + 1; j < n; j++) {
			assert_int_not_equal(rows[i].offset, rows[j].offset);
			if (strcmp(rows[i].name, rows[j].name) == 0)
				assert_int_equal(
				    rows[i].commands & rows[j].commands, 0);
		}
	}
}

static void
commands(void **state)
{
	int c;

	(void)state;
	for (c = 0; c < COMMANDS; c++)
		assert_int_equal(options_command_parse(
				     options_command_name((enum command)c)),
		    c);
	assert_int_equal(options_command_parse("audi"), -1);
	assert_int_equal(options_command_parse("audits"), -1);
	assert_int_equal(options_command_parse(""), -1);
}

/* The help of a subcommand names all its options, and none of others; no line
 * is wider than a terminal. */
static void
usage(void **state)
{
	const struct option_row *rows;
	char *text, *line, want[64];
	size_t n, i, len;
	FILE *f;
	int c, has;

	(void)state;
	rows = options_rows(&n);
	for (c = 0; c < COMMANDS; c++) {
		assert_non_null(f = open_memstream(&text, &len));
		usage_command((enum command)c, f);
		fclose(f);
		for (i = 0; i < n; i++) {
			snprintf(want, sizeof(want), "\n  --%s ", rows[i].name);
			has = strstr(text, want) != NULL;
			if (has != (int)((rows[i].commands >> c) & 1))
				fail_msg("help of %s: --%s",
				    options_command_name((enum command)c),
				    rows[i].name);
		}
		for (line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
			assert_true(strlen(line) <= 80);
		free(text);
	}
}

static void
near(void **state)
{
	static const char *const known[] = { "file:/etc/nova/nova.conf",
		"file:/etc/cinder/cinder.conf",
		"file:/instances/instance-0000005f",
		"domain:instance-0000005f" };
	static const struct {
		const char *wanted;
		int best;
	} cases[] = {
		{ "file:/etc/nova/nova.con", 0 },
		{ "nova.conf", 0 },
		{ "cinder.conf", 1 },
		{ "instance-0000005f", 3 },
		{ "domain:instance-0000006f", 3 },
		{ "table:nova.volumes", -1 },
		{ "", -1 },
	};
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct nearest best = NEAREST_NONE;

		for (j = 0; j < 4; j++)
			nearest_offer(&best, cases[i].wanted, known[j]);
		if (cases[i].best == -1)
			assert_null(best.name);
		else
			assert_ptr_equal(best.name, known[cases[i].best]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refusals),
		cmocka_unit_test(every_mistake),
		cmocka_unit_test(lists),
		cmocka_unit_test(operands),
		cmocka_unit_test(values),
		cmocka_unit_test(help),
		cmocka_unit_test(table),
		cmocka_unit_test(commands),
		cmocka_unit_test(usage),
		cmocka_unit_test(near),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
