/* Bytes on their way to another thread, and acts that go on in one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "archive/buf.h"
#include "archive/errand.h"
#include "archive/lane.h"

/* What came, and when it is too much. */
struct sink {
	struct buf got;
	size_t most;    /* bytes before it fails */
	unsigned calls; /* that were made behind the failure */
	useconds_t nap;
};

static int
take(void *cookie, const void *bytes, size_t len)
{
	struct sink *s = cookie;

	if (s->nap > 0)
		usleep(s->nap);
	if (s->got.len + len > s->most) {
		s->calls++;
		return -1;
	}
	return buf_add(&s->got, bytes, len);
}

/* Write ${len} bytes, so many at a time: as lane_write says. */
static int
feed(struct lane *l, const char *bytes, size_t len, size_t step)
{
	size_t off, n;

	for (off = 0; off < len; off += n) {
		n = len - off < step ? len - off : step;
		if (lane_write(l, bytes + off, n) == -1)
			return -1;
	}
	return 0;
}

#define MANY ((size_t)3 << 20)

static void
test_order(void **state)
{
	static const size_t steps[] = { 1000, 131072, 131073, 1 << 20, MANY };
	char *bytes = malloc(MANY);
	size_t i;

	(void)state;
	assert_non_null(bytes);
	for (i = 0; i < MANY; i++)
		bytes[i] = (char)(i * 2654435761u >> 16);
	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct sink s = { BUF_EMPTY, SIZE_MAX, 0, i == 3 ? 500 : 0 };
		struct lane *l = lane_open(take, &s);

		assert_non_null(l);
		assert_int_equal(feed(l, bytes, MANY, steps[i]), 0);
		assert_int_equal(lane_end(l), 0);
		assert_int_equal(s.got.len, MANY);
		assert_memory_equal(s.got.data, bytes, MANY);
		buf_free(&s.got);
	}
	free(bytes);
}

static void
test_nothing(void **state)
{
	struct sink s = { BUF_EMPTY, 0, 0, 0 };
	struct lane *l = lane_open(take, &s);

	(void)state;
	assert_non_null(l);
	assert_int_equal(lane_write(l, "", 0), 0);
	assert_int_equal(lane_end(l), 0);
	assert_int_equal(s.calls, 0);
	assert_int_equal(lane_end(NULL), 0);
}

/* A sink that fails stops whoever writes, however much that is, and is not
 * called again. */
static void
test_failing(void **state)
{
	char *bytes = calloc(1, MANY);
	size_t most;

	(void)state;
	assert_non_null(bytes);
	for (most = 0; most < MANY; most += MANY / 3) {
		struct sink s = { BUF_EMPTY, most, 0, 0 };
		struct lane *l = lane_open(take, &s);

		assert_non_null(l);
		assert_int_equal(feed(l, bytes, MANY, 70000), -1);
		assert_int_equal(lane_write(l, bytes, 1), -1);
		assert_int_equal(lane_end(l), -1);
		assert_int_equal(s.calls, 1);
		buf_free(&s.got);
	}
	free(bytes);
}

/* It fails when nothing more is written: the end tells. */
static void
test_failing_last(void **state)
{
	struct sink s = { BUF_EMPTY, 0, 0, 1000 };
	struct lane *l = lane_open(take, &s);

	(void)state;
	assert_non_null(l);
	assert_int_equal(lane_write(l, "x", 1), 0);
	assert_int_equal(lane_end(l), -1);
}

static int
act(void *cookie)
{
	int *n = cookie;

	usleep(1000);
	return ++*n == 3 ? -1 : 0;
}

static void
test_errand(void **state)
{
	int n = 0, want;

	(void)state;
	for (want = 1; want <= 4; want++) {
		struct errand *e = errand_start(act, &n);

		assert_non_null(e);
		assert_int_equal(errand_wait(e), want == 3 ? -1 : 0);
		assert_int_equal(n, want);
	}
	assert_int_equal(errand_wait(NULL), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_failing),
		cmocka_unit_test(test_failing_last),
		cmocka_unit_test(test_errand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
