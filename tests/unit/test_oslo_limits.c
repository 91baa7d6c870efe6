/**
 * Configuration that was written to take memory or time for ever.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/limits.h"
#include "archive/node/oslo.h"
#include "archive/warn.h"

static int
read_text(void *cookie, const char *path, struct buf *out)
{
	const struct buf *text = cookie;

	if (strcmp(path, "/f") != 0)
		return 0;
	return buf_add(out, text->data, text->len) ? -1 : 1;
}

static int
list_none(void *cookie, const char *path, char ***names, size_t *n)
{

	(void)cookie;
	(void)path;
	(void)names;
	*n = 0;
	return 0;
}

static struct oslo *
load(struct buf *text)
{
	struct oslo_source s = { read_text, list_none, text };

	warn_forget();
	return oslo_load(&s, "/f");
}

static void
add_many(struct buf *b, const char *text, size_t n)
{

	while (n-- > 0)
		assert_int_equal(buf_adds(b, text), 0);
}

static void
assert_refused(struct buf *text, const char *why)
{
	const char *const *said;
	size_t n;

	assert_null(load(text));
	said = warn_said(&n);
	assert_int_equal(n, 1);
	if (strstr(said[0], why) == NULL)
		fail_msg("said: %s", said[0]);
	warn_forget();
}

/* A long value that another one names again and again: the answer stays near
 * the limit, and what it leaves out is still there as text. */
static void
test_grows(void **state)
{
	struct buf text = BUF_EMPTY;
	const char *value;
	struct oslo *o;

	(void)state;
	assert_int_equal(buf_adds(&text, "[DEFAULT]\nlong = "), 0);
	add_many(&text, "0123456789abcdef", 4096);
	assert_int_equal(buf_adds(&text, "\na = "), 0);
	add_many(&text, "$long", 900);
	assert_int_equal(buf_adds(&text, "\nb = $a$a$a$a\nc = $b$b$b$b\n"), 0);
	assert_non_null(o = load(&text));
	assert_non_null(value = oslo_get(o, "DEFAULT", "c", NULL));
	assert_true(strlen(value) > LIMIT_EXPANDED);
	assert_true(strlen(value) < LIMIT_EXPANDED + 4 * 65536);
	assert_string_equal(value + strlen(value) - 4, "$b$b");
	assert_false(oslo_failed(o));
	oslo_free(o);
	buf_free(&text);
}

/* References that are worth nothing cost time all the same. */
static void
test_many_references(void **state)
{
	struct buf text = BUF_EMPTY;
	const char *value;
	struct oslo *o;

	(void)state;
	assert_int_equal(buf_adds(&text, "[DEFAULT]\nnone =\na = "), 0);
	add_many(&text, "$none", LIMIT_REFERENCES);
	assert_int_equal(buf_adds(&text, "\nb = "), 0);
	add_many(&text, "$none", LIMIT_REFERENCES + 2);
	assert_int_equal(buf_adds(&text, "\n"), 0);
	assert_non_null(o = load(&text));
	assert_non_null(value = oslo_get(o, "DEFAULT", "a", NULL));
	assert_string_equal(value, "");
	assert_non_null(value = oslo_get(o, "DEFAULT", "b", NULL));
	assert_string_equal(value, "$none$none");
	oslo_free(o);
	buf_free(&text);
}

static void
test_many_options(void **state)
{
	struct buf text = BUF_EMPTY;
	struct oslo *o;

	(void)state;
	assert_int_equal(buf_adds(&text, "[DEFAULT]\n"), 0);
	add_many(&text, "a = 1\n", LIMIT_OPTIONS);
	assert_non_null(o = load(&text));
	assert_string_equal(oslo_get(o, "DEFAULT", "a", NULL), "1");
	oslo_free(o);
	add_many(&text, "a = 1\n", 1);
	assert_refused(&text, "/f: more than 20000 options are set");
	buf_free(&text);
}

static void
test_large(void **state)
{
	struct buf text = BUF_EMPTY;
	struct oslo *o;

	(void)state;
	assert_int_equal(buf_adds(&text, "[DEFAULT]\na = 1\n#"), 0);
	while (text.len < LIMIT_CONFIGURATION)
		assert_int_equal(buf_addc(&text, 'x'), 0);
	assert_non_null(o = load(&text));
	oslo_free(o);
	assert_int_equal(buf_addc(&text, '\n'), 0);
	assert_refused(&text, "/f: 4194305 bytes are too many");
	buf_free(&text);
}

/* Where it is damaged, nothing is guessed. */
static void
test_nul(void **state)
{
	struct buf text = BUF_EMPTY;

	(void)state;
	assert_int_equal(buf_add(&text, "[DEFAULT]\na\0b = c\n", 18), 0);
	assert_refused(&text, "/f: has NUL bytes");
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grows),
		cmocka_unit_test(test_many_references),
		cmocka_unit_test(test_many_options),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_nul),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
