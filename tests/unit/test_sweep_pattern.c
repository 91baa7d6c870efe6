/* sweep_pattern: whatever address.h finds, the server's patterns fit, too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fnmatch.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/snapshot/sweep_pattern.h"

#define ROUNDS 20000

static unsigned int seed = 20261122u;

static unsigned int
pick(unsigned int n)
{

	return (unsigned int)rand_r(&seed) % n;
}

/* As LIKE has it: "_" is one, "%" any.  No other sign of fnmatch stands there.
 */
static int
like(const char *pattern, const char *text)
{
	char glob[256];
	size_t i;

	for (i = 0; pattern[i] != '\0'; i++)
		glob[i] = pattern[i] == '_'   ? '?'
			  : pattern[i] == '%' ? '*'
					      : pattern[i];
	glob[i] = '\0';
	return fnmatch(glob, text, 0) == 0;
}

static int
any_like(const struct address *a, const char *text)
{
	struct buf b = BUF_EMPTY;
	int fits = 0;
	size_t n;

	for (n = 0; sweep_like(a, n, &b) == 1; n++) {
		fits |= like(b.data, text);
		buf_clear(&b);
	}
	buf_free(&b);
	return fits;
}

static int
regexp(const struct address *a, const char *text)
{
	struct buf b = BUF_EMPTY;
	regex_t re;
	int fits;

	assert_int_equal(sweep_regexp(a, &b), 0);
	assert_int_equal(regcomp(&re, b.data, REG_EXTENDED | REG_NOSUB), 0);
	fits = regexec(&re, text, 0, NULL, 0) == 0;
	regfree(&re);
	buf_free(&b);
	return fits;
}

/* A group in hex: zeros in front or not, either case. */
static void
group(struct buf *to, const unsigned char *bytes)
{
	unsigned int value = (unsigned int)(bytes[0] << 8 | bytes[1]);
	int width = pick(2) ? 4 : 1;

	assert_int_equal(pick(2) ? buf_addf(to, "%0*x", width, value)
				 : buf_addf(to, "%0*X", width, value),
	    0);
}

static void
add(struct buf *to, const char *text)
{

	assert_int_equal(buf_adds(to, text), 0);
}

static void
four(struct buf *to, const unsigned char *a, const char *between, int zeros)
{
	size_t i;

	for (i = 0; i < 4; i++)
		assert_int_equal(
		    buf_addf(to, "%s%0*u", i > 0 ? between : "",
			zeros && pick(2) ? 3 : 1, (unsigned int)a[i]),
		    0);
}

static void
spell4(const unsigned char *a, struct buf *to)
{
	static const char *const before[] = { "", "http://", "ip-", "x ",
		"::ffff:", "0:0:0:0:0:FFFF:", "[::fFfF:", "[0::0:ffff:" };
	unsigned int form = pick(8);

	add(to, before[form]);
	if (form < 6) {
		four(to, a, form == 2 ? "-" : ".", form != 2 && form < 4);
		return;
	}
	group(to, a);
	add(to, ":");
	group(to, a + 2);
	add(to, "]");
}

/* Eight groups, or six and four numbers; one run of zeros perhaps as "::". */
static void
spell6(const unsigned char *a, struct buf *to)
{
	unsigned int dotted = pick(4) == 0, n = dotted ? 6 : 8, from, len, i;

	from = pick(n);
	for (len = 0; from + len < n && a[2 * (from + len)] == 0 &&
		      a[2 * (from + len) + 1] == 0;)
		len++;
	if (pick(3) == 0)
		len = 0;
	add(to, "[");
	for (i = 0; i < n; i++) {
		if (len > 0 && i == from) {
			add(to, i == 0 ? "::" : ":");
			i += len - 1;
			continue;
		}
		group(to, a + 2 * i);
		if (i + 1 < n || dotted)
			add(to, ":");
	}
	if (dotted)
		four(to, a + 12, ".", 0);
	add(to, "]:80");
}

static void
test_superset(void **state)
{
	struct address_token t;
	struct address a;
	size_t i, k, pos, n[2] = { 0, 0 };
	struct buf b = BUF_EMPTY;
	const char *text;

	(void)state;
	print_message("# seed %u\n", seed);
	for (i = 0; i < ROUNDS; i++) {
		memset(&a, 0, sizeof(a));
		a.family = pick(2) ? 4 : 6;
		for (k = 0; k < (a.family == 4 ? 4 : 16); k++)
			a.bytes[k] = (unsigned char)(pick(3) ? pick(256) : 0);
		if (a.family == 6)
			for (k = 0; k < 16; k += 2)
				if (pick(2))
					a.bytes[k] = a.bytes[k + 1] = 0;
		buf_clear(&b);
		if (a.family == 4)
			spell4(a.bytes, &b);
		else
			spell6(a.bytes, &b);
		text = b.data;
		pos = 0;
		if (!address_next(text, strlen(text), &pos, &t) ||
		    address_compare(&t.addr, &a) != 0)
			continue;
		n[a.family == 6]++;
		if (!any_like(&a, text) || !regexp(&a, text))
			fail_msg("%s: like %d, regexp %d", text,
			    any_like(&a, text), regexp(&a, text));
	}
	buf_free(&b);
	/* Nearly all of what was spelled is an address. */
	assert_true(n[0] > ROUNDS * 2 / 5);
	assert_true(n[1] > ROUNDS * 2 / 5);
}

/* It has to leave something out. */
static void
test_selective(void **state)
{
	static const char *const none[] = { "", "10.2.117.14", "11.2.116.14",
		"10.2.116", "::ffff:a02:750e", "http://example.org/x:y",
		"2001:db9:1::e", "2002:db8:1::e", "2001:db8:2::e" };
	struct address four, six;
	size_t i;

	(void)state;
	assert_int_equal(address_parse("10.2.116.14", &four), 0);
	assert_int_equal(address_parse("2001:db8:1::e", &six), 0);
	for (i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		assert_false(any_like(&four, none[i]));
		assert_false(any_like(&six, none[i]));
		assert_false(regexp(&four, none[i]));
		assert_false(regexp(&six, none[i]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_superset),
		cmocka_unit_test(test_selective),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
