/* claims: who wants, holds and frees what only one row may hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/buf.h"
#include "restore/rows/claims.h"

/* One claim: what, the values it is to, its turn, the row. */
struct one {
	enum claim what;
	const char *values;
	uint64_t turn;
	const char *row;
};

#define MOST 6

static const struct {
	const char *what;
	struct one claims[MOST];
	const char *want; /* "clash row other;" for each */
} cases[] = {
	{ "nothing", { { .row = NULL } }, "" },
	{ "one row", { { CLAIM_WANT, "a", 1, "r1" } }, "" },
	{ "two rows, two values",
	    { { CLAIM_WANT, "a", 1, "r1" }, { CLAIM_WANT, "b", 2, "r2" } },
	    "" },
	{ "two rows want the same",
	    { { CLAIM_WANT, "a", 2, "r2" }, { CLAIM_WANT, "a", 1, "r1" } },
	    "wanted r2 r1;" },
	{ "three do",
	    { { CLAIM_WANT, "a", 1, "r1" }, { CLAIM_WANT, "a", 2, "r2" },
		{ CLAIM_WANT, "a", 3, "r3" } },
	    "wanted r2 r1;wanted r3 r1;" },
	{ "another row is here",
	    { { CLAIM_WANT, "a", 1, "r1" }, { CLAIM_HERE, "a", 1, "r9" } },
	    "here r1 r9;" },
	{ "it goes away before",
	    { { CLAIM_FREE, "a", 1, "r9" }, { CLAIM_WANT, "b", 1, "r9" },
		{ CLAIM_WANT, "a", 2, "r1" }, { CLAIM_HERE, "a", 2, "r9" } },
	    "freed r1 r9;" },
	{ "it goes away after",
	    { { CLAIM_WANT, "a", 1, "r1" }, { CLAIM_HERE, "a", 1, "r9" },
		{ CLAIM_FREE, "a", 2, "r9" } },
	    "freed r1 r9;" },
	{ "two rows swap",
	    { { CLAIM_FREE, "a", 1, "r1" }, { CLAIM_WANT, "b", 1, "r1" },
		{ CLAIM_HERE, "b", 1, "r2" }, { CLAIM_FREE, "b", 2, "r2" },
		{ CLAIM_WANT, "a", 2, "r2" }, { CLAIM_HERE, "a", 2, "r1" } },
	    "freed r2 r1;freed r1 r2;" },
	{ "one goes, another is here",
	    { { CLAIM_FREE, "a", 1, "r8" }, { CLAIM_WANT, "a", 2, "r1" },
		{ CLAIM_HERE, "a", 2, "r9" } },
	    "here r1 r9;" },
};

static void
print_of(const char *values, unsigned char print[CLAIM_PRINT])
{

	memset(print, 0, CLAIM_PRINT);
	memcpy(print, values, strlen(values));
}

static int
keep(void *cookie, enum clash what, unsigned int key, const char *row,
    const char *other)
{
	static const char *const names[] = { "wanted", "here", "freed" };

	assert_int_equal(key, 7);
	return buf_addf(cookie, "%s %s %s;", names[what], row, other);
}

static void
test_cases(void **state)
{
	unsigned char print[CLAIM_PRINT];
	const struct one *o;
	struct claims *c;
	struct buf got = BUF_EMPTY;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_non_null(c = claims_new());
		for (k = 0; k < MOST && cases[i].claims[k].row != NULL; k++) {
			o = &cases[i].claims[k];
			print_of(o->values, print);
			assert_int_equal(
			    claims_add(c, o->what, print, o->turn, 7, o->row),
			    0);
		}
		buf_clear(&got);
		assert_int_equal(buf_adds(&got, ""), 0);
		assert_int_equal(claims_tell(c, keep, &got), 0);
		if (strcmp(got.data, cases[i].want) != 0)
			fail_msg("%s: got %s, not %s", cases[i].what, got.data,
			    cases[i].want);
		claims_free(c);
	}
	buf_free(&got);
}

static int
count(void *cookie, enum clash what, unsigned int key, const char *row,
    const char *other)
{

	(void)key;
	assert_int_equal(what, CLASH_WANTED);
	assert_string_equal(row, "again");
	assert_string_not_equal(other, "again");
	++*(size_t *)cookie;
	return 0;
}

/* More than are looked at together: still every pair is found. */
static void
test_many(void **state)
{
	const uint32_t many = 300000, step = 1000;
	unsigned char print[CLAIM_PRINT] = { 0 };
	struct claims *c;
	size_t found = 0;
	char row[32];
	uint32_t i;

	(void)state;
	assert_non_null(c = claims_new());
	for (i = 0; i < many; i++) {
		memcpy(print, &i, sizeof(i));
		snprintf(row, sizeof(row), "row:n.t:%u", i);
		assert_int_equal(
		    claims_add(c, CLAIM_WANT, print, i, 0, row), 0);
	}
	for (i = 0; i < many; i += step) {
		memcpy(print, &i, sizeof(i));
		assert_int_equal(
		    claims_add(c, CLAIM_WANT, print, many + i, 0, "again"), 0);
	}
	assert_int_equal(claims_tell(c, count, &found), 0);
	assert_int_equal(found, many / step);
	claims_free(c);
	claims_free(NULL);
}

static int
stop(void *cookie, enum clash what, unsigned int key, const char *row,
    const char *other)
{

	(void)cookie;
	(void)what;
	(void)key;
	(void)row;
	(void)other;
	return 3;
}

static void
test_stop(void **state)
{
	unsigned char print[CLAIM_PRINT];
	struct claims *c;

	(void)state;
	print_of("a", print);
	assert_non_null(c = claims_new());
	assert_int_equal(claims_add(c, CLAIM_WANT, print, 1, 0, "r1"), 0);
	assert_int_equal(claims_add(c, CLAIM_WANT, print, 2, 0, ""), 0);
	assert_int_equal(claims_tell(c, stop, NULL), 3);
	claims_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
