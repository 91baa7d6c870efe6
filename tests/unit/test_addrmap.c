#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/warn.h"
#include "restore/map/addrmap.h"
#include "tests/unit/map_of.h"
#include "tests/unit/said.h"

static void
bad_rules(void **state)
{
	static const struct {
		const char *rule, *message;
	} cases[] = {
		{ "10.2.116.14", "'=' is missing: a rule is OLD = NEW" },
		{ "10.2.116.14 10.2.15.3", "'=' is missing" },
		{ "10.2.116.14 -> 10.2.15.3", "'=' is missing" },
		{ "10.2.116.14 = ", "nothing stands behind the '='" },
		{ "= 10.2.15.3", "nothing stands before the '='" },
		{ "=", "nothing stands before the '='" },
		{ "10.2.116.14 = 10.2.15.3 = 1", "more than one '='" },
		{ "10.2.116.14 = # 10.2.15.3",
		    "nothing stands behind the '='" },
		{ "10.2.116 = 10.2.15.3", "\"10.2.116\" is not an address" },
		{ "10.2.116.14 = 10.2.15.300",
		    "\"10.2.15.300\" is not an address" },
		{ "10.2.116.14 = ctl",
		    "\"ctl\" is not an address (for a DNS name" },
		{ "[::1] = ::2", "\"[::1]\" is not an address" },
		{ "fe80::1%eth0 = fe80::2",
		    "\"fe80::1%eth0\" is not an address" },
		{ "10.2.116.014 = 10.2.15.3",
		    "padded octets are ambiguous: write 10.2.116.14 for "
		    "10.2.116.014" },
		{ "10.2.116.14 = 010.2.15.3", "padded octets are ambiguous" },
		{ "10.2.116.14/24 = 10.2.15.0/24",
		    "10.2.116.14/24 has host bits: write 10.2.116.0/24 for the "
		    "range, or 10.2.116.14 for the one address" },
		{ "10.2.116.0/24 = 10.2.15.3/24", "write 10.2.15.0/24" },
		{ "2001:db8::1/64 = ::/64", "write 2001:db8::/64" },
		{ "10.2.116.0/24 = 10.2.15.0/25",
		    "the prefix lengths differ: /24 and /25" },
		{ "10.2.116.0/24 = 10.2.15.0",
		    "the prefix lengths differ: /24 and /32" },
		{ "10.2.116.14 = 2001:db8::1", "IPv4 and IPv6 in one rule" },
		{ "2001:db8::1 = 10.2.116.14", "IPv4 and IPv6 in one rule" },
		{ "10.2.116.0/33 = 10.2.15.0/33",
		    "\"33\" is not a prefix length" },
		{ "::/129 = ::/129",
		    "\"129\" is not a prefix length: 0 to 128" },
		{ "10.2.116.0/ = 10.2.15.0/", "\"\" is not a prefix length" },
		{ "10.2.116.0/-1 = 10.2.15.0/-1",
		    "\"-1\" is not a prefix length" },
		{ "10.2.116.0/255.255.255.0 = 10.2.15.0/24",
		    "\"255.255.255.0\" is not a prefix length" },
		{ "keep", "\"keep\" needs an address or a range" },
		{ "keep 10.2.116.14 = 10.2.15.3",
		    "\"keep\" takes one address" },
		{ "keep ctl", "\"ctl\" is not an address" },
		{ "keep 10.2.116.14/24", "write 10.2.116.0/24" },
		{ "host compute1", "'=' is missing" },
		{ "host compute1 =", "nothing stands behind" },
		{ "host compute1@lvm = a",
		    "\"compute1@lvm\" is not the name of a host" },
		{ "host a b = c", "\"a b\" is not the name of a host" },
		{ "host a = b/c", "\"b/c\" is not the name of a host" },
		{ "host a..b = c", "\"a..b\" is not the name of a host" },
		{ "host -a = b", "\"-a\" is not the name of a host" },
		{ "volume a = b", "\"volume\" is no kind of rule" },
		{ "Name a = b", "\"Name\" is no kind of rule" },
		{ "name a", "'=' is missing" },
		{ "name", "'=' is missing" },
		{ "name a =", "nothing stands behind" },
		{ "name = b", "\"name\" is not an address" },
		{ "name a b = c", "\"a b\" is not a DNS name" },
		{ "name .a = b", "\".a\" is not a DNS name" },
		{ "name a..b = c", "\"a..b\" is not a DNS name" },
		{ "name a = b..", "is not a DNS name" },
		{ "name -a = b", "\"-a\" is not a DNS name" },
		{ "name a = b/c", "\"b/c\" is not a DNS name" },
		{ "name 10.2.116.14 = ctl",
		    "is an address: leave \"name\" out" },
		{ "path a = /b", "\"a\" is not an absolute path" },
		{ "path / = /b", "\"/\" is not an absolute path" },
		{ "path /a = /b/../c", "\"/b/../c\" is not an absolute path" },
		{ "path /a//b = /c", "\"/a//b\" is not an absolute path" },
		{ "path /a = /b c", "may not hold blanks" },
		{ "path /a = /b<c", "may not hold blanks" },
		{ "machine a b = c", "\"a b\" is not a name of that kind" },
		{ "bridge br100 = <x>", "\"<x>\" is not a name of that kind" },
	};
	struct addrmap *m = addrmap_new();
	size_t i, n;

	(void)state;
	assert_non_null(m);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		warn_forget();
		assert_int_equal(
		    addrmap_add(m, cases[i].rule, "moves.map:12"), -1);
		(void)warn_said(&n);
		if (n != 1 || strncmp(said_last(), "moves.map:12: ", 14) != 0 ||
		    strstr(said_last(), cases[i].message) == NULL)
			fail_msg("%s: %s", cases[i].rule, said_last());
	}
	assert_int_equal(addrmap_rules(m), 0);
	addrmap_free(m);
}

static void
contradictions(void **state)
{
	static const char *const cases[][2] = {
		{ "10.0.0.1 = 10.0.0.2", "10.0.0.1 = 10.0.0.3" },
		{ "10.0.0.1 = 10.0.0.2", "10.0.0.1/32 = 10.0.0.3/32" },
		{ "10.0.0.1 = 10.0.0.2", "keep 10.0.0.1" },
		{ "keep 10.0.0.1", "10.0.0.1 = 10.0.0.2" },
		{ "10.0.0.1 = 10.0.0.1", "10.0.0.1 = 10.0.0.2" },
		{ "10.0.0.0/8 = 11.0.0.0/8", "10.0.0.0/8 = 12.0.0.0/8" },
		{ "10.0.0.0/8 = 11.0.0.0/8", "keep 10.0.0.0/8" },
		{ "::1 = ::2", "0:0::1 = ::3" },
		{ "name a.b = c", "name A.B. = d" },
		{ "path /a = /b", "path /a/ = /c" },
		{ "machine a = b", "machine a = c" },
		{ "bridge a = b", "bridge a = c" },
		{ "host a = b", "host A = c" },
		{ "host a = a", "host a = c" },
		{ "host a.x. = b", "host A.X = c" },
	};
	struct addrmap *m;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		warn_forget();
		m = addrmap_new();
		assert_non_null(m);
		assert_int_equal(addrmap_add(m, cases[i][0], "a.map:1"), 0);
		assert_int_equal(addrmap_add(m, cases[i][1], "--map x"), 0);
		assert_int_equal(addrmap_ready(m), -1);
		(void)warn_said(&n);
		assert_int_equal(n, 1);
		assert_non_null(strstr(said_last(), "contradicts itself"));
		assert_non_null(strstr(said_last(), "a.map:1"));
		assert_non_null(strstr(said_last(), "--map x"));
		addrmap_free(m);
	}
}

/* Two hosts that nova would take for one. */
static void
hosts_stay_apart(void **state)
{
	struct addrmap *m;
	size_t n;

	(void)state;
	warn_forget();
	assert_non_null(m = addrmap_new());
	assert_int_equal(addrmap_add(m, "host a = c", "a.map:1"), 0);
	assert_int_equal(addrmap_add(m, "host x = y", "a.map:2"), 0);
	assert_int_equal(addrmap_add(m, "host b.old = C", "--map x"), 0);
	assert_int_equal(addrmap_ready(m), -1);
	(void)warn_said(&n);
	assert_int_equal(n, 1);
	assert_non_null(strstr(said_last(), "two hosts would have one name"));
	assert_non_null(strstr(said_last(), "\"host a = c\" (a.map:1)"));
	assert_non_null(strstr(said_last(), "\"host b.old = C\" (--map x)"));
	addrmap_free(m);
	warn_forget();
}

/* The same said twice, and the same word for things of different kinds. */
static void
no_contradictions(void **state)
{
	static const struct {
		const char *rules;
		size_t n;
	} cases[] = {
		{ "10.0.0.1 = 10.0.0.2\n10.0.0.1=10.0.0.2", 1 },
		{ "10.0.0.1 = 10.0.0.2\n10.0.0.1/32=10.0.0.2/32", 1 },
		{ "keep 10.0.0.1\n10.0.0.1 = 10.0.0.1\nkeep 10.0.0.1/32", 1 },
		{ "keep 10.0.0.0/8\nkeep 10.0.0.0/16", 2 },
		{ "10.0.0.0/8 = 11.0.0.0/8\n10.0.0.0/9 = 12.0.0.0/9", 2 },
		{ "10.0.0.1 = 10.0.0.2\n10.0.0.2 = 10.0.0.1", 2 },
		{ "machine a = b\nbridge a = c\nname a = d", 3 },
		{ "::ffff:10.0.0.1 = ::1\n10.0.0.1 = 10.0.0.2", 2 },
		{ "name a = b\nname A. = b", 1 },
		{ "host a = b\nhost A. = b", 1 },
		{ "host a = b\nhost b = a", 2 },
		{ "host a = b\nhost a.x = b\nhost A.y = B", 3 },
		{ "host a = b\nname a = c", 2 },
		{ "", 0 },
		{ "\n# x\n   \n\t# y", 0 },
	};
	struct addrmap *m;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		m = map_of(cases[i].rules);
		assert_int_equal(addrmap_rules(m), cases[i].n);
		addrmap_free(m);
	}
}

static void
rules_tell_of_themselves(void **state)
{
	static const struct {
		const char *rule, *text;
		int keeps, prefix;
	} cases[] = {
		{ " 10.0.0.1=10.0.0.2 # x", "10.0.0.1 = 10.0.0.2", 0, 32 },
		{ "10.0.0.0/8=11.0.0.0/8", "10.0.0.0/8 = 11.0.0.0/8", 0, 8 },
		{ "2001:DB8:0::1 = ::2", "2001:db8::1 = ::2", 0, 128 },
		{ "keep 10.0.0.1/32", "keep 10.0.0.1", 1, 32 },
		{ "keep\t::/0", "keep ::/0", 1, 0 },
		{ "10.0.0.1 = 10.0.0.1", "10.0.0.1 = 10.0.0.1", 1, 32 },
		{ "name A.b. = C.d", "name A.b = C.d", 0, -1 },
		{ "path /a/ = /b", "path /a = /b", 0, -1 },
		{ "machine pc-1.0=pc", "machine pc-1.0 = pc", 0, -1 },
		{ "bridge  br100 =br-ext", "bridge br100 = br-ext", 0, -1 },
		{ "host A.b. = C", "host A.b = C", 0, -1 },
		{ "host a = a", "host a = a", 1, -1 },
	};
	struct addrmap *m;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		m = map_of(cases[i].rule);
		assert_int_equal(addrmap_rules(m), 1);
		assert_string_equal(addrmap_rule_text(m, 0), cases[i].text);
		assert_string_equal(addrmap_rule_where(m, 0), "here");
		assert_int_equal(addrmap_rule_keeps(m, 0), cases[i].keeps);
		assert_int_equal(addrmap_rule_prefix(m, 0), cases[i].prefix);
		assert_int_equal(addrmap_rule_uses(m, 0), 0);
		addrmap_used(m, 0);
		addrmap_used(m, 0);
		assert_int_equal(addrmap_rule_uses(m, 0), 2);
		assert_int_equal(addrmap_has_names(m),
		    strncmp(cases[i].text, "name", 4) == 0);
		assert_int_equal(addrmap_has_paths(m),
		    strncmp(cases[i].text, "path", 4) == 0);
		assert_int_equal(addrmap_has_hosts(m),
		    strncmp(cases[i].text, "host", 4) == 0);
		addrmap_free(m);
	}
}

static void
queries(void **state)
{
	static const struct {
		const char *old, *new; /* new "": none; "keep" */
		size_t rule;
	} cases[] = {
		{ "10.2.116.14", "10.2.15.3", 0 },
		{ "10.2.116.15", "10.2.15.15", 1 },
		{ "10.2.116.53", "keep", 2 },
		{ "10.2.117.1", "10.9.117.1", 3 },
		{ "10.3.0.1", "", 0 },
		{ "2001:db8::1", "2001:db9::1", 4 },
		{ "2001:db8::2", "keep", 5 },
		{ "::ffff:10.2.116.14", "", 0 },
	};
	struct addrmap *m =
	    map_of("10.2.116.14 = 10.2.15.3\n"
		   "10.2.116.0/24 = 10.2.15.0/24\n"
		   "keep 10.2.116.53\n10.2.0.0/16 = 10.9.0.0/16\n"
		   "2001:db8::/32 = 2001:db9::/32\n"
		   "keep 2001:db8::2");
	enum addrmap_answer answer;
	struct address old, new;
	char text[ADDRESS_TEXT];
	size_t i, rule;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(address_parse(cases[i].old, &old), 0);
		answer = addrmap_address(m, &old, &new, &rule);
		assert_int_equal(addrmap_address(m, &old, &new, NULL), answer);
		if (cases[i].new[0] == '\0') {
			assert_int_equal(answer, ADDRMAP_NONE);
			continue;
		}
		assert_int_equal(rule, cases[i].rule);
		if (strcmp(cases[i].new, "keep") == 0) {
			assert_int_equal(answer, ADDRMAP_KEEP);
			continue;
		}
		assert_int_equal(answer, ADDRMAP_NEW);
		address_print(&new, text);
		assert_string_equal(text, cases[i].new);
	}
	addrmap_free(m);
}

static void
word_queries(void **state)
{
	struct addrmap *m = map_of("name Ctl.Old = ctl.New\npath /a = /b\n"
				   "path /a/b = /c\nmachine pc = q35\n"
				   "bridge br100 = br1\nhost C1.old = c2\n"
				   "host 10.0.0.1 = c3");
	char longest[400];
	size_t rule, n;

	(void)state;
	assert_string_equal(addrmap_name(m, "CTL.old.x", 7, &rule), "ctl.New");
	assert_int_equal(rule, 0);
	assert_null(addrmap_name(m, "ctl.old.x", 9, &rule));
	memset(longest, 'a', sizeof(longest));
	assert_null(addrmap_name(m, longest, sizeof(longest), NULL));
	assert_null(addrmap_name(m, "", 0, NULL));
	assert_string_equal(addrmap_path(m, "/a/b/c", 6, &n, &rule), "/c");
	assert_true(n == 4 && rule == 2);
	assert_string_equal(addrmap_path(m, "/a/bb/c", 7, &n, &rule), "/b");
	assert_true(n == 2 && rule == 1);
	assert_null(addrmap_path(m, "/ab", 3, &n, NULL));
	assert_null(addrmap_path(m, "/", 1, &n, NULL));
	assert_null(addrmap_path(m, "", 0, &n, NULL));
	assert_string_equal(addrmap_machine(m, "pc", 2, NULL), "q35");
	assert_null(addrmap_machine(m, "PC", 2, NULL));
	assert_null(addrmap_machine(m, "br100", 5, NULL));
	assert_string_equal(addrmap_bridge(m, "br100", 5, NULL), "br1");
	assert_null(addrmap_bridge(m, "br1", 3, NULL));
	assert_string_equal(addrmap_host(m, "c1.OLD@lvm", 6, &rule), "c2");
	assert_int_equal(rule, 5);
	assert_string_equal(addrmap_host(m, "10.0.0.1", 8, NULL), "c3");
	assert_null(addrmap_host(m, "c1", 2, NULL));
	assert_null(addrmap_host(m, "c1.old@lvm", 10, NULL));
	assert_null(addrmap_host(m, "ctl.old", 7, NULL));
	assert_null(addrmap_name(m, "c1.old", 6, NULL));
	addrmap_free(m);
}

/* Many rules: each is found, its neighbours are not. */
static void
many(void **state)
{
	struct addrmap *m = addrmap_new();
	struct address a = { 4, { 10 } }, new;
	char rule[64];
	unsigned i;
	size_t r;

	(void)state;
	for (i = 0; i < 100000; i++) {
		snprintf(rule, sizeof(rule), "10.%u.%u.%u = 11.%u.%u.%u",
		    i >> 15 & 255, i >> 7 & 255, (i & 127) * 2, i >> 15 & 255,
		    i >> 7 & 255, (i & 127) * 2);
		assert_int_equal(addrmap_add(m, rule, "x"), 0);
	}
	assert_int_equal(addrmap_ready(m), 0);
	for (i = 0; i < 100000; i++) {
		a.bytes[1] = (unsigned char)(i >> 15);
		a.bytes[2] = (unsigned char)(i >> 7);
		a.bytes[3] = (unsigned char)((i & 127) * 2);
		assert_int_equal(addrmap_address(m, &a, &new, &r), ADDRMAP_NEW);
		assert_int_equal(r, i);
		assert_int_equal(new.bytes[0], 11);
		assert_memory_equal(new.bytes + 1, a.bytes + 1, 3);
		a.bytes[3]++;
		assert_int_equal(
		    addrmap_address(m, &a, &new, &r), ADDRMAP_NONE);
	}
	addrmap_free(m);
	addrmap_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_rules),
		cmocka_unit_test(contradictions),
		cmocka_unit_test(hosts_stay_apart),
		cmocka_unit_test(no_contradictions),
		cmocka_unit_test(rules_tell_of_themselves),
		cmocka_unit_test(queries),
		cmocka_unit_test(word_queries),
		cmocka_unit_test(many),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	warn_forget();
	return rc;
}
