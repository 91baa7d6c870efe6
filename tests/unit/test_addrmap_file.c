#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/limits.h"
#include "archive/warn.h"
#include "restore/map/addrmap.h"
#include "tests/unit/said.h"

static void
write_file(const char *file, const char *bytes, size_t len)
{
	FILE *f = fopen(file, "we");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void
files(void **state)
{
	static const char good[] = "\xef\xbb\xbf# moves\r\n\r\n"
				   "10.0.0.1 = 10.0.0.2\r\nkeep 10.0.0.3";
	static const char bad[] = "10.0.0.1 = 10.0.0.2\nx\n\nkeep\n::1 = ::2\n";
	static const char nul[] = "10.0.0.1 = 10.0.0.2\0#\n";
	char dir[] = "/tmp/novark-addrmap-XXXXXX", file[64];
	const char *const *said;
	struct addrmap *m = addrmap_new();
	char *big;
	size_t n;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(file, sizeof(file), "%s/a.map", dir);
	write_file(file, good, sizeof(good) - 1);
	assert_int_equal(addrmap_file(m, file), 0);
	assert_int_equal(addrmap_rules(m), 2);
	assert_non_null(strstr(addrmap_rule_where(m, 0), "/a.map:3"));

	warn_forget();
	write_file(file, bad, sizeof(bad) - 1);
	assert_int_equal(addrmap_file(m, file), -1);
	said = warn_said(&n);
	assert_int_equal(n, 2);
	assert_non_null(strstr(said[0], "a.map:2: "));
	assert_non_null(strstr(said[1], "a.map:4: "));

	warn_forget();
	write_file(file, nul, sizeof(nul) - 1);
	assert_int_equal(addrmap_file(m, file), -1);
	assert_non_null(
	    strstr(said_last(), "a.map:1: the line has a NUL byte"));

	write_file(file, "", 0);
	assert_int_equal(addrmap_file(m, file), 0);

	assert_non_null(big = calloc(1, LIMIT_MAP + 1));
	memset(big, '\n', LIMIT_MAP + 1);
	write_file(file, big, LIMIT_MAP + 1);
	free(big);
	assert_int_equal(addrmap_file(m, file), -1);
	assert_non_null(strstr(said_last(), "too large"));

	assert_int_equal(unlink(file), 0);
	assert_int_equal(addrmap_file(m, file), -1);
	assert_non_null(strstr(said_last(), "a.map: No such file"));
	assert_int_equal(addrmap_file(m, dir), -1);
	assert_non_null(strstr(said_last(), "Is a directory"));
	assert_int_equal(rmdir(dir), 0);
	addrmap_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
