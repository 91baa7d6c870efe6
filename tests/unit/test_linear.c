/**
 * Bytes of a bundle that were made to take for ever: whatever repeats in them,
 * no room takes much more than its time for each byte.  Each case is a piece
 * that is repeated to 128 KiB and given to every format; work that grows with
 * the square would take minutes.  The time is the processor's, so a busy
 * machine is no failure.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/address/address.h"
#include "archive/address/inner.h"
#include "archive/address/mask.h"
#include "archive/address/place.h"
#include "restore/map/rewrite.h"
#include "tests/unit/map_of.h"

/* Valgrind, which looks at the memory and not at the time, gets fewer. */
#define SIZE ((size_t)1 << (getenv("NOVARK_SLOW") != NULL ? 12 : 17))

/* Seconds for one of them: some 5 ms are usual, a tenth of a second under the
 * sanitizers of a busy machine, and more under valgrind. */
#define MOST (getenv("NOVARK_SLOW") != NULL ? 100.0 : 5.0)

/* What stands in front, what is repeated, what stands behind. */
static const struct {
	const char *front, *piece, *behind;
} cases[] = {
	/* addresses and what looks like them */
	{ "", "1.", "" },
	{ "", "10.2.116.14", "" },
	{ "", "10.2.116.", "" },
	{ "", "1-", "" },
	{ "", ":", "" },
	{ "", "1:", "" },
	{ "", "ab:", "" },
	{ "", "::ffff:", "" },
	{ "", "0", "" },
	{ "", "%3A", "" },
	{ "", "\\u0020", "" },
	{ "", "1.2.3.4/", "" },
	/* paths and names */
	{ "", "/", "" },
	{ "", "/a", "" },
	{ "x", "/a", "" },
	{ "=", "//a", "" },
	{ "/usr/bin/kvm", "/", "" },
	{ "", "=/a/b", "" },
	{ "", "a.", "" },
	{ "", "a,", "" },
	{ "", "~", "" },
	{ "", "file:///", "" },
	{ "", "\\n/", "" },
	/* URLs and logins */
	{ "", "://", "" },
	{ "", "a://", "" },
	{ "http://", "a:b,", "" },
	{ "http://", "a:b,", "@" },
	{ "http://", "a:b@c,", "" },
	{ "http://", "@", "" },
	{ "http://", ":", "" },
	{ "http://", "a:b/", "" },
	{ "", "http://a:b", "" },
	{ "", "http://a:b@", "" },
	{ "", ":\\/\\/", "" },
	/* secrets */
	{ "", "password", "" },
	{ "", "password=", "" },
	{ "", "password = x ", "" },
	{ "", "\"token\": \"", "" },
	{ "", "incominguser a ", "" },
	{ "password=", "x", "" },
	{ "", "-----BEGIN X-----\n", "" },
	{ "", "-----BEGIN PRIVATE KEY-----\nx\n", "" },
	{ "", "secret ", "" },
	{ "", "#", "" },
	{ "", " #", "" },
	{ "", "\"", "" },
	{ "", "'", "" },
	/* options */
	{ "[a]\n", "b = c\n", "" },
	{ "[a]\n", "b\n", "" },
	{ "[a]\nb = c\n", "  d\n", "" },
	{ "[a]\nb = c\n", " \n", "" },
	{ "", "[a]\n", "" },
	{ "", "[", "" },
	{ "", "[a.b]\nc = d\n", "" },
	{ "", "a.b = c\n", "" },
	{ "", "--a=b\n", "" },
	{ "--a", "=", "" },
	{ "", "# a = b\n", "" },
	{ "", "\n", "" },
	{ "", "\r", "" },
	{ "", " ", "" },
	{ "", "a=$b\n", "" },
	/* XML */
	{ "<a>", "<b/>", "</a>" },
	{ "<a>", "<b c='d'/>", "</a>" },
	{ "<a ", "b=''", "/>" },
	{ "<a b='", "&#49;", "'/>" },
	{ "<a>", "&lt;", "</a>" },
	{ "<a>", "<!---->", "</a>" },
	{ "<a>", "<![CDATA[]]>", "</a>" },
	{ "<a>", "<?b?>", "</a>" },
	{ "<a>", "]]", "</a>" },
	{ "<a>", "x<b/>", "</a>" },
	{ "", "<", "" },
	{ "", "<!--", "" },
	{ "", "<![CDATA[", "" },
	{ "", "<?", "" },
	{ "", "<a ", "" },
	{ "", "<a b='", "" },
	/* JSON */
	{ "[", "1,", "1]" },
	{ "[", "\"\",", "1]" },
	{ "{", "\"a\":\"b\",", "\"c\":1}" },
	{ "[", "[],", "1]" },
	{ "[", "{},", "1]" },
	{ "\"", "\\\"", "\"" },
	{ "\"", "\\\\", "\"" },
	{ "\"", "\\u0020", "\"" },
	{ "", "[", "" },
	{ "", "{\"a\":", "" },
	{ "", "\\", "" },
	/* base64 */
	{ "", "QUJD", "" },
	{ "", "QQ==", "" },
	{ "", "QUJD\n", "" },
	{ "", "\"QUJDREVG\",", "" },
	{ "[", "\"QUJDREVG\",", "1]" },
	{ "[", "\"QUJDREVGx\",", "1]" },
	{ "[\"", "QUJD", "\"]" },
	{ "{\"a\":\"", "{\\\"b\\\":\\\"QUJDREVG\\\"}", "\"}" },
	{ "", "\x1f\x8b\x08", "" },
	{ "", "\xff", "" },
};

static struct addrmap *
map(void)
{

	return map_of("10.2.116.14 = 10.2.15.3\n10.3.0.0/16 = 77.9.0.0/16\n"
		      "2001:db8:1::/64 = 2001:db8:2::/64\n"
		      "name ctl.old.example = ctl.new.example\n"
		      "path /usr/bin/kvm = /usr/bin/qemu\nbridge a = b\n"
		      "host compute1 = compute-a1\nmachine pc-1.0 = pc-2.0\n");
}

static void
make(const char *front, const char *piece, const char *behind, struct buf *b)
{

	buf_clear(b);
	assert_int_equal(buf_adds(b, front), 0);
	while (b->len < SIZE)
		assert_int_equal(buf_adds(b, piece), 0);
	assert_int_equal(buf_adds(b, behind), 0);
}

static double
now(void)
{
	struct timespec t;

	assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t), 0);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
seen(void *cookie, const struct rewrite_place *place)
{

	(void)cookie;
	(void)place;
	return 0;
}

/* A map and a mask over the bytes as one format. */
static void
go(struct addrmap *m, enum place_format format, const struct buf *b)
{
	struct rewrite_options opt = { .map = m, .role = PLACE_PLAIN };
	struct buf out = BUF_EMPTY;

	if (place_fits(format, b->data, b->len) == 1)
		assert_int_equal(
		    rewrite(&opt, format, b->data, b->len, &out, seen, NULL),
		    0);
	buf_clear(&out);
	assert_int_equal(mask_item(format, b->data, b->len, &out), 0);
	buf_free(&out);
}

/* Each format in turn: its name when one takes too long. */
static void
try(struct addrmap *m, const struct buf *b, const char *what, double *worst)
{
	int format;
	double took;

	for (format = PLACE_TEXT; format <= PLACE_VALUE; format++) {
		took = now();
		go(m, (enum place_format)format, b);
		took = now() - took;
		if (took > *worst)
			*worst = took;
		if (took > MOST)
			fail_msg("%s as %s: %.1f s", what,
			    place_format_name((enum place_format)format), took);
	}
}

static void
test_repeated(void **state)
{
	struct addrmap *m = map();
	struct buf b = BUF_EMPTY;
	double worst = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		make(cases[i].front, cases[i].piece, cases[i].behind, &b);
		try(m, &b, cases[i].piece, &worst);
	}
	print_message("# %zu cases, the slowest took %.2f s\n", i, worst);
	buf_free(&b);
	addrmap_free(m);
}

/* A name as long as half of the bytes, with many small things below it. */
static void
test_long_names(void **state)
{
	static const struct {
		const char *front, *middle, *piece, *behind;
	} names[] = {
		{ "[", "]\n", "a = b\n", "" },
		{ "[x.", "]\n", "a.b = c\n", "" },
		{ "a", " = b\n", "a = b\n", "" },
		{ "--a", "=b\n", "--a=b\n", "" },
		{ "{\"", "\":[", "\"a\",", "1]}" },
		{ "{\"", "\":{", "\"a\":\"b\",", "\"c\":1}}" },
	};
	struct addrmap *m = map();
	struct buf b = BUF_EMPTY;
	double worst = 0;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		buf_clear(&b);
		assert_int_equal(buf_adds(&b, names[i].front), 0);
		while (b.len < SIZE / 2)
			assert_int_equal(buf_addc(&b, 'n'), 0);
		assert_int_equal(buf_adds(&b, names[i].middle), 0);
		while (b.len < SIZE)
			assert_int_equal(buf_adds(&b, names[i].piece), 0);
		assert_int_equal(buf_adds(&b, names[i].behind), 0);
		try(m, &b, names[i].front, &worst);
	}
	print_message("# long names: the slowest took %.2f s\n", worst);
	buf_free(&b);
	addrmap_free(m);
}

/* Elements with names as long as libxml2 takes them, in each other. */
static void
test_long_elements(void **state)
{
	struct addrmap *m = map();
	struct buf b = BUF_EMPTY;
	double worst = 0;
	int i, k, deep = getenv("NOVARK_SLOW") != NULL ? 2 : 20;

	(void)state;
	for (i = 0; i < deep; i++) {
		assert_int_equal(buf_adds(&b, "<"), 0);
		for (k = 0; k < 40000; k++)
			assert_int_equal(buf_addc(&b, 'n'), 0);
		assert_int_equal(buf_adds(&b, ">"), 0);
	}
	for (k = 0; k < 1000 * deep; k++)
		assert_int_equal(buf_adds(&b, "<a b='1'/>"), 0);
	for (i = 0; i < deep; i++) {
		assert_int_equal(buf_adds(&b, "</"), 0);
		for (k = 0; k < 40000; k++)
			assert_int_equal(buf_addc(&b, 'n'), 0);
		assert_int_equal(buf_adds(&b, ">"), 0);
	}
	try(m, &b, "long elements", &worst);
	buf_free(&b);
	addrmap_free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_repeated),
		cmocka_unit_test(test_long_names),
		cmocka_unit_test(test_long_elements),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
