#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "archive/database/account_host.h"
#include "archive/database/accounts.h"
#include "restore/accounts/account_map.h"
#include "tests/unit/map_of.h"

#define ANY  ACCOUNT_ANYWHERE
#define ADDR ACCOUNT_ADDRESS
#define NET  ACCOUNT_NETWORK
#define NAME ACCOUNT_NAME

/* The host part of an account, read: what it is bound to. */
static void
hosts(void **state)
{
	static const struct {
		const char *host;
		enum account_bound bound;
		const char *net;
		int prefix;
		const char *tail; /* NULL: none, or not to be seen */
	} cases[] = {
		{ "", ANY, NULL, 0, NULL },
		{ "%", ANY, NULL, 0, NULL },
		{ "%_%", ANY, NULL, 0, NULL },
		{ "localhost", ANY, NULL, 0, NULL },
		{ "LocalHost.localdomain", ANY, NULL, 0, NULL },
		{ "127.0.0.1", ANY, NULL, 0, NULL },
		{ "127.%", ANY, NULL, 0, NULL },
		{ "127.0.0.0/255.0.0.0", ANY, NULL, 0, NULL },
		{ "::1", ANY, NULL, 0, NULL },
		{ "0.0.0.0/0.0.0.0", ANY, NULL, 0, NULL },
		{ "10.2.116.14", ADDR, "10.2.116.14", 32, NULL },
		{ "192.0.0.0", ADDR, "192.0.0.0", 32, NULL },
		{ "2001:DB8::14", ADDR, "2001:db8::14", 128, NULL },
		{ "10.2.116.%", NET, "10.2.116.0", 24, "%" },
		{ "10.2.116.1%", NET, "10.2.116.0", 24, "1%" },
		{ "10.2.116._", NET, "10.2.116.0", 24, "_" },
		{ "10.2.11%", NET, "10.2.0.0", 16, "11%" },
		{ "10.2.%", NET, "10.2.0.0", 16, "%" },
		{ "10.2.%.14", NET, "10.2.0.0", 16, "%.14" },
		{ "192.%", NET, "192.0.0.0", 8, "%" },
		{ "10.2.116.0/255.255.255.0", NET, "10.2.116.0", 24,
		    "/255.255.255.0" },
		{ "10.2.116.0/24", NET, "10.2.116.0", 24, "/24" },
		{ "10.2.112.0/255.255.240.0", NET, "10.2.112.0", 20,
		    "/255.255.240.0" },
		{ "2001:db8:1:%", NET, "2001:db8:1::", 48, "%" },
		{ "2001:db8:1:2%", NET, "2001:db8:1::", 48, "2%" },
		{ "2001:db8::%", NET, "2001:db8::", 32, NULL },
		{ "::%", NET, "::", 0, NULL },
		{ "2001:db8::/32", NET, "2001:db8::", 32, "/32" },
		{ "ctl.example", NAME, NULL, 0, NULL },
		{ "%.example", NAME, NULL, 0, NULL },
		{ "1%", NAME, NULL, 0, NULL },
		{ "300.2.%", NAME, NULL, 0, NULL },
		{ "10.2.116.0/255.0.255.0", NAME, NULL, 0, NULL },
		{ "10.2.116.0/ffff::", NAME, NULL, 0, NULL },
		{ "10.2.116.0/33", NAME, NULL, 0, NULL },
		{ "/24", NAME, NULL, 0, NULL },
		{ "localhosts", NAME, NULL, 0, NULL },
	};
	struct account_host h;
	char text[ADDRESS_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		account_host_read(cases[i].host, &h);
		if (h.bound != cases[i].bound)
			fail_msg("%s: bound %d", cases[i].host, (int)h.bound);
		if (cases[i].net == NULL)
			continue;
		address_print(&h.net, text);
		assert_string_equal(text, cases[i].net);
		assert_int_equal(h.prefix, cases[i].prefix);
		if (cases[i].tail == NULL)
			assert_int_equal(h.tail, 0);
		else
			assert_string_equal(
			    cases[i].host + h.tail, cases[i].tail);
	}
}

/* What the map makes of it; held: the start of the reason. */
static const struct {
	const char *rules, *host, *to, *held;
} maps[] = {
	{ "10.2.116.14 = 10.2.15.3", "10.2.116.14", "10.2.15.3", NULL },
	{ "10.2.116.14 = 10.2.15.3", "10.2.116.140", NULL, NULL },
	{ "10.2.116.14 = 10.2.15.3", "10.2.116.%", NULL, "a pattern wider" },
	{ "10.2.116.14 = 10.2.15.3", "10.2.%", NULL, NULL },
	{ "10.2.116.14 = 10.3.15.3", "10.2.%", NULL, "a pattern wider" },
	{ "10.2.116.14 = 10.2.15.3", "10.2.117.%", NULL, NULL },
	{ "10.2.116.14 = 10.2.15.3", "localhost", NULL, NULL },
	{ "10.2.116.0/24 = 10.2.15.0/24", "10.2.116.%", "10.2.15.%", NULL },
	{ "10.2.116.0/24 = 10.2.15.0/24", "10.2.116.1%", "10.2.15.1%", NULL },
	{ "10.2.116.0/24 = 10.2.15.0/24", "10.2.116.0/255.255.255.0",
	    "10.2.15.0/255.255.255.0", NULL },
	{ "10.2.116.0/24 = 10.2.15.0/24", "10.2.116.64/255.255.255.192",
	    "10.2.15.64/255.255.255.192", NULL },
	{ "10.2.116.0/24 = 10.2.15.0/24", "10.2.112.0/255.255.240.0", NULL,
	    "a pattern wider" },
	{ "10.2.116.0/25 = 10.2.15.0/25", "10.2.116.%", NULL,
	    "a pattern wider" },
	{ "10.2.0.0/16 = 172.16.0.0/16", "10.2.116.%", "172.16.116.%", NULL },
	{ "10.2.0.0/16 = 172.16.0.0/16", "10.2.%", "172.16.%", NULL },
	{ "10.2.112.0/20 = 10.9.32.0/20", "10.2.116.%", "10.9.36.%", NULL },
	{ "10.2.116.0/24 = 10.2.15.0/24\n10.2.116.14 = 10.2.15.3", "10.2.116.%",
	    "10.2.15.%", NULL },
	{ "10.2.116.0/24 = 10.2.15.0/24\n10.2.116.14 = 10.9.9.9", "10.2.116.%",
	    NULL, "a pattern of which" },
	{ "10.2.116.0/24 = 10.2.15.0/24\nkeep 10.2.116.53", "10.2.116.%", NULL,
	    "a pattern of which" },
	{ "10.2.0.0/16 = 10.3.0.0/16\nkeep 10.2.116.0/24", "10.2.116.%", NULL,
	    NULL },
	{ "keep 10.2.116.14", "10.2.116.%", NULL, NULL },
	{ "10.2.116.14 = 10.2.116.15", "10.2.116.%", NULL, NULL },
	{ "2001:db8:1::/64 = 2001:db8:2::/64", "2001:db8:1::14",
	    "2001:db8:2::14", NULL },
	{ "2001:db8::/32 = fd00:1::/32", "2001:db8:1:%", "fd00:1:1:%", NULL },
	{ "2001:db8::/32 = fd00:1::/32", "2001:db8::%", NULL,
	    "a pattern that no rule" },
	{ "name ctl.old = ctl.new", "ctl.old", "ctl.new", NULL },
	{ "name ctl.old = ctl.new", "CTL.OLD", "ctl.new", NULL },
	{ "name ctl.old = ctl.new", "x.ctl.old", NULL, NULL },
	{ "host ctl.old = ctl.new", "ctl.old", NULL, NULL },
	{ "10.2.116.14 = 10.2.15.3", "ip-10-2-116-14", NULL,
	    "a name made from" },
	{ "10.2.116.14 = 10.2.15.3", "010.002.116.014", NULL, "padded octets" },
};

static void
mapped(void **state)
{
	struct restore_options opt = { 0 };
	struct restore r = { .opt = &opt };
	struct buf out = BUF_EMPTY;
	const char *held;
	size_t i;
	int rc;

	(void)state;
	for (i = 0; i < sizeof(maps) / sizeof(maps[0]); i++) {
		r.map = map_of(maps[i].rules);
		rc = account_map(
		    &r, "account:x@y", maps[i].host, 1, &out, &held);
		if (rc != (maps[i].to != NULL))
			fail_msg("%s: %d, %s", maps[i].host, rc, out.data);
		assert_string_equal(
		    out.data, maps[i].to == NULL ? maps[i].host : maps[i].to);
		if (maps[i].held == NULL)
			assert_null(held);
		else if (held == NULL ||
			 strncmp(held, maps[i].held, strlen(maps[i].held)))
			fail_msg("%s: held %s", maps[i].host,
			    held == NULL ? "not" : held);
		addrmap_free(r.map);
	}
	buf_free(&out);
}

/* --also lets a pattern follow the wide rule; the finer ones are not asked. */
static void
also(void **state)
{
	static const char *const globs[] = { "account:x@*", NULL };
	struct restore_options opt = { .also = globs };
	struct restore r = { .opt = &opt };
	struct buf out = BUF_EMPTY;
	const char *held;

	(void)state;
	r.map = map_of("10.2.116.0/24 = 10.2.15.0/24\nkeep 10.2.116.53");
	assert_int_equal(account_map(&r, "account:x@10.2.116.%", "10.2.116.%",
			     1, &out, &held),
	    1);
	assert_string_equal(out.data, "10.2.15.%");
	assert_null(held);
	assert_int_equal(addrmap_rule_uses(r.map, 0), 1);
	assert_int_equal(account_map(&r, "account:y@10.2.116.%", "10.2.116.%",
			     1, &out, &held),
	    0);
	assert_string_equal(account_held_name(held), "parts");
	addrmap_free(r.map);
	/* But not where no rule leads all of it anywhere. */
	r.map = map_of("10.2.116.14 = 10.2.15.3");
	assert_int_equal(account_map(&r, "account:x@10.2.116.%", "10.2.116.%",
			     1, &out, &held),
	    0);
	assert_string_equal(account_held_name(held), "pattern");
	addrmap_free(r.map);
	buf_free(&out);
}

/* As it is run is as a person may type it, whatever their sql_mode. */
static void
statement(void **state)
{
	static const struct {
		const char *user, *want;
	} cases[] = {
		{ "nova", "RENAME USER 'nova'@'a' TO 'nova'@'b'" },
		{ "", "RENAME USER ''@'a' TO ''@'b'" },
		{ "x' y", "RENAME USER `x' y`@'a' TO `x' y`@'b'" },
		{ "x\\", "RENAME USER `x\\`@'a' TO `x\\`@'b'" },
		{ "x`'", "RENAME USER `x``'`@'a' TO `x``'`@'b'" },
	};
	struct buf sql = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_clear(&sql);
		assert_int_equal(
		    db_account_rename_sql(&sql, cases[i].user, "a", "b"), 0);
		assert_string_equal(sql.data, cases[i].want);
	}
	buf_free(&sql);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hosts),
		cmocka_unit_test(mapped),
		cmocka_unit_test(also),
		cmocka_unit_test(statement),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
