/* idset: values, their levels, their events, their order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/belong/idset.h"

static void
test_levels(void **state)
{
	struct idset *s = idset_new();
	struct idset_value v;

	(void)state;
	assert_non_null(s);
	assert_int_equal(idset_has(s, "a", 1), 0);
	assert_int_equal(idset_add(s, "a", 1, IDSET_NEEDED), 1);
	assert_int_equal(idset_add(s, "a", 1, IDSET_NEEDED), 0);
	assert_int_equal(idset_add(s, "", 0, IDSET_OWN), 1);
	assert_int_equal(idset_add(s, "a", 1, IDSET_OWN), 1);
	assert_int_equal(idset_add(s, "a", 1, IDSET_NEEDED), 0);
	assert_int_equal(idset_add(s, "a\0b", 3, IDSET_OWN), 1);
	assert_int_equal(idset_count(s), 3);
	/* One for each that came, one for the one that was raised. */
	assert_int_equal(idset_events(s), 4);
	idset_event(s, 0, &v);
	assert_int_equal(v.level, IDSET_OWN);
	assert_string_equal(v.data, "a");
	idset_event(s, 1, &v);
	assert_int_equal(v.len, 0);
	assert_string_equal(v.data, "");
	idset_event(s, 2, &v);
	assert_string_equal(v.data, "a");
	idset_event(s, 3, &v);
	assert_int_equal(v.len, 3);
	assert_memory_equal(v.data, "a\0b", 4);
	assert_int_equal(idset_has(s, "a\0b", 3), 1);
	assert_int_equal(idset_has(s, "a\0", 2), 0);
	assert_int_equal(idset_has(s, "", 0), 1);
	idset_free(s);
	idset_free(NULL);
}

static int
backwards(const void *cookie, const struct idset_value *a,
    const struct idset_value *b)
{

	assert_string_equal(cookie, "cookie");
	return strcmp(b->data, a->data);
}

/* Many values: each is found, none is twice, sorted they are all there. */
static void
test_many(void **state)
{
	static const char *cookie = "cookie";
	struct idset *s = idset_new();
	struct idset_value v;
	char text[16], last[16] = "~";
	size_t i;

	(void)state;
	assert_non_null(s);
	for (i = 0; i < 20000; i++) {
		snprintf(text, sizeof(text), "%zu", i % 10000);
		assert_int_equal(
		    idset_add(s, text, strlen(text), IDSET_NEEDED), i < 10000);
	}
	assert_int_equal(idset_count(s), 10000);
	assert_int_equal(idset_has(s, "9999", 4), 1);
	assert_int_equal(idset_has(s, "10000", 5), 0);
	assert_int_equal(idset_sort(s, backwards, cookie), 0);
	for (i = 0; i < 10000; i++) {
		idset_sorted(s, i, &v);
		assert_true(strcmp(v.data, last) < 0);
		snprintf(last, sizeof(last), "%s", v.data);
	}
	idset_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_levels),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
