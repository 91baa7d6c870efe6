/* inner: what stands in base64 and gzip, and what is no such thing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

#include "archive/address/inner.h"
#include "archive/bundle/base64.h"
#include "archive/limits.h"
#include "tests/unit/chance.h"
#include "tests/unit/slow_base64.h"

/* What was told, one line a layer: "HOW:BYTES|". */
struct told {
	struct buf text;
	size_t most; /* the longest layer */
	int answer;
};

static int
tell(void *cookie, const char *how, const char *bytes, size_t len)
{
	struct told *t = cookie;

	if (len > t->most)
		t->most = len;
	if (buf_addf(&t->text, "%s:", how) ||
	    buf_add(&t->text, bytes, len < 80 ? len : 80) ||
	    buf_addc(&t->text, '|'))
		return -1;
	return t->answer;
}

static void
check(const char *bytes, size_t len, const char *want)
{
	struct told t = { BUF_EMPTY, 0, 0 };

	assert_int_equal(inner_walk(bytes, len, tell, &t), 0);
	assert_string_equal(t.text.data == NULL ? "" : t.text.data, want);
	buf_free(&t.text);
}

/* Plain ones, by hand. */
static void
test_base64(void **state)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{ "", "" },
		{ "MTAuMi4xMTYuMTQ=", "base64:10.2.116.14|" },
		{ "MTAuMi4xMTYuMTQ", "base64:10.2.116.14|" }, /* no padding */
		{ "MTAu\nMi4x\r\nMTYu\nMTQ=\n", "base64:10.2.116.14|" },
		{ "MTAuMi4xMTYuMTQ==", "" },  /* too much of it */
		{ "MTAuMi4xMTYuMTQ=x", "" },  /* something behind it */
		{ "MTAuMi4xMTYuMTQ= =", "" }, /* a blank is none */
		{ "MTAuMi4xM", "" },          /* 9 digits are no number */
		{ "10.2.116.14", "" },
		{ "nova", "" },
		{ "compute1", "" }, /* base64 of no text */
		{ "0b4b9c0e-8a0e-4b52-9d0a-0e3a5a6c7d01", "" },
		{ "YWE/YWE+", "base64:aa?aa>|" }, /* either alphabet */
		{ "YTw_PzE+", "" },               /* mixed */
		{ "YTw_PzE-PzE-", "base64:a<??1>?1>|" },
		{ "YTw/PzE+PzE+", "base64:a<??1>?1>|" },
		{ "TVRBdU1pNHhNVFl1TVRRPQ==",
		    "base64:MTAuMi4xMTYuMTQ=|base64 base64:10.2.116.14|" },
		/* a NUL inside; mostly not ASCII */
		{ "MTAuMi4xMTYAMTQ=", "" },
		{ "w6TDpMOkw6Q=", "" },
		{ "aGFsbG8gd2VsdCDDpA==", "base64:hallo welt \xc3\xa4|" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(cases[i].in, strlen(cases[i].in), cases[i].want);
}

/* Append ${in} as a gzip member. */
static void
gzip(const char *in, size_t len, struct buf *out)
{
	z_stream z;
	char *to;

	memset(&z, 0, sizeof(z));
	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8,
			     Z_DEFAULT_STRATEGY),
	    Z_OK);
	assert_non_null(to = buf_reserve(out, deflateBound(&z, len)));
	z.next_in = (const Bytef *)in;
	z.avail_in = (uInt)len;
	z.next_out = (Bytef *)to;
	z.avail_out = (uInt)deflateBound(&z, len);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	out->len += z.total_out;
	deflateEnd(&z);
}

static void
test_gzip(void **state)
{
	static const char text[] = "#!/bin/sh\nroute add 10.2.116.14\n";
	struct buf b = BUF_EMPTY, c = BUF_EMPTY;
	size_t i;

	(void)state;
	gzip(text, strlen(text), &b);
	check(b.data, b.len, "gzip:#!/bin/sh\nroute add 10.2.116.14\n|");
	assert_int_equal(base64_encode(b.data, b.len, &c), 0);
	check(c.data, c.len, "base64 gzip:#!/bin/sh\nroute add 10.2.116.14\n|");
	/* Two members; a tail that is none; a damaged checksum. */
	gzip("::1", 3, &b);
	check(b.data, b.len, "gzip:#!/bin/sh\nroute add 10.2.116.14\n::1|");
	assert_int_equal(buf_adds(&b, "tail"), 0);
	check(b.data, b.len, "gzip:#!/bin/sh\nroute add 10.2.116.14\n::1|");
	buf_clear(&b);
	gzip(text, strlen(text), &b);
	b.data[b.len - 6] ^= 1;
	check(b.data, b.len, "gzip:#!/bin/sh\nroute add 10.2.116.14\n|");
	/* Cut anywhere: never more than was there, and no crash. */
	for (i = 0; i < b.len; i++) {
		struct told t = { BUF_EMPTY, 0, 0 };

		assert_int_equal(inner_walk(b.data, i, tell, &t), 0);
		assert_true(t.most <= strlen(text));
		buf_free(&t.text);
	}
	buf_clear(&c);
	gzip("MTAuMi4xMTYuMTQ=", 16, &c);
	check(c.data, c.len, "gzip:MTAuMi4xMTYuMTQ=|gzip base64:10.2.116.14|");
	buf_free(&b);
	buf_free(&c);
}

/* The second layer is the last one. */
static void
test_depth(void **state)
{
	struct buf a = BUF_EMPTY, b = BUF_EMPTY;

	(void)state;
	gzip("10.2.116.14", 11, &a);
	gzip(a.data, a.len, &b);
	buf_clear(&a);
	gzip(b.data, b.len, &a);
	buf_clear(&b);
	assert_int_equal(base64_encode(a.data, a.len, &b), 0);
	{
		struct told t = { BUF_EMPTY, 0, 0 };

		assert_int_equal(inner_walk(b.data, b.len, tell, &t), 0);
		assert_non_null(strstr(t.text.data, "base64 gzip:"));
		assert_null(memmem(t.text.data, t.text.len, "10.2.", 5));
		buf_free(&t.text);
	}
	buf_free(&a);
	buf_free(&b);
}

/* A bomb, and one in a bomb: no more than the limit is ever decoded. */
static void
test_bomb(void **state)
{
	size_t len = LIMIT_INNER * 3u, i;
	struct buf a = BUF_EMPTY, b = BUF_EMPTY;
	struct told t = { BUF_EMPTY, 0, 0 };
	char *zeros;

	(void)state;
	assert_non_null(zeros = malloc(len));
	memset(zeros, 'A', len);
	gzip(zeros, len, &a);
	assert_true(a.len < len / 500);
	gzip(a.data, a.len, &b);
	assert_int_equal(inner_walk(a.data, a.len, tell, &t), 0);
	assert_int_equal(t.most, LIMIT_INNER);
	assert_int_equal(inner_walk(b.data, b.len, tell, &t), 0);
	assert_int_equal(t.most, LIMIT_INNER);
	/* Base64 of as much. */
	t.most = 0;
	for (i = 0; i + 4 <= len; i += 4)
		memcpy(zeros + i, "YWFh", 4);
	assert_int_equal(inner_walk(zeros, len, tell, &t), 0);
	assert_int_equal(t.most, LIMIT_INNER);
	buf_free(&a);
	buf_free(&b);
	buf_free(&t.text);
	free(zeros);
}

/* What the callback says ends the walk. */
static void
test_answer(void **state)
{
	struct told t = { BUF_EMPTY, 0, 7 };

	(void)state;
	assert_int_equal(
	    inner_walk("TVRBdU1pNHhNVFl1TVRRPQ==", 24, tell, &t), 7);
	assert_string_equal(t.text.data, "base64:MTAuMi4xMTYuMTQ=|");
	buf_free(&t.text);
}

/* Random bytes behind the magic, random base64: nothing but an end. */
static void
test_random(void **state)
{
	static const char digits[] = "ABCabc019+/-_=\n";
	unsigned int seed = 20261122u;
	char bytes[256];
	size_t i, k, len;

	(void)state;
	print_message("# seed %u\n", seed);
	for (i = 0; i < 20000; i++) {
		struct told t = { BUF_EMPTY, 0, 0 };

		len = (size_t)rand_r(&seed) % sizeof(bytes);
		for (k = 0; k < len; k++)
			bytes[k] = i % 2 ? digits[(size_t)rand_r(&seed) % 15]
					 : (char)rand_r(&seed);
		if (i % 2 == 0 && len > 3)
			memcpy(bytes, "\x1f\x8b\x08", 3);
		assert_int_equal(inner_walk(bytes, len, tell, &t), 0);
		buf_free(&t.text);
	}
}

/* Text, words, and coded text with a byte here and there that is another. */
static void
make_value(unsigned int *seed, struct buf *b)
{
	static const char *const words[] = { "10.2.116.14", "::1", "volume_id",
		"platform", "\xc3\xa4", "\n", " ", "x", "=", "/", "+", "-",
		"_" };
	static const char bytes[] = "Aa0+/-_=\n\r \"\\\x01\x80.\x1f";
	struct buf text = BUF_EMPTY;
	size_t i, n = (size_t)rand_r(seed) % 8;

	for (i = 0; i < n; i++)
		assert_int_equal(
		    buf_adds(&text, words[(size_t)rand_r(seed) % 13]), 0);
	buf_clear(b);
	assert_int_equal(buf_adds(b, ""), 0);
	if (n > 0 && rand_r(seed) % 4)
		assert_int_equal(base64_encode(text.data, text.len, b), 0);
	else
		assert_int_equal(buf_add(b, text.data, text.len), 0);
	for (i = 0; i < b->len; i++)
		if (rand_r(seed) % 64 == 0)
			b->data[i] = bytes[(size_t)rand_r(seed) % 17];
	/* Cut anywhere: the padding, too. */
	if (rand_r(seed) % 2)
		b->len -= (size_t)rand_r(seed) % (b->len / 4 + 1);
	buf_free(&text);
}

/* The quick way finds what the slow way does, and passes by nothing of it. */
static void
test_slow(void **state)
{
	unsigned int seed = chance_start();
	struct buf b = BUF_EMPTY, want = BUF_EMPTY, all = BUF_EMPTY;
	size_t i, found = 0;
	int is;

	(void)state;
	for (i = 0; i < 50000; i++) {
		struct told t = { BUF_EMPTY, 0, 0 };

		make_value(&seed, &b);
		is = slow_base64(b.data, b.len, &want);
		assert_int_equal(inner_walk(b.data, b.len, tell, &t), 0);
		assert_int_equal(t.text.len > 0, is);
		if (is) {
			assert_true(t.most >= want.len);
			assert_memory_equal(
			    t.text.data, "base64:", strlen("base64:"));
			assert_memory_equal(t.text.data + strlen("base64:"),
			    want.data, want.len < 80 ? want.len : 80);
			assert_true(inner_may(b.data, b.len));
			found++;
		}
		/* Between quotes, behind what is none. */
		buf_clear(&all);
		assert_int_equal(buf_adds(&all, i % 2 ? "[\"" : "\"\",\""), 0);
		assert_int_equal(buf_add(&all, b.data, b.len), 0);
		assert_int_equal(buf_adds(&all, "\"]"), 0);
		assert_true(!is || inner_may_quoted(all.data, all.len));
		buf_free(&t.text);
	}
	assert_true(found > 5000 && found < 45000);
	print_message("# %zu of %zu are base64\n", found, i);
	buf_free(&b);
	buf_free(&want);
	buf_free(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_base64),
		cmocka_unit_test(test_gzip),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_bomb),
		cmocka_unit_test(test_answer),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_slow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
