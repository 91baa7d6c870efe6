#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/map/rewrite.h"
#include "tests/unit/map_of.h"

/*
 * What the map does, as a table: rules, bytes in, bytes out, and why what was
 * left alone was left alone.  The tables stand in map_*.h, by subject.
 */
struct map_case {
	const char *rules; /* one a line */
	enum place_format format;
	enum place_role role;
	const char *in;
	const char *out;  /* NULL: as it was */
	const char *held; /* the first reason, or NULL */
	int line;
	enum catalog_hosts hosts;
};

/* The story's map. */
#define STORY "10.2.116.14 = 10.2.15.3"
#define RANGE "10.2.116.0/24 = 10.2.15.0/24"

/* A plain value that changes; that does not; that is held. */
#define TO(rules, in, out)                                                     \
	{                                                                      \
		rules, PLACE_VALUE, PLACE_PLAIN, in, out, NULL, __LINE__, 0    \
	}
#define NO(rules, in)                                                          \
	{                                                                      \
		rules, PLACE_VALUE, PLACE_PLAIN, in, NULL, NULL, __LINE__, 0   \
	}
#define HELD(rules, in, held)                                                  \
	{                                                                      \
		rules, PLACE_VALUE, PLACE_PLAIN, in, NULL, held, __LINE__, 0   \
	}
/* Everything said. */
#define IN(format, role, rules, in, out, held)                                 \
	{                                                                      \
		rules, PLACE_##format, PLACE_##role, in, out, held, __LINE__,  \
		    0                                                          \
	}

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#include "map_format.h"
#include "map_host.h"
#include "map_rule.h"
#include "map_token.h"

/* Keep the first reason. */
static int
first_reason(void *cookie, const struct rewrite_place *place)
{
	const char **held = cookie;

	if (*held == NULL)
		*held = place->held;
	return 0;
}

static int
run_case(const char *table, const struct map_case *c)
{
	struct addrmap *m = map_of(c->rules);
	struct rewrite_options opt = {
		.map = m, .role = c->role, .count = 1, .hosts = c->hosts
	};
	const char *want = c->out != NULL ? c->out : c->in, *held = NULL;
	struct buf out = BUF_EMPTY;
	int good;

	assert_int_equal(rewrite(&opt, c->format, c->in, strlen(c->in), &out,
			     first_reason, &held),
	    0);
	good = strcmp(out.data, want) == 0 &&
	       (held == NULL) == (c->held == NULL) &&
	       (held == NULL || strcmp(held, c->held) == 0);
	if (!good)
		print_error("%s:%d: map %s\n  in   %s\n  out  %s (%s)\n"
			    "  want %s (%s)\n",
		    table, c->line, c->rules, c->in, out.data,
		    held != NULL ? held : "not held", want,
		    c->held != NULL ? c->held : "not held");
	buf_free(&out);
	addrmap_free(m);
	return good ? 0 : 1;
}

static void
run_table(const char *name, const struct map_case *cases, size_t n)
{
	size_t i;
	int bad = 0;

	for (i = 0; i < n; i++)
		bad += run_case(name, &cases[i]);
	print_message("%s: %zu cases\n", name, n);
	assert_int_equal(bad, 0);
}

static void
tokens(void **state)
{

	(void)state;
	run_table("map_token.h", token_cases, COUNT(token_cases));
}

static void
tokens6(void **state)
{

	(void)state;
	run_table("map_token.h", token6_cases, COUNT(token6_cases));
}

static void
rules(void **state)
{

	(void)state;
	run_table("map_rule.h", rule_cases, COUNT(rule_cases));
}

static void
words(void **state)
{

	(void)state;
	run_table("map_rule.h", word_cases, COUNT(word_cases));
}

static void
hosts(void **state)
{

	(void)state;
	run_table("map_host.h", host_cases, COUNT(host_cases));
}

static void
values(void **state)
{

	(void)state;
	run_table("map_format.h", value_cases, COUNT(value_cases));
}

static void
formats(void **state)
{

	(void)state;
	run_table("map_format.h", format_cases, COUNT(format_cases));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens),
		cmocka_unit_test(tokens6),
		cmocka_unit_test(rules),
		cmocka_unit_test(words),
		cmocka_unit_test(hosts),
		cmocka_unit_test(values),
		cmocka_unit_test(formats),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
