#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "restore/map/addrmap.h"

#define L60 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define L63 L60 "aaa"

/* A rule, and the text that refuses it; NULL: it is taken. */
static const struct {
	const char *rule, *text;
} rules[] = {
	{ "name a.example = b.example.", NULL },
	{ "name " L63 " = b", NULL },
	{ "name " L63 "a = b", "not a DNS name" },
	{ "name " L63 "." L63 "." L63 "." L63 " = b", "not a DNS name" },
	{ "name . = b", "not a DNS name" },
	{ "name a..b = c", "not a DNS name" },
	{ "name -a = c", "not a DNS name" },
	{ "name a.-b = c", "not a DNS name" },
	{ "name a{b = c", "not a DNS name" },
	{ "name a@b = c", "not a DNS name" },
	{ "name a`b = c", "not a DNS name" },
	{ "name a:b = c", "not a DNS name" },
	{ "name a/b = c", "not a DNS name" },
	{ "name 10.2.116.14 = c", "is an address" },
	{ "name A-Z_9 = z", NULL },
	{ "host a..b = c", "not the name of a host" },
	{ "host 10.2.116.14 = c1", NULL },
	{ "path /a/ = /b//", NULL },
	{ "path / = /b", "not an absolute path" },
	{ "path a = /b", "not an absolute path" },
	{ "path /a//b = /b", "not an absolute path" },
	{ "path /a/./b = /b", "not an absolute path" },
	{ "path /a/../b = /b", "not an absolute path" },
	{ "path /a\x7f = /b", "may not hold" },
	{ "path /a\x01 = /b", "may not hold" },
	{ "path /a&b = /b", "may not hold" },
	{ "10.2.116.014 = 10.2.15.3", "" },
	{ "10.2.116.14 = 10.2.15.3 = 10.2.15.4", "" },
	{ "\t10.2.116.14\t=\t10.2.15.3\r", NULL },
	{ "10.2.116.14 = 10.2.15.3#4", "" },
	{ "#10.2.116.14", NULL },
	{ "compute1 = compute2", "" },
	{ " = ", "" },
	{ "=", "" },
	{ "keep", "" },
	{ "keep 10.2.116.0/33", "" },
};

static void
test_rules(void **state)
{
	struct addrmap *m;
	size_t i;
	int rc, saved;

	(void)state;
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		assert_non_null(m = addrmap_new());
		saved = hush();
		rc = addrmap_add(m, rules[i].rule, "--map");
		unhush(saved);
		if (rc != (rules[i].text == NULL ? 0 : -1))
			fail_msg("%s: %d", rules[i].rule, rc);
		if (rc == -1)
			assert_said(rules[i].text);
		addrmap_free(m);
	}
}

/* What a whole network becomes. */
static const struct {
	const char *rules[3];
	const char *net;
	int prefix;
	enum addrmap_answer answer;
	const char *to;
} networks[] = {
	{ { "10.2.116.0/24=10.2.15.0/24" }, "10.2.116.0", 24, ADDRMAP_NEW,
	    "10.2.15.0" },
	{ { "10.2.0.0/16=10.3.0.0/16" }, "10.2.116.0", 24, ADDRMAP_NEW,
	    "10.3.116.0" },
	{ { "10.2.0.0/16=10.3.0.0/16", "10.2.116.0/24=10.2.15.0/24" },
	    "10.2.116.0", 25, ADDRMAP_NEW, "10.2.15.0" },
	{ { "10.2.116.0/25=10.2.15.0/25" }, "10.2.116.0", 24, ADDRMAP_PARTS,
	    "10.2.116.0" },
	{ { "10.2.116.0/24=10.2.15.0/24", "10.2.116.14=10.9.9.9" },
	    "10.2.116.0", 24, ADDRMAP_PARTS, "10.2.15.0" },
	{ { "10.2.116.0/24=10.2.15.0/24", "10.2.116.14=10.2.15.99" },
	    "10.2.116.0", 24, ADDRMAP_NEW, "10.2.15.0" },
	{ { "10.2.116.0/24=10.2.15.0/24", "keep 10.2.116.53" }, "10.2.116.0",
	    24, ADDRMAP_PARTS, "10.2.15.0" },
	{ { "keep 10.2.116.0/24" }, "10.2.116.0", 24, ADDRMAP_KEEP,
	    "10.2.116.0" },
	{ { "keep 10.2.116.0/24", "keep 10.2.116.7" }, "10.2.116.0", 24,
	    ADDRMAP_KEEP, "10.2.116.0" },
	{ { "10.4.0.0/16=10.5.0.0/16" }, "10.2.116.0", 24, ADDRMAP_NONE,
	    "10.2.116.0" },
	{ { "2001:db8:1::/64=2001:db8:2::/64" }, "10.2.116.0", 24, ADDRMAP_NONE,
	    "10.2.116.0" },
	{ { "2001:db8:1::/64=2001:db8:2::/64", "10.2.0.0/16=10.3.0.0/16" },
	    "2001:db8:1::", 64, ADDRMAP_NEW, "2001:db8:2::" },
	{ { "name a.example=b.example" }, "10.2.116.0", 24, ADDRMAP_NONE,
	    "10.2.116.0" },
};

static void
test_networks(void **state)
{
	struct address net, want, to;
	struct addrmap *m;
	size_t i, k, rule;

	(void)state;
	for (i = 0; i < sizeof(networks) / sizeof(networks[0]); i++) {
		assert_non_null(m = addrmap_new());
		for (k = 0; k < 3 && networks[i].rules[k] != NULL; k++)
			assert_int_equal(
			    addrmap_add(m, networks[i].rules[k], "--map"), 0);
		assert_int_equal(addrmap_ready(m), 0);
		assert_int_equal(address_parse(networks[i].net, &net), 0);
		assert_int_equal(address_parse(networks[i].to, &want), 0);
		for (k = 0; k < 2; k++) {
			assert_int_equal(
			    addrmap_network(m, &net, networks[i].prefix, &to,
				k == 0 ? NULL : &rule),
			    networks[i].answer);
			assert_int_equal(address_compare(&to, &want), 0);
		}
		addrmap_free(m);
	}
}

/* Hosts by their short and their full name; two that would be one. */
static void
test_hosts(void **state)
{
	struct addrmap *m;
	size_t rule;
	int saved;

	(void)state;
	assert_non_null(m = addrmap_new());
	assert_int_equal(addrmap_add(m, "host one.old = one.new", "a"), 0);
	assert_int_equal(addrmap_add(m, "host two = two2", "b"), 0);
	assert_int_equal(addrmap_ready(m), 0);
	assert_string_equal(addrmap_host(m, "ONE.old", 7, &rule), "one.new");
	assert_null(addrmap_host(m, "three", 5, &rule));
	assert_int_equal(addrmap_has_hosts(m), 1);
	assert_int_equal(addrmap_has_names(m), 0);
	assert_int_equal(addrmap_has_paths(m), 0);
	assert_int_equal(addrmap_has_folders(m), 0);
	assert_int_equal(addrmap_add(m, "host three = TWO2", "c"), 0);
	saved = hush();
	assert_int_equal(addrmap_ready(m), -1);
	unhush(saved);
	addrmap_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_networks),
		cmocka_unit_test(test_hosts),
	};

	return cmocka_run_group_tests_name(
	    "addrmap rules", tests, folder_setup, folder_teardown);
}
