#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "tests/unit/chance.h"
#include "tests/unit/map_of.h"
#include "tests/unit/rewrite_both.h"

/* Pieces of cells: addresses in many dresses, coded ones, and what is around
 * them. */
static const char *const pieces[] = { "10.2.116.14", "10.2.116.140", "10.9.1.2",
	"ip-10-2-116-14", "010.002.116.014", "2001:db8:1::e", "::ffff:10.9.3.4",
	"ctl.old", "xctl.old", "/old/dir/x", "/old/dirs", "file:///old/dir",
	"10.9.0.0/8", "MTAuMi4xMTYuMTQ=", "bXlfaXAgPSAxMC4yLjExNi4xNAo",
	"cluster0", "9f86d081884c7d659a2feaa0c55ad015", "\\n", "\\u0020", "%20",
	"\\\"", "\\/", " ", ":3260", ",", "a", "1", ".", "-",
	"http://u:10.2.116.14@10.9.1.1/", "fa:16:3e:0a:0b:0c", "\t", "'", "=" };

static void
add_text(struct buf *b)
{
	unsigned n = chance(4);

	while (n-- > 0)
		assert_int_equal(
		    buf_adds(
			b, pieces[chance(sizeof(pieces) / sizeof(pieces[0]))]),
		    0);
}

static void
add_json(struct buf *b, unsigned depth)
{
	static const char *const keys[] = { "a", "ip", "password", "export",
		"target_portal", "host", "", "auth.token" };
	unsigned kind = chance(depth > 3 ? 4 : 7), n = chance(4), i;

	switch (kind) {
	case 0:
		assert_int_equal(
		    buf_adds(b, chance(2) ? "1234567890123" : "null"), 0);
		return;
	case 1:
	case 2:
	case 3:
		assert_int_equal(buf_addc(b, '"'), 0);
		add_text(b);
		assert_int_equal(buf_addc(b, '"'), 0);
		return;
	default:
		break;
	}
	assert_int_equal(buf_addc(b, kind == 4 ? '[' : '{'), 0);
	for (i = 0; i < n; i++) {
		if (i > 0)
			assert_int_equal(buf_adds(b, ", "), 0);
		if (kind != 4)
			assert_int_equal(
			    buf_addf(b, "\"%s%s\": ", keys[chance(8)],
				chance(3) ? "" : pieces[chance(3)]),
			    0);
		add_json(b, depth + 1);
	}
	assert_int_equal(buf_addc(b, kind == 4 ? ']' : '}'), 0);
}

static void
what_is_passed_by_holds_nothing(void **state)
{
	struct addrmap *some = map_of(BOTH_SOME), *all = map_of(BOTH_ALL);
	struct buf in = BUF_EMPTY;
	size_t i;
	int n;

	(void)state;
	(void)chance_start();
	for (n = 0; n < 4000; n++) {
		buf_clear(&in);
		if (n % 4 == 0)
			add_text(&in);
		else
			add_json(&in, 0);
		both_are_the_same(some, all, n % 2 ? PLACE_JSON : PLACE_VALUE,
		    in.len == 0 ? "" : in.data, in.len);
	}
	for (i = 0; i < addrmap_rules(some); i++)
		assert_int_equal(
		    addrmap_rule_uses(some, i), addrmap_rule_uses(all, i));
	buf_free(&in);
	addrmap_free(some);
	addrmap_free(all);
}

/* A rule that keeps an address replaces nothing, and still is used. */
static void
kept_ones_are_counted(void **state)
{
	static const char in[] = "{\"a\": \"10.0.0.7\", \"b\": [\"10.0.0.1\"]}";
	struct addrmap *m =
	    map_of("10.0.0.0/24 = 10.9.9.0/24\nkeep 10.0.0.7\nkeep 10.0.0.1");
	struct rewrite_options opt = { .map = m, .count = 1 };
	struct buf out = BUF_EMPTY;

	(void)state;
	assert_int_equal(
	    rewrite(&opt, PLACE_JSON, in, sizeof(in) - 1, &out, NULL, NULL), 0);
	assert_string_equal(out.data, in);
	assert_int_equal(addrmap_rule_uses(m, 1), 1);
	assert_int_equal(addrmap_rule_uses(m, 2), 1);
	buf_free(&out);
	addrmap_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_passed_by_holds_nothing),
		cmocka_unit_test(kept_ones_are_counted),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
