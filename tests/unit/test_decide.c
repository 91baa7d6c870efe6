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

#define A "10.2.116.14"
#define B "10.2.15.3"
#define X "10.7.7.7"

#define OTHER  "the place that the map changes holds something else"
#define ABSENT "the place that the map changes is not there"
#define FORMAT "what is there cannot be read as what was captured"

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
		CELL(
		    TEXT, A "\nx\n" A "\n", "y\n" A "\n", CHANGE, "y\n" B "\n"),
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns),
		cmocka_unit_test(files),
		cmocka_unit_test(trees),
		cmocka_unit_test(swaps),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
