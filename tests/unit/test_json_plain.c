/* JSON told without a tree: never what jansson would refuse, and all that
 * services write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/judge/json_judge.h"
#include "archive/judge/json_plain.h"
#include "archive/limits.h"

static const char *const good[] = { "{}", "[]", "\"\"", " [ ] ", "{\"a\":1}",
	"[1, -2, 3.25, -0, 0.5, 123456789012345678]", "[true,false , null]",
	"{\"a\": {\"b\": [\"c\", {}, []], \"\": \"\"}, \"a\": 2}\n",
	"[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\uFFFF\"]",
	("{\"target_portal\": \"10.2.116.14:3260\", \"target_lun\": 1, "
	 "\"qos_specs\": null, \"hosts\": [\"10.2.116.14\", \"::1\"]}") };

/* Not JSON, or not for certain without a look at it. */
static const char *const other[] = { "", " ", "1", "true", "{", "[", "]", "}",
	"\"", "{]", "[}", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
	"{1:2}", "[1 2]", "[\"a\" \"b\"]", "{\"a\" 1}", "[01]", "[1.]", "[.5]",
	"[-]", "[+1]", "[1e5]", "[1x]", "[nul]", "[truex]", "[tru", "[]]",
	"{}{}", "[\"\\x\"]", "[\"\\u12\"]", "[\"\\u12g4\"]", "[\"\\u0000\"]",
	"[\"\\ud800\"]", "[\"\\", "[\"\t\"]", "[\"\xc3\xa9\"]", "[\"\xff\"]",
	"[1234567890123456789]", "[0.1234567890123456789]", "nova", "'a'" };

static int
jansson(const char *bytes, size_t len)
{
	json_t *doc = json_open(bytes, len, JSON_DECODE_ANY | JSON_ALLOW_NUL,
	    LIMIT_JSON_WEIGHT, NULL);

	json_decref(doc);
	return doc != NULL;
}

static void
test_table(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(json_plain(good[i], strlen(good[i])), 1);
		assert_int_equal(jansson(good[i], strlen(good[i])), 1);
	}
	for (i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		assert_int_equal(json_plain(other[i], strlen(other[i])), 0);
	assert_int_equal(json_plain("[\0]", 3), 0);
	assert_int_equal(json_plain("[]\0", 3), 0);
	assert_int_equal(json_plain("[\"\\\0\"]", 6), 0);
}

static void
test_limits(void **state)
{
	char deep[2 * LIMIT_JSON_DEPTH + 2], *wide;
	size_t n = LIMIT_JSON_DEPTH, len = 3 * 100000 + 1;

	(void)state;
	memset(deep, '[', n);
	memset(deep + n, ']', n);
	assert_int_equal(json_plain(deep, 2 * n), 1);
	memset(deep, '[', n + 1);
	memset(deep + n + 1, ']', n + 1);
	assert_int_equal(json_plain(deep, 2 * n + 2), 0);
	/* Small as text, and large as a tree. */
	assert_non_null(wide = malloc(len));
	wide[0] = '[';
	for (n = 1; n + 2 < len; n += 3)
		memcpy(wide + n, "{},", 3);
	wide[len - 1] = ']';
	assert_true(json_weight(wide, len) > LIMIT_JSON_WEIGHT);
	assert_int_equal(json_plain(wide, len), 0);
	/* A part of it is light enough. */
	wide[30000] = ']';
	assert_int_equal(json_plain(wide, 30001), 1);
	free(wide);
}

/* Pieces of JSON put together anyhow, and good JSON with some bytes changed:
 * what is told to be JSON, jansson takes. */
static void
test_random(void **state)
{
	static const char *const pieces[] = { "{", "}", "[", "]", ",", ":",
		"\"a\"", "\"", "\\", "1", "-", "0", ".5", "true", "null", " ",
		"\\u00e9", "\\n", "e1", "\"b\":", "{}", "[]", "u", "\x80" };
	unsigned seed = 20261123;
	size_t len, n, said = 0, i;
	const char *from;
	char text[256];
	int round;

	(void)state;
	for (round = 0; round < 300000; round++) {
		if (round % 2 == 0) {
			from = good[(size_t)rand_r(&seed) %
				    (sizeof(good) / sizeof(good[0]))];
			len = strlen(from);
			memcpy(text, from, len);
			for (n = (size_t)rand_r(&seed) % 3; n > 0; n--) {
				i = (size_t)rand_r(&seed) % len;
				from = pieces[(size_t)rand_r(&seed) %
					      (sizeof(pieces) /
						  sizeof(pieces[0]))];
				text[i] = from[0];
			}
		} else {
			for (len = 0, n = (size_t)rand_r(&seed) % 12; n > 0;
			     n--) {
				from = pieces[(size_t)rand_r(&seed) %
					      (sizeof(pieces) /
						  sizeof(pieces[0]))];
				memcpy(text + len, from, strlen(from));
				len += strlen(from);
			}
		}
		if (!json_plain(text, len))
			continue;
		said++;
		if (!jansson(text, len))
			fail_msg("no JSON: %.*s", (int)len, text);
	}
	assert_true(said > 10000);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests_name("json_plain", tests, NULL, NULL);
}
