/* A zstd frame as a stream: small, and so large that a thread unpacks it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/buf.h"
#include "archive/bundle/zst.h"
#include "archive/warn.h"

/* Stored bytes, given in pieces of at most ${step}. */
struct stored {
	struct buf bytes;
	size_t pos, step, fail_at;
};

static int
keep(void *cookie, const void *bytes, size_t len)
{

	return buf_add(cookie, bytes, len);
}

static ssize_t
give(void *cookie, void *to, size_t len)
{
	struct stored *s = cookie;

	if (s->fail_at > 0 && s->pos >= s->fail_at)
		return -1;
	if (len > s->step)
		len = s->step;
	if (len > s->bytes.len - s->pos)
		len = s->bytes.len - s->pos;
	if (len > 0)
		memcpy(to, s->bytes.data + s->pos, len);
	s->pos += len;
	return (ssize_t)len;
}

/* Bytes that zstd halves, about. */
static unsigned char *
made(size_t len)
{
	unsigned char *bytes = malloc(len + 1);
	uint32_t x = 12345;
	size_t i;

	assert_non_null(bytes);
	for (i = 0; i < len; i++) {
		x = x * 1664525 + 1013904223;
		bytes[i] = (unsigned char)('a' + (x >> 24) % 16);
	}
	return bytes;
}

static void
pack(struct stored *s, const unsigned char *bytes, size_t len)
{
	struct zst_writer *w;

	memset(s, 0, sizeof(*s));
	s->step = SIZE_MAX;
	assert_non_null(w = zst_writer_new(ZST_FAST, keep, &s->bytes));
	assert_int_equal(zst_write(w, bytes, len), 0);
	assert_int_equal(zst_end(w), 0);
	zst_writer_free(w);
}

/* Read all, in pieces: how it ends; ${*got} bytes, which are the first of
 * ${bytes}. */
static int
unpack(struct stored *s, const unsigned char *bytes, size_t piece, size_t *got)
{
	unsigned char *room = malloc(piece);
	struct zst_reader *r;
	ssize_t n;

	assert_non_null(room);
	*got = s->pos = 0;
	assert_non_null(r = zst_reader_new("x", give, s));
	while ((n = zst_read(r, room, piece)) > 0) {
		assert_memory_equal(room, bytes + *got, (size_t)n);
		*got += (size_t)n;
	}
	if (n == 0)
		assert_int_equal(zst_read(r, room, piece), 0);
	zst_reader_free(r);
	free(room);
	return (int)n;
}

static const size_t sizes[] = { 0, 1, 1000, (1 << 20) - 1, 1 << 20,
	(1 << 20) + 1, 3 << 20, (6 << 20) + 77 };
#define SIZES (sizeof(sizes) / sizeof(sizes[0]))

static void
test_whole(void **state)
{
	static const size_t pieces[] = { 4096, 65536, 1 << 20 };
	static const size_t steps[] = { 1000, 131072 };
	struct stored s;
	unsigned char *bytes = made(sizes[SIZES - 1]);
	size_t i, k, m, got;

	(void)state;
	for (i = 0; i < SIZES; i++) {
		pack(&s, bytes, sizes[i]);
		for (k = 0; k < 3; k++)
			for (m = 0; m < 2; m++) {
				s.step = steps[m];
				assert_int_equal(
				    unpack(&s, bytes, pieces[k], &got), 0);
				assert_int_equal(got, sizes[i]);
			}
		buf_free(&s.bytes);
	}
	free(bytes);
}

static void
test_wrong(void **state)
{
	unsigned char *bytes = made(sizes[SIZES - 1]);
	size_t i, got, len;
	struct stored s;

	(void)state;
	for (i = 1; i < SIZES; i++) {
		pack(&s, bytes, sizes[i]);
		len = s.bytes.len;
		/* A byte behind the frame. */
		assert_int_equal(buf_addc(&s.bytes, 'x'), 0);
		assert_int_equal(unpack(&s, bytes, 65536, &got), -1);
		assert_int_equal(got, sizes[i]);
		s.step = len;
		assert_int_equal(unpack(&s, bytes, 65536, &got), -1);
		s.step = SIZE_MAX;
		/* Without its last byte, and half of it. */
		s.bytes.len = len - 1;
		assert_int_equal(unpack(&s, bytes, 65536, &got), -1);
		s.bytes.len = len / 2;
		assert_int_equal(unpack(&s, bytes, 65536, &got), -1);
		/* The frame's checksum is over all of it. */
		s.bytes.len = len;
		s.bytes.data[len - 1] ^= 1;
		assert_int_equal(unpack(&s, bytes, 65536, &got), -1);
		buf_free(&s.bytes);
	}
	free(bytes);
}

static void
test_source_fails(void **state)
{
	unsigned char *bytes = made(6 << 20);
	size_t at, got;
	struct stored s;

	(void)state;
	pack(&s, bytes, 6 << 20);
	for (at = 1; at < s.bytes.len; at += s.bytes.len / 7) {
		s.fail_at = at;
		assert_int_equal(unpack(&s, bytes, 65536, &got), -1);
		assert_true(got < 6 << 20);
	}
	buf_free(&s.bytes);
	free(bytes);
}

/* The thread ends wherever it is. */
static void
test_left(void **state)
{
	unsigned char *bytes = made(8 << 20), room[4096];
	struct zst_reader *r;
	struct stored s;
	size_t i, n;

	(void)state;
	pack(&s, bytes, 8 << 20);
	for (i = 0; i < 40; i++) {
		s.pos = 0;
		assert_non_null(r = zst_reader_new("x", give, &s));
		for (n = 0; n < 240 + i * 40; n++)
			assert_int_equal(
			    zst_read(r, room, sizeof(room)), sizeof(room));
		zst_reader_free(r);
	}
	zst_reader_free(NULL);
	buf_free(&s.bytes);
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_source_fails),
		cmocka_unit_test(test_left),
	};

	warn_quiet(1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
