#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>

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
	"\xed\x9f\xbf",
	"\xf4\x8f\xbf\xbf",
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_glob),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
