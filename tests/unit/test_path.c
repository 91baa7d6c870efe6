#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/limits.h"
#include "archive/node/path.h"

static const char *const good[] = {
	"a",
	"etc/nova/nova.conf",
	"etc/...",
	"etc/..a/.b/a..",
	".hidden",
	"a b",
	"-rf",
	"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80",
	"a/~/b",
	"C:",
	"no\xcc\x88va",
	("a\xc2\xa0"
	 "b"),
};

static const char *const bad[] = {
	"",
	"/",
	"/etc",
	"etc/",
	"etc//nova",
	".",
	"..",
	"./a",
	"a/.",
	"a/./b",
	"../a",
	"a/..",
	"a/../b",
	"a\\b",
	"a\nb",
	"a\tb",
	"a\x7f",
	"\x01",
	"\xc2\x80",
	"a\xc2\x9f",
	"\xff",
	"\x80",
	"\xc3",
	"\xc0\xaf",
	"a/\xc0\xae\xc0\xae/b",
	"\xe0\x80\xaf",
	"\xf0\x80\x80\xaf",
	"\xed\xa0\x80",
	"\xf4\x90\x80\x80",
	"\xf8\x88\x80\x80\x80",
	"\xe2\x82",
	/* Not assigned, for private use, no character. */
	"\xed\x9f\xbf",
	"\xee\x80\x80",
	"\xef\xbf\xbf",
	"\xf4\x8f\xbf\xbf",
	/* Without width: space, joiner, non-joiner, word joiner, byte order
	 * mark, soft hyphen, Hangul filler, variation selector, tag. */
	("a\xe2\x80\x8b"
	 "b"),
	("a\xe2\x80\x8d"
	 "b"),
	("a\xe2\x80\x8c"
	 "b"),
	("a\xe2\x81\xa0"
	 "b"),
	("\xef\xbb\xbf"
	 "a"),
	("no\xc2\xad"
	 "va"),
	"a\xe3\x85\xa4",
	"a\xef\xb8\x8f",
	"a\xf3\xa0\x81\xa1",
	/* Direction: override, isolate, marks. */
	("a\xe2\x80\xae"
	 "fnoc"),
	("a\xe2\x81\xa6"
	 "b"),
	"a\xe2\x80\x8e",
	"a\xd8\x9c",
	/* Lines and paragraphs. */
	("a\xe2\x80\xa8"
	 "b"),
	("a\xe2\x80\xa9"
	 "b"),
	"a\xc2\x85",
};

/* The same, and alike; 0: neither. */
static const struct {
	const char *a, *b;
	int same, like;
} twins[] = {
	{ "nova", "nova", 1, 1 }, { "nova", "Nova", 0, 1 },
	{ "nova", "nova2", 0, 0 }, { "n\xc3\xb6va", "no\xcc\x88va", 1, 1 },
	{ "N\xc3\x96VA", "no\xcc\x88va", 0, 1 },
	{ "\xe2\x84\xaa"
	  "elvin",
	    "Kelvin", 1, 1 },
	{ "\xef\xbd\x8e"
	  "ova",
	    "nova", 0, 1 },
	{ "\xef\xac\x81le", "file", 0, 1 },
	{ "stra\xc3\x9f"
	  "e",
	    "STRASSE", 0, 1 },
	{ ("a\xc2\xa0"
	   "b"),
	    "a b", 0, 1 },
	{ "a\xe2\x80\x8b"
	  "b",
	    "ab", 0, 1 },
	{ "\xd0\xb0", "a", 0, 0 }, /* Cyrillic: another letter */
	{ "\xc4\xb0", "i", 0, 0 }, /* dotted: i and a dot above */
};

static void
test_check(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (path_check(good[i]) != 0)
			fail_msg("refused: %s", good[i]);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		errno = 0;
		if (path_check(bad[i]) != -1)
			fail_msg("taken: number %zu (%s)", i, bad[i]);
		assert_int_equal(errno, EINVAL);
	}
}

static void
test_length(void **state)
{
	char name[LIMIT_NAME + 2];

	(void)state;
	memset(name, 'a', sizeof(name));
	name[LIMIT_NAME] = '\0';
	assert_int_equal(path_check(name), 0);
	name[LIMIT_NAME] = 'a';
	name[LIMIT_NAME + 1] = '\0';
	assert_int_equal(path_check(name), -1);
}

static void
test_fold(void **state)
{
	static const enum path_fold how[] = { PATH_FOLD_SAME, PATH_FOLD_LIKE };
	char *a, *b;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(twins) / sizeof(twins[0]); i++)
		for (k = 0; k < 2; k++) {
			assert_non_null(a = path_fold(twins[i].a, how[k]));
			assert_non_null(b = path_fold(twins[i].b, how[k]));
			if ((strcmp(a, b) == 0) !=
			    (k == 0 ? twins[i].same : twins[i].like))
				fail_msg("%s, %s: %s, %s", twins[i].a,
				    twins[i].b, a, b);
			free(a);
			free(b);
		}
}

static void
test_text(void **state)
{

	(void)state;
	assert_int_equal(path_text(NULL, 5), 0);
	assert_int_equal(path_text("", 5), 0);
	assert_int_equal(path_text("abcde", 5), 1);
	assert_int_equal(path_text("abcdef", 5), 0);
	assert_int_equal(path_text("../a b\\", 50), 1);
	assert_int_equal(path_text("a\x1b[2J", 50), 0);
}

/* Every byte alone between two letters. */
static void
test_bytes(void **state)
{
	char name[4] = "a.b";
	int c, want;

	(void)state;
	for (c = 1; c < 256; c++) {
		name[1] = (char)c;
		want = c >= 0x20 && c < 0x7f && c != '\\';
		assert_int_equal(path_check(name), want ? 0 : -1);
	}
}

/* Any pattern is what fnmatch takes it for. */
static void
test_glob_random(void **state)
{
	static const char in_glob[] = "ab/.*?[]\\a", in_name[] = "ab/.[]";
	const char *again = getenv("NOVARK_SEED");
	unsigned int seed = again != NULL
				? (unsigned int)strtoul(again, NULL, 10)
				: (unsigned int)time(NULL);
	char glob[7], name[7];
	int i, k, n;

	(void)state;
	print_message("NOVARK_SEED=%u\n", seed);
	for (i = 0; i < 300000; i++) {
		for (k = 0, n = rand_r(&seed) % 7; k < n; k++)
			glob[k] = in_glob[(size_t)rand_r(&seed) %
					  (sizeof(in_glob) - 1)];
		glob[k] = '\0';
		for (k = 0, n = rand_r(&seed) % 7; k < n; k++)
			name[k] = in_name[(size_t)rand_r(&seed) %
					  (sizeof(in_name) - 1)];
		name[k] = '\0';
		if (path_glob(glob, name) != (fnmatch(glob, name, 0) == 0))
			fail_msg("%s and %s", glob, name);
	}
}

static void
test_glob(void **state)
{

	(void)state;
	assert_true(path_glob("file:*", "file:/etc/nova/nova.conf"));
	assert_true(path_glob("*nova.conf", "file:/etc/nova/nova.conf"));
	assert_true(path_glob("table:nova.*", "table:nova.volumes"));
	assert_true(
	    path_glob("domain:instance-000000?f", "domain:instance-0000005f"));
	assert_true(path_glob("[dn]*", "domain:a"));
	assert_false(path_glob("file:/etc", "file:/etc/nova"));
	assert_false(path_glob("table:nova.*", "table:nova_api.x"));
	assert_false(path_glob("", "a"));
	assert_true(path_glob("*", ""));
	assert_true(path_glob("*", "file:/.hidden"));
}

/* Bytes of a length, a NUL among them; nothing is read behind their end. */
static void
test_utf8(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		int fits;
	} cases[] = { { "", 0, 1 }, { "nova", 4, 1 }, { "a\0b", 3, 1 },
		{ "\xc3\xb6", 2, 1 }, { "\xc3\xb6", 1, 0 },
		{ "a\xe2\x82\xac", 4, 1 }, { "a\xe2\x82\xac", 3, 0 },
		{ "\xf0\x9f\x92\xbe", 4, 1 }, { "\xf0\x9f\x92\xbe", 3, 0 },
		{ "\xf4\x8f\xbf\xbf", 4, 1 },
		/* Beyond Unicode, half of a pair, spelt too long, begun
		   nowhere. */
		{ "\xf4\x90\x80\x80", 4, 0 }, { "\xed\xa0\x80", 3, 0 },
		{ "\xc0\xaf", 2, 0 }, { "\xe0\x80\xaf", 3, 0 },
		{ "a\x80", 2, 0 }, { "\xff", 1, 0 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (path_utf8(cases[i].bytes, cases[i].len) != cases[i].fits)
			fail_msg("case %zu", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_glob),
		cmocka_unit_test(test_glob_random),
		cmocka_unit_test(test_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
