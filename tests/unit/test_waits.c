/* waits: rows that wait for others, in chains and in circles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "archive/buf.h"
#include "restore/rows/waits.h"

/* "ab" : a waits for b.  What is told: those that never end. */
static const struct {
	const char *what, *waits, *want;
} cases[] = {
	{ "nothing", "", "" },
	{ "one", "ab", "" },
	{ "a chain", "ab bc cd", "" },
	{ "a chain, the other way round", "cd bc ab", "" },
	{ "two wait for one", "ac bc", "" },
	{ "one waits for two", "ab ac bc", "" },
	{ "a swap", "ab ba", "ab ba " },
	{ "itself", "aa", "aa " },
	{ "a circle of three", "ab bc ca", "ab bc ca " },
	{ "a chain behind a circle", "xa ab ba", "ab ba xa " },
	{ "a chain that a circle waits for", "ab ba bx xy", "ab ba " },
	{ "beside a circle", "ab ba cd", "ab ba " },
};

static int
tell(void *cookie, unsigned int key, const char *row, const char *other)
{

	assert_int_equal(key, 7);
	return buf_addf(cookie, "%s%s ", row, other);
}

static void
test_cases(void **state)
{
	struct buf got = BUF_EMPTY;
	char row[2] = "", other[2] = "";
	struct waits *w;
	const char *s;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_non_null(w = waits_new());
		for (s = cases[i].waits; *s != '\0'; s += s[2] == ' ' ? 3 : 2) {
			row[0] = s[0];
			other[0] = s[1];
			assert_int_equal(waits_add(w, 7, row, other), 0);
		}
		buf_clear(&got);
		assert_int_equal(buf_adds(&got, ""), 0);
		assert_int_equal(waits_tell(w, tell, &got), 0);
		if (strcmp(got.data, cases[i].want) != 0)
			fail_msg("%s: got %s, not %s", cases[i].what, got.data,
			    cases[i].want);
		waits_free(w);
	}
	buf_free(&got);
	waits_free(NULL);
}

static int
stop(void *cookie, unsigned int key, const char *row, const char *other)
{

	(void)cookie;
	(void)key;
	(void)row;
	(void)other;
	return 3;
}

/* Many rows, each of which waits for the next; then the last for the first. */
static void
test_many(void **state)
{
	struct waits *w;
	char row[16], other[16];
	int i;

	(void)state;
	assert_non_null(w = waits_new());
	for (i = 0; i < 1500; i++) {
		snprintf(row, sizeof(row), "%d", i);
		snprintf(other, sizeof(other), "%d", i + 1);
		assert_int_equal(waits_add(w, 0, row, other), 0);
	}
	assert_int_equal(waits_tell(w, stop, NULL), 0);
	waits_free(w);
	assert_non_null(w = waits_new());
	assert_int_equal(waits_add(w, 0, "a", "b"), 0);
	assert_int_equal(waits_add(w, 0, "b", "a"), 0);
	assert_int_equal(waits_tell(w, stop, NULL), 3);
	waits_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
