#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/decide.h"

#define A "10.2.116.14"
#define B "10.2.15.3"
#define X "10.7.7.7"

#define OTHER  "the place that the map changes holds something else"
#define ABSENT "the place that the map changes is not there"
#define FORMAT "what is there cannot be read as what was captured"

static struct addrmap *
map_of(const char *rules)
{
	struct addrmap *m = addrmap_new();
	char line[256];
	size_t n;

	assert_non_null(m);
	for (; *rules != '\0'; rules += n + (rules[n] == '\n')) {
		n = strcspn(rules, "\n");
		snprintf(line, sizeof(line), "%.*s", (int)n, rules);
		assert_int_equal(addrmap_add(m, line, "here"), 0);
	}
	assert_int_equal(addrmap_ready(m), 0);
	return m;
}

struct cell {
	const char *rules;
	enum place_format format;
	const char *captured, *current;
	enum decide_policy policy;
	enum decision want;
	const char *after;       /* NULL: nothing */
	const char *why, *where; /* NULL: no drift */
	int line;
};

/* With the story's map, under the default policy. */
#define CELL(format, captured, current, want, after)                           \
	{                                                                      \
		STORY, PLACE_##format, captured, current, ON_DRIFT_STOP,       \
		    DECIDE_##want, after, NULL, NULL, __LINE__                 \
	}
#define DRIFT(format, captured, current, policy, want, after, why, where)      \
	{                                                                      \
		STORY, PLACE_##format, captured, current, ON_DRIFT_##policy,   \
		    DECIDE_##want, after, why, where, __LINE__                 \
	}
#define STORY A " = " B

static void
check(const struct cell *c)
{
	struct addrmap *m = map_of(c->rules);
	struct rewrite_options opt = { .map = m, .count = 1 };
	struct decide_input in = { .rewrite = &opt,
		.format = c->format,
		.captured = c->captured,
		.captured_len = strlen(c->captured),
		.current = c->current,
		.current_len = c->current != NULL ? strlen(c->current) : 0,
		.policy = c->policy };
	struct decide_output out;
	struct buf wanted = BUF_EMPTY;
	enum decision d = decide(&in, &out, NULL, NULL);

	if (d != c->want || (c->after == NULL) != (out.after.len == 0) ||
	    (c->after != NULL && strcmp(c->after, out.after.data) != 0) ||
	    out.drifted != (c->why != NULL) ||
	    (c->why != NULL && strcmp(out.why, c->why) != 0) ||
	    (c->where == NULL) != (out.where == NULL) ||
	    (c->where != NULL && strcmp(out.where, c->where) != 0))
		fail_msg("line %d: %d, %s, %s, %s", c->line, (int)d,
		    out.after.data != NULL ? out.after.data : "-",
		    out.why != NULL ? out.why : "-",
		    out.where != NULL ? out.where : "-");
	assert_int_equal(rewrite(&opt, c->format, c->captured,
			     strlen(c->captured), &wanted, NULL, NULL),
	    0);
	assert_string_equal(wanted.data, out.wanted.data);
	buf_free(&wanted);
	decide_free(&out);
	addrmap_free(m);
}

static void
check_all(const struct cell *c, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		check(&c[i]);
}

#define CHECK(cells) check_all(cells, sizeof(cells) / sizeof((cells)[0]))

static void
columns(void **state)
{
	static const struct cell cells[] = {
		CELL(VALUE, A, NULL, CREATE, B),
		CELL(VALUE, A, B, SAME, NULL),
		CELL(VALUE, A, A, CHANGE, B),
		CELL(VALUE, X, NULL, CREATE, X),
		CELL(VALUE, X, X, SAME, NULL),
		/* The map has nothing to do here: whatever stands here stays.
		 */
		CELL(VALUE, X, "other", SAME, NULL),
		CELL(VALUE, X, A, SAME, NULL),
		CELL(VALUE, "", A, SAME, NULL),
		DRIFT(VALUE, A, X, STOP, DRIFT, NULL, OTHER, ""),
		DRIFT(VALUE, A, X, KEEP, SAME, NULL, OTHER, ""),
		DRIFT(VALUE, A, X, REWRITE, SAME, NULL, OTHER, ""),
		DRIFT(VALUE, A, A " " X, REWRITE, CHANGE, B " " X, OTHER, ""),
		DRIFT(VALUE, A, X, REPLAY, CHANGE, B, OTHER, ""),
		DRIFT(VALUE, A, "", STOP, DRIFT, NULL, OTHER, ""),
		DRIFT(VALUE, A, A " ", STOP, DRIFT, NULL, OTHER, ""),
	};

	(void)state;
	CHECK(cells);
}

static void
files(void **state)
{
	static const struct cell cells[] = {
		CELL(INI, "a=" A "\nb=1\n", NULL, CREATE, "a=" B "\nb=1\n"),
		CELL(INI, "a=" A "\nb=1\n", "a=" B "\nb=1\n", SAME, NULL),
		CELL(INI, "a=" A "\nb=1\n", "a=" A "\nb=1\n", CHANGE,
		    "a=" B "\nb=1\n"),
		/* Something else changed here: only the place of the map does.
		 */
		CELL(INI, "a=" A "\nb=1\n", "a=" A "\nb=2\n", CHANGE,
		    "a=" B "\nb=2\n"),
		CELL(INI, "a=" A "\nb=1\n", "x=9\n# y\na = " A "\n", CHANGE,
		    "x=9\n# y\na = " B "\n"),
		/* ... and it has been changed already. */
		CELL(INI, "a=" A "\nb=1\n", "a=" B "\nb=2\n", SAME, NULL),
		/* One of two has been changed already. */
		CELL(INI, "a=" A "\nb=" A "\n", "a=" B "\nb=" A "\n", CHANGE,
		    "a=" B "\nb=" B "\n"),
		/* What was not there at capture is mapped as well. */
		CELL(INI, "a=" A "\n", "a=" A "\nc=" A "\n", CHANGE,
		    "a=" B "\nc=" B "\n"),
		CELL(INI, "a=" A "\n", "a=" B "\nc=" A "\n", CHANGE,
		    "a=" B "\nc=" B "\n"),
		/* Held places do not count. */
		CELL(INI, "# " A "\n", "# other\n", SAME, NULL),
		CELL(INI, "# " A "\na=" A, "# other " A "\na=" A, CHANGE,
		    "# other " A "\na=" B),
		DRIFT(INI, "a=" A "\n", "a=" X "\n", STOP, DRIFT, NULL, OTHER,
		    "[DEFAULT] a"),
		DRIFT(INI, "a=" A "\n", "a=" X "\n", KEEP, SAME, NULL, OTHER,
		    "[DEFAULT] a"),
		DRIFT(INI, "a=" A "\n", "a=" X "\nc=" A "\n", REWRITE, CHANGE,
		    "a=" X "\nc=" B "\n", OTHER, "[DEFAULT] a"),
		DRIFT(INI, "a=" A "\n", "a=" X "\n", REPLAY, CHANGE,
		    "a=" B "\n", OTHER, "[DEFAULT] a"),
		DRIFT(INI, "a=" A "\n", "b=1\n", STOP, DRIFT, NULL, ABSENT,
		    "[DEFAULT] a"),
		DRIFT(INI, "a=" A "\n", "", STOP, DRIFT, NULL, ABSENT,
		    "[DEFAULT] a"),
		DRIFT(INI, "a=" A "\n", "b=1\n", REPLAY, CHANGE, "a=" B "\n",
		    ABSENT, "[DEFAULT] a"),
		DRIFT(INI, "a=" A "\n", "b=" A "\n", REWRITE, CHANGE,
		    "b=" B "\n", ABSENT, "[DEFAULT] a"),
		/* Repeated options are told apart. */
		CELL(INI, "a=" A "\na=1\n", "a=" A "\na=2\n", CHANGE,
		    "a=" B "\na=2\n"),
		DRIFT(INI, "a=1\na=" A "\n", "a=" A "\na=1\n", STOP, DRIFT,
		    NULL, OTHER, "[DEFAULT] a#2"),
		CELL(TEXT, A " a\nx\n", A " a\ny\n", CHANGE, B " a\ny\n"),
		CELL(TEXT, "password=x " A "\n" A "\n", "z\n" A "\n", CHANGE,
		    "z\n" B "\n"),
		/* Lines of text move. */
		CELL(TEXT, A " a\nx\n", "new\n" A " a\nx\n", CHANGE,
		    "new\n" B " a\nx\n"),
		CELL(TEXT, A " a\n" A " b\n", A " b\n\n" B " a\n" A " c\n",
		    CHANGE, B " b\n\n" B " a\n" B " c\n"),
		CELL(TEXT, A "\nx\n" A "\n", "y\n" A "\n", CHANGE,
		    "y\n" B "\n"),
		DRIFT(TEXT, A " a\n" A " b\n", "x\n" A " a\n", STOP, DRIFT,
		    NULL, OTHER, "line 1"),
		DRIFT(TEXT, A " a\n" A " b\n", "x\n" A " a\n", REWRITE, CHANGE,
		    "x\n" B " a\n", OTHER, "line 1"),
		CELL(FLAGS, "--a=" A "\n", "--b\n--a=" A "\n", CHANGE,
		    "--b\n--a=" B "\n"),
	};

	(void)state;
	CHECK(cells);
}

static void
trees(void **state)
{
	static const struct cell cells[] = {
		CELL(XML, "<a b='" A "'/>", "<a b='" A "'/>", CHANGE,
		    "<a b='" B "'/>"),
		CELL(XML, "<a b='" A "'/>", "<a  c='1' b=\"" A "\"><d/></a>",
		    CHANGE, "<a  c='1' b=\"" B "\"><d/></a>"),
		/* A new brother changes the label from a/b to a/b[1]. */
		CELL(XML, "<a><b c='" A "'/></a>",
		    "<a><b c='" A "'/><b c='1'/></a>", CHANGE,
		    "<a><b c='" B "'/><b c='1'/></a>"),
		CELL(XML, "<a><b c='" A "'/><b c='1'/></a>",
		    "<a><b c='" A "'/></a>", CHANGE, "<a><b c='" B "'/></a>"),
		CELL(XML, "<a>" A "<b/>" A "</a>", "<a>" B "<b/>" A "</a>",
		    CHANGE, "<a>" B "<b/>" B "</a>"),
		DRIFT(XML, "<a b='" A "'/>", "<a b='" X "'/>", STOP, DRIFT,
		    NULL, OTHER, "/a/@b"),
		DRIFT(XML, "<a b='" A "'/>", "<a/>", STOP, DRIFT, NULL, ABSENT,
		    "/a/@b"),
		DRIFT(XML, "<a b='" A "'/>", "broken", STOP, DRIFT, NULL,
		    FORMAT, NULL),
		DRIFT(
		    XML, "<a b='" A "'/>", "", STOP, DRIFT, NULL, FORMAT, NULL),
		DRIFT(XML, "<a b='" A "'/>", "broken", KEEP, SAME, NULL, FORMAT,
		    NULL),
		DRIFT(XML, "<a b='" A "'/>", "broken", REWRITE, DRIFT, NULL,
		    FORMAT, NULL),
		DRIFT(XML, "<a b='" A "'/>", "broken", REPLAY, CHANGE,
		    "<a b='" B "'/>", FORMAT, NULL),
		CELL(JSON, "{\"a\":\"" A "\",\"b\":1}",
		    "{\"b\":2,\"a\":\"" A "\"}", CHANGE,
		    "{\"b\":2,\"a\":\"" B "\"}"),
		CELL(JSON, "{\"a\":\"" A "\",\"b\":1}",
		    "{\"b\":2,\"a\":\"" B "\"}", SAME, NULL),
		DRIFT(JSON, "{\"a\":\"" A "\"}", "{\"a\":\"" X "\"}", STOP,
		    DRIFT, NULL, OTHER, "a"),
		DRIFT(JSON, "{\"a\":\"" A "\"}", "{\"a\":1}", STOP, DRIFT, NULL,
		    ABSENT, "a"),
		DRIFT(JSON, "{\"a\":\"" A "\"}", "no JSON " A, STOP, DRIFT,
		    NULL, ABSENT, "a"),
		/* hosts[1] is not hosts: only XML counts from one. */
		DRIFT(JSON, "{\"h\":[\"1\",\"" A "\"]}", "{\"h\":\"" A "\"}",
		    STOP, DRIFT, NULL, ABSENT, "h[1]"),
	};

	(void)state;
	CHECK(cells);
}

#define SWAP A " = " B "\n" B " = " A
#define ON(rules, captured, current, want, after, why)                         \
	{                                                                      \
		rules, PLACE_INI, captured, current, ON_DRIFT_STOP,            \
		    DECIDE_##want, after, why,                                 \
		    why != NULL ? "[DEFAULT] a" : NULL, __LINE__               \
	}

/* Where the map swaps or chains, what is done is not done again. */
static void
swaps(void **state)
{
	static const struct cell cells[] = {
		ON(SWAP, "a=" A "\nb=" B "\n", "a=" B "\nb=" A "\n", SAME, NULL,
		    NULL),
		ON(SWAP, "a=" A "\nb=" B "\n", "a=" A "\nb=" B "\n", CHANGE,
		    "a=" B "\nb=" A "\n", NULL),
		ON(SWAP, "a=" A "\nc=1\n", "a=" B "\nc=2\n", SAME, NULL, NULL),
		ON(SWAP, "a=" A "\nc=1\n", "a=" A "\nc=2\n", CHANGE,
		    "a=" B "\nc=2\n", NULL),
		/* Nobody can tell whether the new place is done: left alone. */
		ON(SWAP, "a=" A "\n", "a=" A "\nc=" A "\n", CHANGE,
		    "a=" B "\nc=" A "\n", NULL),
		ON(SWAP, "a=" A "\n", "a=" B "\nc=" A "\n", SAME, NULL, NULL),
		ON(A " = " B "\n" B " = " X, "a=" A "\nb=1\n", "a=" B "\nb=2\n",
		    SAME, NULL, NULL),
		ON(A " = " B "\n" B " = " X, "a=" A "\n", "a=" X "\n", DRIFT,
		    NULL, OTHER),
		ON("10.0.0.0/8 = 11.0.0.0/8\n11.0.0.0/8 = 10.0.0.0/8",
		    "a=10.1.1.1\nb=1\n", "a=11.1.1.1\nb=2\n", SAME, NULL, NULL),
	};

	(void)state;
	CHECK(cells);
}

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
		cmocka_unit_test(columns),
		cmocka_unit_test(files),
		cmocka_unit_test(trees),
		cmocka_unit_test(swaps),
		cmocka_unit_test(second_time),
		cmocka_unit_test(by_meaning),
		cmocka_unit_test(callback),
		cmocka_unit_test(policies),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
