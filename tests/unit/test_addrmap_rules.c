#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/limits.h"
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
	{ "10.2.116.14 = 10.2.15.3\r\n", NULL },
	/* As decimal it would be another: told how to write it. */
	{ "010.002.116.014 = 10.2.15.3", "10.2.116.14" },
	{ "010.002.116.014. = 10.2.15.3", "" },
	{ "10.2.116.14. = 10.2.15.3", "" },
	{ "ten.two = 10.2.15.3", "" },
	{ "bridges br100", "no kind of rule" },
	{ "a.example b.example", "'=' is missing" },
	{ "10.2.116.14 10.2.15.3", "'=' is missing" },
	{ "2001:db8::1 2001:db8::2", "'=' is missing" },
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
	{ { "10.2.116.0/24=10.2.15.0/24", "10.2.0.0/16=10.3.0.0/16" },
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

/* Of a file that is no map, the first lines tell, and then no more. */
static void
test_no_map(void **state)
{
	const char *const *said;
	struct buf b = BUF_EMPTY;
	struct addrmap *m;
	size_t n, lines;
	int i, saved;

	(void)state;
	for (lines = 19; lines <= 25; lines += 3) {
		buf_clear(&b);
		for (i = 0; i < (int)lines; i++)
			assert_int_equal(buf_adds(&b, "host one\n"), 0);
		file_write("none.map", b.data, b.len);
		assert_non_null(m = addrmap_new());
		saved = hush();
		assert_int_equal(addrmap_file(m, "none.map"), -1);
		said = warn_said(&n);
		unhush(saved);
		assert_int_equal(n, lines > 20 ? 21 : lines);
		if (lines > 20)
			assert_non_null(strstr(said[20],
			    "none.map:20: read no further: too many"));
		addrmap_free(m);
	}
	buf_free(&b);
}

/* A map that is too long is refused, not cut. */
static void
test_too_many(void **state)
{
	struct buf b = BUF_EMPTY;
	struct addrmap *m;
	int saved;
	size_t i;

	(void)state;
	for (i = 0; i < LIMIT_RULES; i++)
		assert_int_equal(buf_addf(&b, "keep 10.%zu.%zu.%zu\n", i >> 16,
				     i >> 8 & 255, i & 255),
		    0);
	/* What is no rule counts for none. */
	assert_int_equal(buf_adds(&b, "\n# the end\n"), 0);
	file_write("long.map", b.data, b.len);
	assert_non_null(m = addrmap_new());
	assert_int_equal(addrmap_file(m, "long.map"), 0);
	assert_int_equal(addrmap_rules(m), LIMIT_RULES);
	saved = hush();
	assert_int_equal(addrmap_add(m, "keep 10.9.9.9", "--map"), -1);
	assert_said("at most 100000 rules");
	unhush(saved);
	assert_int_equal(addrmap_ready(m), 0);
	addrmap_free(m);
	assert_int_equal(buf_adds(&b, "keep 10.9.9.9\n"), 0);
	file_write("long.map", b.data, b.len);
	assert_non_null(m = addrmap_new());
	saved = hush();
	assert_int_equal(addrmap_file(m, "long.map"), -1);
	assert_said("at most 100000 rules");
	unhush(saved);
	addrmap_free(m);
	buf_free(&b);
}

/* Each kind is asked for its own; what no rule is about has no answer. */
static void
test_kinds(void **state)
{
	static const char *const some[] = { "host a = b", "host c = d",
		"path /usr/bin/kvm = /usr/bin/qemu", "path /a = /b",
		"machine pc-1.0 = pc-2.0", "keep 10.2.116.14" };
	struct addrmap *m;
	size_t i, rule, len;

	(void)state;
	assert_non_null(m = addrmap_new());
	for (i = 0; i < sizeof(some) / sizeof(some[0]); i++)
		assert_int_equal(addrmap_add(m, some[i], "--map"), 0);
	assert_int_equal(addrmap_ready(m), 0);
	assert_string_equal(addrmap_host(m, "a", 1, NULL), "b");
	assert_string_equal(addrmap_host(m, "C", 1, &rule), "d");
	assert_string_equal(addrmap_machine(m, "pc-1.0", 6, &rule), "pc-2.0");
	assert_null(addrmap_machine(m, "pc-1.1", 6, &rule));
	assert_null(addrmap_bridge(m, "pc-1.0", 6, &rule));
	assert_null(addrmap_name(m, "a", 1, &rule));
	assert_null(addrmap_folder(m, "a", 1, &rule));
	assert_string_equal(
	    addrmap_path(m, "/usr/bin/kvm", 12, &len, &rule), "/usr/bin/qemu");
	assert_string_equal(addrmap_path(m, "/a/x", 4, &len, &rule), "/b");
	assert_null(addrmap_path(m, "/ax", 3, &len, &rule));
	addrmap_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_networks),
		cmocka_unit_test(test_hosts),
		cmocka_unit_test(test_no_map),
		cmocka_unit_test(test_too_many),
		cmocka_unit_test(test_kinds),
	};

	return cmocka_run_group_tests_name(
	    "addrmap rules", tests, folder_setup, folder_teardown);
}
