/* Where an address could be: each way to look at a block says the same, and an
 * address is found wherever in its block it stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/address/address.h"
#include "archive/address/address_block.h"

static void
test_ways(void **state)
{
	static const char bytes[] = "0123456789:::...---af/ x\xc3\"";
	unsigned char d[4 * ADDRESS_BLOCK];
	uint64_t want, got;
	unsigned seed = 20261123;
	size_t way, i, n, at;
	int round;

	(void)state;
	for (round = 0; round < 20000; round++) {
		for (i = 0; i < sizeof(d); i++)
			d[i] = (unsigned char)
			    bytes[(size_t)rand_r(&seed) % (sizeof(bytes) - 1)];
		/* Now and then so few of them that blocks have no mark. */
		for (i = 0; round % 2 && i < sizeof(d); i++)
			if (rand_r(&seed) % 32 != 0)
				d[i] = 'n';
		n = (size_t)rand_r(&seed) % 4 + 1;
		at = address_block_way(0)(d, n, &want);
		for (way = 1; address_block_way(way) != NULL; way++) {
			assert_int_equal(
			    address_block_way(way)(d, n, &got), at);
			assert_true(got == want);
		}
		assert_int_equal(address_block_find(d, n, &got), at);
		assert_true(got == want);
		assert_true((want == 0) == (at == n));
	}
}

static void
test_every_offset(void **state)
{
	static const char *const tokens[] = { "10.2.116.14", "1.2.3.4",
		"255.255.255.255", "ip-10-2-116-14", "::1", "fe80::1",
		"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:77.88.99.11",
		"2001:0db8:0001:0002:0003:0004:0005:0006", "::ffff:1.2.3.4" };
	static const char *const fillers[] = { "x", " ", "\"a\": ", "21:52:35 ",
		"2026-11-23 ", "fa:16:3e:1a:66:d3 ", "1.2 ", "a:b " };
	char text[256];
	struct address_token t;
	struct address_scan s;
	size_t i, k, at, len, n;

	(void)state;
	for (i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++)
		for (k = 0; k < sizeof(fillers) / sizeof(fillers[0]); k++)
			for (at = 0; at < 140; at++) {
				n = strlen(fillers[k]);
				for (len = 0; len < at; len++)
					text[len] = fillers[k][len % n];
				text[at > 0 ? at - 1 : 0] = ' ';
				len =
				    at + (size_t)snprintf(text + at,
					     sizeof(text) - at, "%s %s%s",
					     tokens[i], fillers[k], fillers[k]);
				address_scan_start(&s, text, len, 0);
				assert_true(address_scan_next(&s, &t));
				n = strncmp(tokens[i], "ip-", 3) == 0 ? 3 : 0;
				assert_int_equal(t.off, at + n);
				assert_int_equal(t.len, strlen(tokens[i]) - n);
				assert_false(address_scan_next(&s, &t));
				assert_int_equal(s.pos, len);
			}
}

/* What looks alike has no mark in the middle of a block: that is what makes the
 * scan quick. */
static void
test_none(void **state)
{
	static const char *const texts[] = { "2026-11-23 21:52:35",
		"fa:16:3e:1a:66:d3", "{\"a\": \"b\", \"c\": [1, 2]}",
		"e8f73117-1a19-4d3e-a8d5-f846199d3b75", "10.2.116", "12:34",
		"iqn.2010-10.org.openstack:volume" };
	unsigned char d[ADDRESS_BLOCK];
	uint64_t bits;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		memset(d, 'n', sizeof(d));
		memcpy(d + 10, texts[i], strlen(texts[i]));
		assert_int_equal(address_block_find(d, 1, &bits), 1);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_every_offset),
		cmocka_unit_test(test_none),
	};

	return cmocka_run_group_tests_name("address_block", tests, NULL, NULL);
}
