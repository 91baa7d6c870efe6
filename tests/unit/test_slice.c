#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/bundle/slice.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
