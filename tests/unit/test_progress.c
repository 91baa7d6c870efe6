/* The numbers of the line that moves on a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "cmd/progress.h"

static void
test_numbers(void **state)
{
	static const struct {
		uint64_t done, of, fresh;
		double seconds;
		const char *text;
	} cases[] = {
		{ 1, 0, 1, 0.1, "1  " },
		{ 0, 5, 0, 0, "0/5  " },
		{ 12, 36, 12, 1.9, "12/36  " },
		{ 12000, 36000, 12000, 3, "12000/36000  4000/s  0:06 left  " },
		/* What was done before this run says nothing of its speed. */
		{ 30, 60, 10, 10, "30/60  1.0/s  0:30 left  " },
		{ 30, 60, 0, 10, "30/60  " },
		{ 10, 610, 10, 10, "10/610  1.0/s  10:00 left  " },
		{ 10, 36610, 10, 10, "10/36610  1.0/s  10:10:00 left  " },
		{ 60, 60, 60, 6, "60/60  10/s  " },
		/* More than was thought. */
		{ 70, 60, 70, 7, "70/60  10/s  " },
		{ 70, 0, 70, 7, "70  10/s  " },
		/* Longer than anybody waits. */
		{ 1, UINT64_MAX, 1, 100, "1/18446744073709551615  0.0/s  " },
		{ UINT64_MAX, UINT64_MAX, UINT64_MAX, 2,
		    "18446744073709551615/18446744073709551615  "
		    "9223372036854775808/s  " },
	};
	char text[PROGRESS_NUMBERS];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		progress_numbers(cases[i].done, cases[i].of, cases[i].fresh,
		    cases[i].seconds, text);
		assert_string_equal(text, cases[i].text);
	}
}

static void
test_sizes(void **state)
{
	static const struct {
		uint64_t done, of, fresh;
		double seconds;
		const char *text;
	} cases[] = {
		{ 0, 500, 0, 0, "0 bytes of 500 bytes  " },
		{ 12000000, 36000000, 12000000, 1.9, "12.0 MB of 36.0 MB  " },
		{ 12000000, 36000000, 12000000, 3,
		    "12.0 MB of 36.0 MB  4.0 MB/s  0:06 left  " },
		{ 36000000, 36000000, 36000000, 9,
		    "36.0 MB of 36.0 MB  4.0 MB/s  " },
		/* Longer than anybody waits. */
		{ 1, UINT64_MAX, 1, 100, "1 byte of 18.4 EB  0 bytes/s  " },
	};
	char text[PROGRESS_NUMBERS];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		progress_sizes(cases[i].done, cases[i].of, cases[i].fresh,
		    cases[i].seconds, text);
		assert_string_equal(text, cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
