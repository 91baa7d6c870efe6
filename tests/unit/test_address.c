#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/address/address.h"
#include "tests/unit/chance.h"

/* The tokens of a text, as "OFF+LEN spelling address/prefix", one a blank. */
static void
list_tokens(const char *text, size_t len, char *out, size_t cap)
{
	static const char spelling[] = "-pdm";
	struct address_token t;
	char a[ADDRESS_TEXT];
	size_t pos = 0, n = 0;

	out[0] = '\0';
	while (address_next(text, len, &pos, &t)) {
		assert_true(pos == t.off + t.len && pos <= len);
		address_print(&t.addr, a);
		n += (size_t)snprintf(out + n, cap - n, "%s%zu+%zu%c%s/%d",
		    n > 0 ? " " : "", t.off, t.len, spelling[t.spelling], a,
		    t.prefix);
		assert_true(n < cap);
	}
	assert_int_equal(pos, len);
}

static void
finds(void **state)
{
	static const struct {
		const char *text, *tokens;
	} cases[] = {
		{ "", "" },
		{ "10.2.116.14", "0+11-10.2.116.14/-1" },
		{ "a 10.2.116.14/24, b", "2+11-10.2.116.14/24" },
		{ "10.2.116.14/33", "0+11-10.2.116.14/-1" },
		{ "10.2.116.14/024", "0+11-10.2.116.14/24" },
		{ "10.2.116.14/24.5", "0+11-10.2.116.14/-1" },
		{ "10.2.116.14/24_", "0+11-10.2.116.14/-1" },
		{ "10.2.116.14/", "0+11-10.2.116.14/-1" },
		{ "0.0.0.0 255.255.255.255",
		    "0+7-0.0.0.0/-1 8+15-255.255.255.255/-1" },
		{ "256.1.1.1 1.256.1.1 1.1.1.256", "" },
		{ "1.2.3.4.5 1.2.3 1.2.3.4", "16+7-1.2.3.4/-1" },
		{ "010.002.116.014/8", "0+15p10.2.116.14/8" },
		{ "00.0.0.1", "0+8p0.0.0.1/-1" },
		{ "ip-10-2-116-14", "3+11d10.2.116.14/-1" },
		{ "%2010.2.116.14", "3+11-10.2.116.14/-1" },
		{ "%100.2.116.14", "3+10-0.2.116.14/-1" },
		{ "::1", "0+3-::1/-1" },
		{ "::", "0+2-::/-1" },
		{ "::/0", "0+2-::/0" },
		{ "[::1]:80 ::2/64", "1+3-::1/-1 9+3-::2/64" },
		{ "::1/129", "0+3-::1/-1" },
		{ "1:2:3:4:5:6:7:8", "0+15-1:2:3:4:5:6:7:8/-1" },
		{ "1:2:3:4:5:6:7", "" },
		{ "1:2:3:4:5:6:7::", "0+15-1:2:3:4:5:6:7:0/-1" },
		{ "1:2:3:4:5:6:7:8::", "" },
		{ "::2:3:4:5:6:7:8", "0+15-0:2:3:4:5:6:7:8/-1" },
		{ "::1:2:3:4:5:6:7:8", "" },
		{ "1::2::3", "" },
		{ "12345::1 1::12345", "" },
		{ "1:2:3:4:5:6:1.2.3.4", "0+19-1:2:3:4:5:6:102:304/-1" },
		{ "1:2:3:4:5:6:7:1.2.3.4", "14+7-1.2.3.4/-1" },
		{ "::1.2.3.4", "0+9-::102:304/-1" },
		{ "::1.2.3", "" },
		{ "::1.", "0+3-::1/-1" },
		{ "::ffff:10.2.116.14/120", "0+18m10.2.116.14/24" },
		{ "::ffff:10.2.116.14/90", "0+18m10.2.116.14/0" },
		{ "::ffff:a02:740e", "0+15m10.2.116.14/-1" },
		{ "fe80::1%eth0", "0+7-fe80::1/-1" },
		{ "00:11:22:33:44:55", "" },
		{ "00:11:22:33:44:55:66:77", "" },
		{ "00:11:22:33:44:55:66:77 1.2.3.4", "24+7-1.2.3.4/-1" },
		{ "10:22:33", "" },
		{ "tcp:10.2.116.14:80", "4+11-10.2.116.14/-1" },
		{ "mac:10.2.116.14:80", "4+11-10.2.116.14/-1" },
		{ "a::b", "0+4-a::b/-1" },
		{ "Foo::Bar", "" },
	};
	char out[512];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		list_tokens(
		    cases[i].text, strlen(cases[i].text), out, sizeof(out));
		assert_string_equal(out, cases[i].tokens);
	}
}

/* Nothing is read behind the end: what follows would make it something else. */
static void
stops_at_the_end(void **state)
{
	char out[512];

	(void)state;
	list_tokens("10.2.116.140", 11, out, sizeof(out));
	assert_string_equal(out, "0+11-10.2.116.14/-1");
	list_tokens("::1/64", 3, out, sizeof(out));
	assert_string_equal(out, "0+3-::1/-1");
	list_tokens("10.2.116.14/24", 12, out, sizeof(out));
	assert_string_equal(out, "0+11-10.2.116.14/-1");
}

/* A start in the middle still sees what stands before it. */
static void
starts_in_the_middle(void **state)
{
	const char *text = "5.10.2.116.14 10.2.116.14";
	struct address_token t;
	size_t pos;

	(void)state;
	for (pos = 2; pos < 14; pos++) {
		size_t p = pos;

		assert_true(address_next(text, strlen(text), &p, &t));
		assert_int_equal(t.off, 14);
	}
}

static void
parses_whole_strings(void **state)
{
	static const char *const good[] = { "0.0.0.0", "10.2.116.14",
		"::", "::1", "2001:DB8::1", "::ffff:1.2.3.4",
		"1:2:3:4:5:6:7:8" };
	static const char *const bad[] = { "", "10.2.116", "10.2.116.14.",
		"10.2.116.14/24", " 10.2.116.14", "10.2.116.14 ",
		"010.2.116.14", "10.2.116.256", "10-2-116-14", "[::1]",
		"::1%eth0", "::1/64", ":", ":::", "1::2::3", "::g",
		"::ffff:010.2.3.4", "::1.2.3.4.5", "00:11:22:33:44:55",
		"localhost", "x" };
	struct address a;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_int_equal(address_parse(good[i], &a), 0);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(address_parse(bad[i], &a), -1);
	assert_int_equal(address_parse("::ffff:1.2.3.4", &a), 0);
	assert_int_equal(a.family, 6);
}

static void
prints_canonical(void **state)
{
	static const char *const cases[][2] = {
		{ "10.2.116.14", "10.2.116.14" },
		{ "2001:DB8:0:0:0:0:0:1", "2001:db8::1" },
		{ "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
		{ "2001:0:0:1:0:0:0:1", "2001:0:0:1::1" },
		{ "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1" },
		{ "::1:2", "::1:2" },
		{ "::1.2.3.4", "::102:304" },
		{ "::ffff:1.2.3.4", "::ffff:1.2.3.4" },
		{ "::", "::" },
		{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
		    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
	};
	char text[ADDRESS_TEXT];
	struct address a;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(address_parse(cases[i][0], &a), 0);
		address_print(&a, text);
		assert_string_equal(text, cases[i][1]);
	}
}

static void
compares(void **state)
{
	static const char *const order[] = { "0.0.0.0", "9.255.255.255",
		"10.0.0.0", "10.0.0.1", "::", "::1", "fe80::1" };
	struct address a, b;
	size_t i, k;
	int want;

	(void)state;
	for (i = 0; i < 7; i++) {
		for (k = 0; k < 7; k++) {
			assert_int_equal(address_parse(order[i], &a), 0);
			assert_int_equal(address_parse(order[k], &b), 0);
			want = i < k ? -1 : i > k;
			assert_int_equal(address_compare(&a, &b), want);
		}
	}
}

static void
knows_special_ones(void **state)
{
	static const char *const special[] = { "0.0.0.0", "127.0.0.1",
		"127.1.2.3", "224.0.0.1", "239.1.1.1", "255.255.255.255",
		"255.255.255.0", "255.0.0.0", "128.0.0.0", "255.255.254.0",
		"::", "::1", "ff02::1" };
	static const char *const plain[] = { "10.2.116.14", "1.1.1.1",
		"223.255.255.255", "192.168.0.1", "255.255.1.0", "169.254.1.1",
		"2001:db8::1", "fe80::1", "::2", "fc00::" };
	struct address a;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
		assert_int_equal(address_parse(special[i], &a), 0);
		assert_true(address_special(&a));
	}
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		assert_int_equal(address_parse(plain[i], &a), 0);
		assert_false(address_special(&a));
	}
}

/*
 * An independent, slow reading of the contract for plain IPv4 text: cut into
 * runs of digits and dots, at doubled dots, and look at each.
 */
static size_t
slow_next4(const char *s, size_t len, size_t from, size_t *n)
{
	size_t i, e, k;
	int groups, value, ok;

	for (i = from; i < len; i = e + 1) {
		for (e = i;
		     e < len && ((s[e] >= '0' && s[e] <= '9') ||
				    (s[e] == '.' && e > i && s[e - 1] != '.' &&
					e + 1 < len && s[e + 1] >= '0' &&
					s[e + 1] <= '9'));
		     e++)
			;
		groups = 1;
		value = 0;
		ok = e > i;
		for (k = i; k < e; k++) {
			if (s[k] == '.') {
				groups++;
				value = 0;
			} else {
				value = value > 255 ? 256
						    : value * 10 + (s[k] - '0');
				ok &= value < 256;
				ok &= !(k > i && s[k - 1] == '0' &&
					(k == i + 1 || s[k - 2] == '.'));
			}
		}
		if (ok && groups == 4) {
			*n = e - i;
			return i;
		}
	}
	return len;
}

static void
agrees_with_the_slow_one(void **state)
{
	static const char alphabet[] = "0112255.....  ,x/-_";
	char text[64];
	struct address_token t;
	size_t len, i, pos, slow, n = 0;
	int round, more;

	(void)state;
	chance_start();
	for (round = 0; round < 300000; round++) {
		len = chance(40);
		for (i = 0; i < len; i++)
			text[i] = alphabet[chance(sizeof(alphabet) - 1)];
		pos = 0;
		do {
			size_t from = pos;

			do {
				more = address_next(text, len, &pos, &t);
			} while (more && t.spelling != ADDRESS_PLAIN);
			slow = slow_next4(text, len, from, &n);
			if ((more ? t.off : len) != slow ||
			    (more && t.len != n))
				fail_msg("%.*s: %zu, slow %zu", (int)len, text,
				    more ? t.off : len, slow);
		} while (more);
	}
}

/* Eight pairs of digits: a WWN, and no address. */
static int
is_wwn(const char *text)
{
	size_t i, len = strlen(text);

	for (i = 0; i < len; i++)
		if ((text[i] == ':') != (i % 3 == 2))
			return 0;
	return len == 23;
}

/* Every address that inet_ntop writes is found, alone and between others. */
static void
finds_what_others_write(void **state)
{
	char text[ADDRESS_TEXT], line[3 * ADDRESS_TEXT];
	struct address_token t;
	struct address a;
	size_t pos, i;
	int round;

	(void)state;
	chance_start();
	for (round = 0; round < 100000; round++) {
		memset(&a, 0, sizeof(a));
		a.family = chance(2) ? 6 : 4;
		for (i = 0; i < (a.family == 4 ? 4u : 16u); i++)
			a.bytes[i] =
			    (unsigned char)(chance(2) ? chance(256) : 0);
		assert_non_null(inet_ntop(a.family == 4 ? AF_INET : AF_INET6,
		    a.bytes, text, sizeof(text)));
		if (is_wwn(text))
			continue;
		snprintf(line, sizeof(line), "x [%s] y", text);
		pos = 0;
		if (!address_next(line, strlen(line), &pos, &t))
			fail_msg("%s", line);
		assert_int_equal(t.off, 3);
		assert_int_equal(t.len, strlen(text));
		assert_int_equal(address_parse(text, &t.addr), 0);
		assert_int_equal(address_compare(&t.addr, &a), 0);
		address_print(&a, line);
		assert_int_equal(address_parse(line, &t.addr), 0);
		assert_int_equal(address_compare(&t.addr, &a), 0);
	}
}

/* Time to read ${len} bytes of a text that repeats ${unit}. */
static clock_t
time_of(const char *unit, char *text, size_t len)
{
	size_t n = strlen(unit), k, pos = 0;
	struct address_token t;
	clock_t begin;

	for (k = 0; k < len; k++)
		text[k] = unit[k % n];
	begin = clock();
	while (address_next(text, len, &pos, &t))
		;
	return clock() - begin;
}

/* Bytes that are hard on a scanner do not make it slow: eight times the bytes
 * take far less than 64 times as long. */
static void
stays_linear(void **state)
{
	static const char *const units[] = { "1", "1.", "1.1.1.", ":",
		"a:", "::", "1-", "1-1-1-1-", "%1", "f", "1.1.1.1", "::1.",
		"\\u0", "1:2:3:4:5:6:7:", "ffffffff", "1:1.", "-1" };
	size_t len = 2u << 20, i;
	char *text = malloc(len);
	clock_t part, whole;

	(void)state;
	assert_non_null(text);
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		part = time_of(units[i], text, len / 8);
		whole = time_of(units[i], text, len);
		if (whole > CLOCKS_PER_SEC / 5 && whole > 30 * part)
			fail_msg("%s: %ld, then %ld", units[i], (long)part,
			    (long)whole);
	}
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds),
		cmocka_unit_test(stops_at_the_end),
		cmocka_unit_test(starts_in_the_middle),
		cmocka_unit_test(parses_whole_strings),
		cmocka_unit_test(prints_canonical),
		cmocka_unit_test(compares),
		cmocka_unit_test(knows_special_ones),
		cmocka_unit_test(agrees_with_the_slow_one),
		cmocka_unit_test(finds_what_others_write),
		cmocka_unit_test(stays_linear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
