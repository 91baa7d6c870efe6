/* Folding and inks of what a terminal shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/screen.h"

static void
check_fold(int columns, size_t indent, const char *text, const char *want)
{
	struct screen s = { .columns = columns };
	char *out = NULL;
	size_t size;
	FILE *f = open_memstream(&out, &size);

	assert_non_null(f);
	screen_fold(&s, f, indent, text);
	assert_int_equal(fclose(f), 0);
	assert_string_equal(out, want);
	free(out);
}

static void
test_fold(void **state)
{

	(void)state;
	/* No terminal, or one that is too narrow: as it is. */
	check_fold(0, 10, "a b", "a b\n");
	check_fold(33, 10, "123456789 123456789 123456789",
	    "123456789 123456789 123456789\n");
	check_fold(34, 10, "123456789 123456789 123456789",
	    "123456789 123456789\n          123456789\n");
	check_fold(34, 10, "", "\n");
	/* Exactly a line, and one byte more. */
	check_fold(
	    34, 10, "12345678901234 123456789", "12345678901234 123456789\n");
	check_fold(34, 10, "12345678901234 1234567890",
	    "12345678901234\n          1234567890\n");
	/* A word that is longer than a line stays whole. */
	check_fold(34, 10, "1234567890123456789012345678901234567890 b",
	    "1234567890123456789012345678901234567890\n          b\n");
	check_fold(34, 10, "a 1234567890123456789012345678901234567890 b",
	    "a\n          1234567890123456789012345678901234567890\n"
	    "          b\n");
	/* Spaces at a fold are gone, those in front of a text are kept. */
	check_fold(34, 10, "  34567890123456789012    b   ",
	    "  34567890123456789012\n          b   \n");
}

static void
test_paint(void **state)
{
	struct screen plain = { .columns = 80 };
	struct screen colour = { .columns = 80, .colour = 1 };
	char *out = NULL;
	size_t size;
	FILE *f = open_memstream(&out, &size);

	(void)state;
	assert_non_null(f);
	screen_paint(&plain, f, INK_BAD, "a");
	screen_paint(&colour, f, INK_NONE, "b");
	screen_paint(&colour, f, INK_BAD, "c");
	assert_int_equal(fclose(f), 0);
	assert_string_equal(out, "ab\033[1;31mc\033[0m");
	free(out);
}

static void
test_inks(void **state)
{

	(void)state;
	assert_int_equal(screen_diff_ink("--- a"), INK_HEAD);
	assert_int_equal(screen_diff_ink("+++ a"), INK_HEAD);
	assert_int_equal(screen_diff_ink("---a"), INK_OLD);
	assert_int_equal(screen_diff_ink("-a"), INK_OLD);
	assert_int_equal(screen_diff_ink("+a"), INK_NEW);
	assert_int_equal(screen_diff_ink("@@ -1 +1 @@"), INK_FAINT);
	assert_int_equal(screen_diff_ink(" -a"), INK_NONE);
	assert_int_equal(screen_diff_ink(""), INK_NONE);
	assert_int_equal(screen_label_ink("finding"), INK_BAD);
	assert_int_equal(screen_label_ink("held"), INK_CARE);
	assert_int_equal(screen_label_ink("bundle"), INK_NONE);
}

/* What is no terminal has no width and no colour. */
static void
test_no_terminal(void **state)
{
	struct screen s = { .columns = 1, .colour = 1 };
	FILE *f = tmpfile();

	(void)state;
	assert_non_null(f);
	screen_of(f, &s);
	assert_int_equal(s.columns, 0);
	assert_int_equal(s.colour, 0);
	fclose(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_paint),
		cmocka_unit_test(test_inks),
		cmocka_unit_test(test_no_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
