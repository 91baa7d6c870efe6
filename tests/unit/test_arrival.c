/* Which address of this host takes the place of an old one: a table of what
 * both hosts have. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

#include "cmd/arrival.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct on {
	const char *where, *address;
};

static const struct {
	const char *what;
	struct on old[4];         /* of the captured node */
	struct on new[4];         /* of this host */
	const char *asked, *want; /* NULL: not clear */
} cases[] = {
	{ "one each, of any name", { { "interface eth0", "10.2.116.14" } },
	    { { "ens3", "10.2.15.3" } }, "10.2.116.14", "10.2.15.3" },
	{ "no interface known: one by the configuration",
	    { { "nova.conf my_ip", "10.2.116.14" } },
	    { { "ens3", "10.2.15.3" } }, "10.2.116.14", "10.2.15.3" },
	{ "the same one by two ways is one",
	    { { "interface eth0", "10.2.116.14" },
		{ "nova.conf my_ip", "10.2.116.14" } },
	    { { "ens3", "10.2.15.3" } }, "10.2.116.14", "10.2.15.3" },
	{ "by the interface's name",
	    { { "interface eth0", "10.2.116.14" },
		{ "interface eth1", "192.168.4.33" } },
	    { { "eth1", "192.168.9.33" }, { "eth0", "10.2.15.3" } },
	    "192.168.4.33", "192.168.9.33" },
	{ "by the interface's name, the other one",
	    { { "interface eth0", "10.2.116.14" },
		{ "interface eth1", "192.168.4.33" } },
	    { { "eth1", "192.168.9.33" }, { "eth0", "10.2.15.3" } },
	    "10.2.116.14", "10.2.15.3" },
	{ "two of one interface are not told apart here",
	    { { "interface eth0", "10.2.116.14" } },
	    { { "eth0", "10.2.15.3" }, { "eth0", "10.2.15.4" } }, "10.2.116.14",
	    NULL },
	{ "nor there",
	    { { "interface eth0", "10.2.116.14" },
		{ "interface eth0", "10.2.116.15" } },
	    { { "eth0", "10.2.15.3" } }, "10.2.116.15", NULL },
	{ "other names, two of them",
	    { { "interface eth0", "10.2.116.14" },
		{ "interface eth1", "192.168.4.33" } },
	    { { "ens3", "10.2.15.3" }, { "ens4", "192.168.9.33" } },
	    "10.2.116.14", NULL },
	{ "two there, one here",
	    { { "nova.conf my_ip", "10.2.116.14" },
		{ "cinder.conf my_ip", "192.168.4.33" } },
	    { { "ens3", "10.2.15.3" } }, "10.2.116.14", NULL },
	{ "it stands here already",
	    { { "interface eth0", "10.2.116.14" },
		{ "interface eth1", "192.168.4.33" } },
	    { { "ens3", "10.2.15.3" }, { "ens4", "192.168.4.33" } },
	    "192.168.4.33", "192.168.4.33" },
	{ "families are not mixed",
	    { { "interface eth0", "10.2.116.14" },
		{ "interface eth0", "2001:db8:1::e" } },
	    { { "eth0", "2001:db8:2::3" }, { "eth0", "10.2.15.3" } },
	    "2001:db8:1::e", "2001:db8:2::3" },
	{ "none of that family here", { { "interface eth0", "2001:db8:1::e" } },
	    { { "eth0", "10.2.15.3" } }, "2001:db8:1::e", NULL },
	{ "nothing here at all", { { "interface eth0", "10.2.116.14" } },
	    { { NULL, NULL } }, "10.2.116.14", NULL },
};

static struct address
parse(const char *text)
{
	struct address a;

	assert_int_equal(address_parse(text, &a), 0);
	return a;
}

static void
table(void **state)
{
	const struct arrival_address *got;
	char text[ADDRESS_TEXT];
	struct manifest *m;
	struct arrival *h;
	struct address a;
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		print_message("%s\n", cases[i].what);
		assert_non_null(m = manifest_new());
		assert_non_null(h = arrival_empty());
		for (k = 0; k < 4 && cases[i].old[k].where != NULL; k++) {
			a = parse(cases[i].old[k].address);
			assert_int_equal(
			    manifest_add_own(m, &a, 24, cases[i].old[k].where),
			    0);
		}
		for (k = 0; k < 4 && cases[i].new[k].where != NULL; k++) {
			a = parse(cases[i].new[k].address);
			assert_int_equal(
			    arrival_add(h, cases[i].new[k].where, &a, 24), 0);
		}
		a = parse(cases[i].asked);
		got = arrival_for(h, m, &a);
		if (cases[i].want == NULL) {
			assert_null(got);
		} else {
			assert_non_null(got);
			address_print(&got->addr, text);
			assert_string_equal(text, cases[i].want);
		}
		arrival_free(h);
		manifest_free(m);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
