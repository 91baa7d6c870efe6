#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/plan/decide.h"
#include "tests/unit/map_of.h"

#define STORY A " = " B
#define SWAP  A " = " B "\n" B " = " A
#define A     "10.2.116.14"
#define B     "10.2.15.3"
#define X     "10.7.7.7"

/* What does not fit in the table of cells. */

/* Doing what was decided leaves nothing to do, for every CHANGE above. */
static void
second_time(void **state)
{
	static const char *const states[] = { "a=" A "\nb=" B "\nc=1\n",
		"a=" B "\nb=" A "\nc=1\n", "a=" A "\nb=" B "\nc=2\nd=" A "\n",
		"a=" B "\nb=" B "\nc=3\n", "a=" A "\nb=" A "\n# " A "\n",
		"b=" B "\na=" A "\nd=" B "\n" };
	static const char *const rules[] = { STORY, SWAP,
		A " = " B "\n" B " = " X, "10.2.0.0/16 = 10.2.0.0/16\n" STORY,
		"10.0.0.0/8 = 11.0.0.0/8" };
	static const enum decide_policy policies[] = { ON_DRIFT_STOP,
		ON_DRIFT_KEEP, ON_DRIFT_REPLAY };
	size_t i, k, r, p;
	int changes = 0;

	(void)state;
	for (r = 0; r < 5; r++) {
		struct addrmap *m = map_of(rules[r]);
		struct rewrite_options opt = { .map = m };

		for (i = 0; i < 6 * 6 * 3; i++) {
			struct decide_input in = { .rewrite = &opt,
				.format = PLACE_INI };
			struct decide_output first, second;

			k = i / 6 % 6;
			p = i / 36;
			in.policy = policies[p];
			in.captured = states[i % 6];
			in.captured_len = strlen(in.captured);
			in.current = states[k];
			in.current_len = strlen(in.current);
			if (decide(&in, &first, NULL, NULL) == DECIDE_CHANGE) {
				changes++;
				in.current = first.after.data;
				in.current_len = first.after.len;
				assert_int_equal(
				    decide(&in, &second, NULL, NULL),
				    DECIDE_SAME);
				decide_free(&second);
			}
			decide_free(&first);
		}
		addrmap_free(m);
	}
	assert_true(changes > 100);
}

/* Compares without blanks; counts, and fails when told so. */
struct meaning {
	int asked, fail;
};

static int
same_meaning(
    void *cookie, const char *a, size_t alen, const char *b, size_t blen)
{
	struct meaning *m = cookie;
	size_t i = 0, k = 0;

	if (++m->asked == m->fail)
		return -1;
	for (;; i++, k++) {
		while (i < alen && a[i] == ' ')
			i++;
		while (k < blen && b[k] == ' ')
			k++;
		if (i == alen || k == blen)
			return i == alen && k == blen;
		if (a[i] != b[k])
			return 0;
	}
}

static void
by_meaning(void **state)
{
	static const struct {
		const char *current;
		int fail;
		enum decision want;
		const char *after;
	} cases[] = {
		{ "<a b='" B "'  />", 0, DECIDE_SAME, NULL },
		{ "<a  b='" A "' />", 0, DECIDE_CHANGE, "<a b='" B "'/>" },
		{ "<a  b='" A "' c='1'/>", 0, DECIDE_CHANGE,
		    "<a  b='" B "' c='1'/>" },
		{ "<a/>", 1, DECIDE_FAILED, NULL },
		{ "<a/>", 2, DECIDE_FAILED, NULL },
		{ "<a/>", 0, DECIDE_DRIFT, NULL },
	};
	struct addrmap *m = map_of(STORY);
	struct rewrite_options opt = { .map = m };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct meaning cookie = { 0, cases[i].fail };
		struct decide_input in = { .rewrite = &opt,
			.format = PLACE_XML,
			.captured = "<a b='" A "'/>",
			.captured_len = strlen("<a b='" A "'/>"),
			.current = cases[i].current,
			.current_len = strlen(cases[i].current),
			.same = same_meaning,
			.cookie = &cookie };
		struct decide_output out;

		assert_int_equal(decide(&in, &out, NULL, NULL), cases[i].want);
		if (cases[i].after != NULL)
			assert_string_equal(out.after.data, cases[i].after);
		else
			assert_int_equal(out.after.len, 0);
		decide_free(&out);
	}
	addrmap_free(m);
}

static int
count(void *cookie, const struct rewrite_place *p)
{
	int *n = cookie;

	*n += p->held != NULL;
	return 0;
}

static int
stop(void *cookie, const struct rewrite_place *p)
{

	(void)cookie;
	(void)p;
	return -1;
}

/* The function sees the held places of captured once, and may end it all. */
static void
callback(void **state)
{
	struct addrmap *m = map_of(STORY);
	struct rewrite_options opt = { .map = m, .count = 1 };
	struct decide_input in = { .rewrite = &opt,
		.format = PLACE_INI,
		.captured = "# " A "\na=" A "\n",
		.captured_len = strlen("# " A "\na=" A "\n"),
		.current = "a=" A "\nb=" A "\n",
		.current_len = strlen("a=" A "\nb=" A "\n") };
	struct decide_output out;
	int n = 0;

	(void)state;
	assert_int_equal(decide(&in, &out, count, &n), DECIDE_CHANGE);
	assert_int_equal(n, 1);
	assert_int_equal(addrmap_rule_uses(m, 0), 2);
	decide_free(&out);
	assert_int_equal(decide(&in, &out, stop, NULL), DECIDE_FAILED);
	decide_free(&out);
	in.format = PLACE_XML;
	assert_int_equal(decide(&in, &out, NULL, NULL), DECIDE_FAILED);
	decide_free(&out);
	addrmap_free(m);
}

static void
policies(void **state)
{

	(void)state;
	assert_int_equal(decide_policy_parse("stop"), ON_DRIFT_STOP);
	assert_int_equal(decide_policy_parse("keep"), ON_DRIFT_KEEP);
	assert_int_equal(decide_policy_parse("rewrite"), ON_DRIFT_REWRITE);
	assert_int_equal(decide_policy_parse("replay"), ON_DRIFT_REPLAY);
	assert_int_equal(decide_policy_parse(""), -1);
	assert_int_equal(decide_policy_parse("Stop"), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(second_time),
		cmocka_unit_test(by_meaning),
		cmocka_unit_test(callback),
		cmocka_unit_test(policies),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
