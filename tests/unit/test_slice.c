#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/bundle/slice.h"
#include "archive/limits.h"

/* Elements of one object or array, joined by |; or why not. */
static void
test_slice(void **state)
{
	static const struct {
		char open;
		const char *text, *want;
	} cases[] = {
		{ '[', "[]", "" },
		{ '[', " [ ] ", "" },
		{ '[', "[1]", "1|" },
		{ '[', "[ 1 , \"a,]\\\"\" , {\"x\":[1,2]} ]",
		    "1|\"a,]\\\"\"|{\"x\":[1,2]}|" },
		{ '[', "[[ ], [ [ ] ] ]", "[ ]|[ [ ] ]|" },
		{ '{', "{\"a\":1,\"b\":[]}", "a=1|b=[]|" },
		{ '{', "{ \"a\" : true }", "a=true|" },
		{ '[', "", "!" },
		{ '[', "[", "!" },
		{ '[', "[1", "1|!" },
		{ '[', "[1,", "1|!" },
		{ '[', "[1,]", "1|!" },
		{ '[', "[,1]", "!" },
		{ '[', "[1 2]", "1|!" },
		{ '[', "[1]]", "1|!" },
		{ '[', "[1],", "1|!" },
		{ '[', "{}", "!" },
		{ '{', "[]", "!" },
		{ '{', "{\"a\"}", "!" },
		{ '{', "{a:1}", "!" },
		{ '{', "{\"a\":}", "!" },
		{ '{', "{\"a\\n\":1}", "!" },
		{ '{', "{\"a\":\"x}", "!" },
		{ '{', "{\"a\":\"\\", "!" },
	};
	struct buf b = BUF_EMPTY;
	struct slice s;
	char *copy;
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&b);
		assert_non_null(copy = malloc(strlen(cases[i].text) + 1));
		memcpy(copy, cases[i].text, strlen(cases[i].text));
		slice_start(&s, cases[i].open, copy, strlen(cases[i].text));
		while ((rc = slice_next(&s)) == 1) {
			if (s.key != NULL)
				assert_int_equal(
				    buf_addf(&b, "%.*s=", (int)s.keylen, s.key),
				    0);
			assert_int_equal(
			    buf_addf(&b, "%.*s|", (int)s.len, s.value), 0);
		}
		assert_int_equal(slice_next(&s), rc);
		assert_int_equal(buf_adds(&b, rc == -1 ? "!" : ""), 0);
		if (strcmp(b.data, cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].text, b.data);
		free(copy);
	}
	buf_free(&b);
}

/* The walk of an inner list: what stands in it, one after the other. */
static int
walk_in(struct slice *s, struct buf *b)
{
	struct slice in;
	int rc;

	slice_into(s, '[', &in);
	while ((rc = slice_peek(&in)) == 1) {
		/* Its own numbers of one digit it knows. */
		if (in.end - in.value > 1 && in.value[0] == '7')
			slice_took(&in, 1);
		else if (slice_whole(&in) == -1)
			return -1;
		assert_int_equal(
		    buf_addf(b, "%.*s|", (int)in.len, in.value), 0);
	}
	if (rc == 0)
		slice_out(s, &in);
	return rc;
}

static void
test_into(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "{\"a\":[1,7,[2,3]],\"b\":[]}", "1|7|[2,3]|0" },
		{ "{\"a\":[]}", "0" },
		{ " { \"a\" : [ 7 , 7 ] , \"b\" : [ {} ] } ", "7|7|{}|0" },
		{ "{\"a\":[1}", "1|-1" },
		{ "{\"a\":[1]", "1|-1" },
		{ "{\"a\":[1]]}", "1|-1" },
		{ "{\"a\":[77]}", "7|-1" },
		{ "{\"a\":[7 7]}", "7|-1" },
		{ "{\"a\":[1],}", "1|-1" },
		{ "{\"a\":[1]}x", "1|-1" },
		{ "{\"a\":{}}", "-1" },
		{ "{\"a\":[", "-1" },
	};
	struct buf b = BUF_EMPTY;
	struct slice s;
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&b);
		slice_start(&s, '{', cases[i].text, strlen(cases[i].text));
		while ((rc = slice_peek(&s)) == 1)
			if ((rc = walk_in(&s, &b)) == -1)
				break;
		assert_int_equal(buf_addf(&b, "%d", rc), 0);
		assert_string_equal(b.data, cases[i].want);
	}
	buf_free(&b);
}

/* No deeper inside than the whole may be. */
static void
test_deep(void **state)
{
	char text[256];
	struct slice s, in;
	size_t depth, n;

	(void)state;
	for (depth = 60; depth < 70; depth++) {
		n = 0;
		memset(text + n, '[', depth);
		n += depth;
		memset(text + n, ']', depth);
		n += depth;
		slice_start(&s, '[', text, n);
		assert_int_equal(slice_peek(&s), 1);
		slice_into(&s, '[', &in);
		assert_int_equal(slice_peek(&in), 1);
		assert_int_equal(
		    slice_whole(&in), depth - 1 <= LIMIT_JSON_DEPTH ? 0 : -1);
		slice_start(&s, '[', text, n);
		assert_int_equal(
		    slice_next(&s), depth - 1 <= LIMIT_JSON_DEPTH ? 1 : -1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slice),
		cmocka_unit_test(test_into),
		cmocka_unit_test(test_deep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
