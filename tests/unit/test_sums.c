#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/sums.h"

#define ID   "0123456789abcdef0123456789abcdef"
#define TIME "2026-11-22T16:15:47Z"

/* What may stand in the first line: an id, a time that a clock shows, a host
 * name of visible ASCII. */
static void
test_check(void **state)
{
	static const char id[] = "the id must be 32 lower-case hex digits",
			  time[] = "the time must be in UTC, as "
				   "2026-11-22T16:15:47Z",
			  empty[] = "the host name is empty",
			  ascii[] = "the host name must be ASCII without "
				    "spaces";
	static const struct {
		const char *id, *created, *host, *want;
	} cases[] = {
		{ ID, TIME, "h", NULL },
		{ NULL, TIME, "h", id },
		{ "", TIME, "h", id },
		{ "0123456789abcdef0123456789abcde", TIME, "h", id },
		{ ID "0", TIME, "h", id },
		{ "0123456789ABCDEF0123456789abcdef", TIME, "h", id },
		{ "0123456789abcdeg0123456789abcdef", TIME, "h", id },
		{ ID, NULL, "h", time },
		{ ID, "", "h", time },
		{ ID, "2026-01-01T00:00:00Z", "h", NULL },
		{ ID, "2026-12-31T23:59:60Z", "h", NULL },
		{ ID, "2026-00-22T16:15:47Z", "h", time },
		{ ID, "2026-13-22T16:15:47Z", "h", time },
		{ ID, "2026-11-00T16:15:47Z", "h", time },
		{ ID, "2026-11-32T16:15:47Z", "h", time },
		{ ID, "2026-11-22T24:15:47Z", "h", time },
		{ ID, "2026-11-22T16:60:47Z", "h", time },
		{ ID, "2026-11-22T16:15:61Z", "h", time },
		{ ID, "2026-11-22T16:15:47", "h", time },
		{ ID, "2026-11-22T16:15:47z", "h", time },
		{ ID, "2026-11-22T16:15:47ZZ", "h", time },
		{ ID, "2026-11-22 16:15:47Z", "h", time },
		{ ID, "2026-1:-22T16:15:47Z", "h", time },
		{ ID, "2026-1/-22T16:15:47Z", "h", time },
		{ ID, TIME, NULL, empty },
		{ ID, TIME, "", empty },
		{ ID, TIME, "!~", NULL },
		{ ID, TIME, "a b", ascii },
		{ ID, TIME, "a\n", ascii },
		{ ID, TIME, "a\x7f", ascii },
		{ ID, TIME, "\xc3\xa4", ascii },
	};
	const char *why;
	char host[SUMS_HOST + 2];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		why = sums_check(cases[i].id, cases[i].created, cases[i].host);
		if (cases[i].want == NULL
			? why != NULL
			: why == NULL || strcmp(why, cases[i].want) != 0)
			fail_msg("case %zu: %s", i, why == NULL ? "-" : why);
	}
	memset(host, 'h', sizeof(host));
	host[SUMS_HOST] = '\0';
	assert_null(sums_check(ID, TIME, host));
	host[SUMS_HOST] = 'h';
	host[SUMS_HOST + 1] = '\0';
	assert_string_equal(sums_check(ID, TIME, host),
	    "the host name is longer than 255 bytes");
}

/* One text a bundle: what is parsed is what is printed, and nothing else is. */
static void
test_one_form(void **state)
{
	struct sums s, back;
	struct buf b = BUF_EMPTY;
	int sealed, i;
	size_t at;
	char c;

	(void)state;
	for (sealed = 0; sealed < 2; sealed++) {
		memset(&s, 0, sizeof(s));
		memcpy(s.id, ID, sizeof(ID));
		memcpy(s.created, TIME, sizeof(TIME));
		memcpy(s.host, "node", 5);
		s.sealed = sealed;
		for (i = OUTER_MANIFEST; i < OUTER_ALL; i++)
			memset(s.hex[i], 'a' + i % 6, 64);
		buf_clear(&b);
		assert_int_equal(sums_print(&s, &b), 0);
		assert_int_equal(sums_parse(b.data, b.len, &back), 0);
		assert_int_equal(back.sealed, sealed);
		assert_string_equal(back.id, ID);
		assert_string_equal(back.created, TIME);
		assert_string_equal(back.host, "node");
		for (i = OUTER_MANIFEST; i < OUTER_MEMBERS; i++)
			assert_string_equal(back.hex[i], s.hex[i]);
		/* Cut anywhere, or with one byte made what none can be. */
		for (at = 0; at < b.len; at++) {
			assert_int_equal(sums_parse(b.data, at, &back), -1);
			c = b.data[at];
			b.data[at] = c == ' ' ? '\t' : '\x01';
			assert_int_equal(sums_parse(b.data, b.len, &back), -1);
			b.data[at] = c;
		}
		assert_int_equal(buf_addc(&b, '\n'), 0);
		assert_int_equal(sums_parse(b.data, b.len, &back), -1);
	}
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_one_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
