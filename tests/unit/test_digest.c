#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bundle/base64.h"
#include "archive/bundle/digest.h"

/* FIPS 180-2, appendix B. */
static const struct vector {
	const char *bytes, *hex;
} vectors[] = {
	{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85"
	      "5" },
	{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f2001"
		 "5ad" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c"
	    "1" },
};

static void
test_vectors(void **state)
{
	struct digest *d = digest_new();
	char hex[65];
	size_t i, k;

	(void)state;
	assert_non_null(d);
	for (i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		assert_int_equal(digest_bytes(vectors[i].bytes,
				     strlen(vectors[i].bytes), hex),
		    0);
		assert_string_equal(hex, vectors[i].hex);
		/* Byte by byte; and each starts again from nothing. */
		for (k = 0; k < strlen(vectors[i].bytes); k++)
			assert_int_equal(
			    digest_add(d, vectors[i].bytes + k, 1), 0);
		assert_int_equal(digest_hex(d, hex), 0);
		assert_string_equal(hex, vectors[i].hex);
	}
	digest_free(d);
	digest_free(NULL);
}

/* As it is added, and in a thread of its own: each time from nothing. */
static void
test_million(void **state)
{
	struct digest *d = digest_new();
	char chunk[1000], hex[65];
	int i, round;

	(void)state;
	memset(chunk, 'a', sizeof(chunk));
	for (round = 0; round < 4; round++) {
		if (round % 2 == 1)
			assert_int_equal(digest_aside(d), 0);
		for (i = 0; i < 1000; i++)
			assert_int_equal(
			    digest_add(d, chunk, sizeof(chunk)), 0);
		assert_int_equal(digest_hex(d, hex), 0);
		assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809"
					 "a48a497200e046d39ccc71"
					 "12cd0");
	}
	/* Left before its end. */
	assert_int_equal(digest_aside(d), 0);
	assert_int_equal(digest_add(d, chunk, sizeof(chunk)), 0);
	digest_free(d);
}

/* RFC 4648 section 10. */
static void
test_base64(void **state)
{
	static const char *const pairs[][2] = { { "", "" }, { "f", "Zg==" },
		{ "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
		{ "\xfb\xff\xbf", "+/+/" } };
	static const char *const bad[] = { "Z", "Zg",
		"Zg=", "Zg===", "Zh==", "Zm9=", "=m8=", "Z===", "Zm 8",
		"Zm8=Zm8=", "Zm8\n", "Zm9_", "Zg=g", "====" };
	struct buf b = BUF_EMPTY;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		buf_clear(&b);
		assert_int_equal(
		    base64_encode(pairs[i][0], strlen(pairs[i][0]), &b), 0);
		assert_string_equal(b.len ? b.data : "", pairs[i][1]);
		buf_clear(&b);
		assert_int_equal(
		    base64_decode(pairs[i][1], strlen(pairs[i][1]), &b), 0);
		assert_string_equal(b.len ? b.data : "", pairs[i][0]);
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (base64_decode(bad[i], strlen(bad[i]), &b) != -1)
			fail_msg("taken: %s", bad[i]);
	buf_free(&b);
}

/* Every length, every byte value: there and back. */
static void
test_base64_round(void **state)
{
	struct buf text = BUF_EMPTY, back = BUF_EMPTY;
	char bytes[256];
	size_t i;

	(void)state;
	for (i = 0; i < 256; i++)
		bytes[i] = (char)i;
	for (i = 0; i <= 256; i++) {
		buf_clear(&text);
		buf_clear(&back);
		assert_int_equal(base64_encode(bytes, i, &text), 0);
		assert_int_equal(base64_decode(text.data, text.len, &back), 0);
		assert_int_equal(back.len, i);
		if (i > 0)
			assert_memory_equal(back.data, bytes, i);
	}
	buf_free(&text);
	buf_free(&back);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_million),
		cmocka_unit_test(test_base64),
		cmocka_unit_test(test_base64_round),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
