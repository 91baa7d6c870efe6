#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "archive/keys/cipher.h"

static void
unhex(const char *hex, unsigned char *to)
{
	unsigned int byte;
	size_t i;

	for (i = 0; hex[2 * i] != '\0'; i++) {
		assert_int_equal(sscanf(hex + 2 * i, "%2x", &byte), 1);
		to[i] = (unsigned char)byte;
	}
}

/* NIST SP 800-38A, F.5.5: CTR-AES256. */
#define KEY "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
#define IV  "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"
#define PLAIN                                                                  \
	("6bc1bee22e409f96e93d7e117393172a"                                    \
	 "ae2d8a571e03ac9c9eb76fac45af8e51"                                    \
	 "30c81c46a35ce411e5fbc1191a0a52ef"                                    \
	 "f69f2445df4f9b17ad2b417be66c3710")
#define SEALED                                                                 \
	("601ec313775789a5b7a7f504bbf3d228"                                    \
	 "f443e3ca4d62b59aca84e990cacaf5c5"                                    \
	 "2b0930daa23de94ce87017ba2d84988d"                                    \
	 "dfc9c58db67aada613c2dd08457941a6")

static void
known_answer(void **state)
{
	unsigned char key[32], iv[16], plain[64], want[64], got[64];
	struct cipher *c;
	size_t step, at, len, i;

	(void)state;
	unhex(KEY, key);
	unhex(IV, iv);
	unhex(PLAIN, plain);
	unhex(SEALED, want);
	/* In pieces of every length; and the same takes it back. */
	for (step = 1; step <= 64; step++) {
		assert_non_null(c = cipher_new(key, iv));
		for (at = 0; at < 64; at += len) {
			len = 64 - at < step ? 64 - at : step;
			assert_int_equal(
			    cipher_apply(c, plain + at, got + at, len), 0);
		}
		assert_memory_equal(got, want, 64);
		assert_int_equal(cipher_seek(c, 0), 0);
		assert_int_equal(cipher_apply(c, got, got, 64), 0);
		assert_memory_equal(got, plain, 64);
		cipher_free(c);
	}
	assert_non_null(c = cipher_new(key, iv));
	for (i = 64; i-- > 0;) {
		assert_int_equal(cipher_seek(c, i), 0);
		assert_int_equal(cipher_apply(c, plain + i, got, 64 - i), 0);
		assert_memory_equal(got, want + i, 64 - i);
	}
	assert_int_equal(cipher_apply(c, plain, got, 0), 0);
	cipher_free(c);
	cipher_free(NULL);
}

/* The counter is all of the 16 bytes: it carries out of each, and over the end.
 * What comes behind the carry is what an IV there gives. */
static void
counter_carries(void **state)
{
	static const char *const cases[][3] = {
		{ "000000000000000000000000000000ff", "16",
		    "00000000000000000000000000000100" },
		{ "0000000000000000ffffffffffffffff", "16",
		    "00000000000000010000000000000000" },
		{ "ffffffffffffffffffffffffffffffff", "16",
		    "00000000000000000000000000000000" },
		{ "00000000000000000000000000000000", "68719476736",
		    "00000000000000000000000100000000" },
		{ "fffffffffffffffffffffffffffffff0", "1152921504606846976",
		    "000000000000000000fffffffffffff0" },
	};
	unsigned char key[32], iv[16], zero[32] = { 0 }, got[32], want[32];
	struct cipher *c;
	size_t i;

	(void)state;
	unhex(KEY, key);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		unhex(cases[i][0], iv);
		assert_non_null(c = cipher_new(key, iv));
		assert_int_equal(
		    cipher_seek(c, strtoull(cases[i][1], NULL, 10)), 0);
		assert_int_equal(cipher_apply(c, zero, got, 32), 0);
		cipher_free(c);
		unhex(cases[i][2], iv);
		assert_non_null(c = cipher_new(key, iv));
		assert_int_equal(cipher_apply(c, zero, want, 32), 0);
		cipher_free(c);
		assert_memory_equal(got, want, 32);
	}
	/* Not by a seek, but by running over it. */
	unhex("ffffffffffffffffffffffffffffffff", iv);
	assert_non_null(c = cipher_new(key, iv));
	assert_int_equal(cipher_apply(c, zero, got, 32), 0);
	cipher_free(c);
	memset(iv, 0, sizeof(iv));
	assert_non_null(c = cipher_new(key, iv));
	assert_int_equal(cipher_apply(c, zero, want, 16), 0);
	cipher_free(c);
	assert_memory_equal(got + 16, want, 16);
}

/* Anywhere in a stream, in any order: as from its start. */
static void
seeks(void **state)
{
	unsigned int seed = (unsigned int)time(NULL);
	unsigned char *whole, got[600];
	struct cipher *c;
	size_t at, len;
	int i;

	(void)state;
	printf("seed %u\n", seed);
	assert_non_null(whole = calloc(1, 100000));
	assert_non_null(c = cipher_private());
	assert_int_equal(cipher_apply(c, whole, whole, 100000), 0);
	for (i = 0; i < 2000; i++) {
		at = (size_t)rand_r(&seed) % 99000;
		len = (size_t)rand_r(&seed) % sizeof(got);
		memset(got, 0, sizeof(got));
		assert_int_equal(cipher_seek(c, at), 0);
		assert_int_equal(cipher_apply(c, got, got, len), 0);
		assert_memory_equal(got, whole + at, len);
	}
	cipher_free(c);
	free(whole);
}

/* No two private ones are alike, and random bytes are other ones each time. */
static void
private_ones_differ(void **state)
{
	unsigned char bytes[2][32] = { { 0 } };
	struct cipher *c;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		assert_non_null(c = cipher_private());
		assert_int_equal(cipher_apply(c, bytes[i], bytes[i], 32), 0);
		cipher_free(c);
	}
	assert_memory_not_equal(bytes[0], bytes[1], 32);
	assert_int_equal(cipher_random(bytes[0], 32), 0);
	assert_int_equal(cipher_random(bytes[1], 32), 0);
	assert_memory_not_equal(bytes[0], bytes[1], 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_answer),
		cmocka_unit_test(counter_carries),
		cmocka_unit_test(seeks),
		cmocka_unit_test(private_ones_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
