#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "archive/crew.h"

#define MANY 1000

/* What the acts of a test leave. */
struct left {
	pthread_mutex_t lock;
	size_t done[MANY], last;
	size_t now, most; /* acts at once */
	size_t fails;     /* this one does, and ... */
	size_t fails_too; /* ... this one, later */
};

static void
left_new(struct left *l)
{

	memset(l, 0, sizeof(*l));
	assert_int_equal(pthread_mutex_init(&l->lock, NULL), 0);
	l->fails = l->fails_too = MANY;
}

static void
rest(long microseconds)
{
	struct timespec t = { 0, microseconds * 1000 };

	(void)nanosleep(&t, NULL);
}

static int
act(void *cookie, size_t i)
{
	struct left *l = cookie;

	(void)pthread_mutex_lock(&l->lock);
	l->done[i]++;
	if (++l->now > l->most)
		l->most = l->now;
	(void)pthread_mutex_unlock(&l->lock);
	rest(i == l->fails ? 20000 : 50);
	(void)pthread_mutex_lock(&l->lock);
	l->now--;
	(void)pthread_mutex_unlock(&l->lock);
	return i == l->fails ? 7 : i == l->fails_too ? 8 : 0;
}

static void
test_each_once(void **state)
{
	struct left l;
	size_t i, begun, n;

	(void)state;
	for (n = 0; n <= MANY; n = n == 0 ? 1 : n * 10) {
		left_new(&l);
		assert_int_equal(crew_run(n, act, &l, &begun), 0);
		assert_int_equal(begun, n);
		for (i = 0; i < MANY; i++)
			assert_int_equal(l.done[i], i < n);
		assert_true(l.most <= CREW_SIZE && l.now == 0);
	}
	/* They are at once, where there is more than one. */
	assert_true(l.most > 1);
	assert_int_equal(crew_run(3, act, &l, NULL), 0);
}

/* What failed first in order counts, though it came to its end later; nothing
 * is begun behind it. */
static void
test_fails(void **state)
{
	struct left l;
	size_t i, begun;

	(void)state;
	left_new(&l);
	l.fails = 10;
	l.fails_too = 11;
	assert_int_equal(crew_run(MANY, act, &l, &begun), 7);
	assert_true(begun > 10 && begun < MANY);
	for (i = 0; i < MANY; i++)
		assert_int_equal(l.done[i], i < begun);
	left_new(&l);
	l.fails = 0;
	assert_int_equal(crew_run(1, act, &l, &begun), 7);
	assert_int_equal(begun, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_once),
		cmocka_unit_test(test_fails),
	};

	return cmocka_run_group_tests_name("crew", tests, NULL, NULL);
}
