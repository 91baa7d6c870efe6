#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/database/tabcheck.h"
#include "archive/database/tabfile.h"
#include "archive/limits.h"
#include "archive/warn.h"
#include "folder.h"

static const struct {
	const char *bytes;
	size_t ncells;
	uint64_t rows;
	const char *why;
} cases[] = {
	{ "", 2, 0, NULL },
	{ "1\tx\n", 2, 1, NULL },
	{ "\\N\t\\N\n\t\n", 2, 2, NULL },
	{ "a\\\tb\tc\\\nd\\\\\\0\n", 2, 1, NULL },
	{ "1\n", 2, 0, "has another number of columns" },
	{ "1\t2\t3\n", 2, 0, "has another number of columns" },
	{ "1\t2\n\n", 2, 1, "has another number of columns" },
	{ "1\t2", 2, 0, "is not finished" },
	{ "1\t2\\", 2, 0, "is not finished" },
	{ "1\t2\\\n", 2, 0, "is not finished" },
	{ "1\t\\x\n", 2, 0, "has an escape that is none" },
	{ "1\t\\Nx\n", 2, 0, "has an escape that is none" },
	{ "1\tx\\N\n", 2, 0, "has an escape that is none" },
	{ "1\t\\N\\N\n", 2, 0, "has an escape that is none" },
};

static void
test_rules(void **state)
{
	size_t i, k, len;
	int rc;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct tabcheck t = { .ncells = cases[i].ncells };

		/* A byte at a time: no state is lost between pieces. */
		len = strlen(cases[i].bytes);
		for (k = 0, rc = 0; k < len && rc == 0; k++)
			rc = tabcheck_add(&t, cases[i].bytes + k, 1);
		if (rc == 0)
			rc = tabcheck_end(&t);
		if ((rc == -1) != (cases[i].why != NULL) ||
		    t.rows != cases[i].rows ||
		    (rc == -1 && strcmp(t.why, cases[i].why) != 0))
			fail_msg("%zu: %s", i, rc == -1 ? t.why : "fine");
		/* What is wrong stays so. */
		assert_int_equal(tabcheck_end(&t), rc);
		assert_int_equal(tabcheck_add(&t, "", 0), rc);
	}
}

static void
test_long(void **state)
{
	static char chunk[1u << 20];
	struct tabcheck t = { .ncells = 1 };
	size_t i;

	(void)state;
	memset(chunk, 'x', sizeof(chunk));
	for (i = 0; i < LIMIT_ITEM / sizeof(chunk); i++)
		assert_int_equal(tabcheck_add(&t, chunk, sizeof(chunk)), 0);
	assert_int_equal(tabcheck_add(&t, chunk, 1), -1);
	assert_string_equal(t.why, "is too long");
}

struct from {
	const char *bytes;
	size_t len, pos;
};

static ssize_t
from_bytes(void *cookie, void *buf, size_t len)
{
	struct from *f = cookie;

	if (len > f->len - f->pos)
		len = f->len - f->pos;
	memcpy(buf, f->bytes + f->pos, len);
	f->pos += len;
	return (ssize_t)len;
}

/* Whatever it is given, it says what the reader of rows says. */
static void
test_reader(void **state)
{
	static const char few[] = "\\\\\\\t\t\n\nN0ax";
	unsigned int seed = (unsigned int)time(NULL), round, i;
	const struct db_value *cells;
	struct tabfile *tab;
	uint64_t rows;
	char bytes[24];
	int saved, rc;

	(void)state;
	printf("# seed %u\n", seed);
	srandom(seed);
	for (round = 0; round < 50000; round++) {
		struct tabcheck t = { .ncells = 1 + round % 3 };
		struct from f = { bytes, (size_t)random() % sizeof(bytes), 0 };

		for (i = 0; i < f.len; i++)
			bytes[i] = few[(size_t)random() % (sizeof(few) - 1)];
		if ((rc = tabcheck_add(&t, bytes, f.len)) == 0)
			rc = tabcheck_end(&t);
		tab = tabfile_open("x", t.ncells, from_bytes, &f);
		assert_non_null(tab);
		saved = hush();
		for (rows = 0;
		     (i = (unsigned int)tabfile_next(tab, &cells)) == 1;)
			rows++;
		unhush(saved);
		tabfile_close(tab);
		warn_forget();
		if ((i == 0) != (rc == 0) || rows != t.rows)
			fail_msg("round %u: %d, %d", round, (int)i, rc);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_reader),
	};

	return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
