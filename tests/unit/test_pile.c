/* pile: records sorted, however little room they have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/look/pile.h"
#include "tests/unit/chance.h"

/* A key of a few bytes, any of them, and which one it is. */
struct made {
	char key[24];
	size_t klen;
	uint32_t n;
};

static int
by_key(const void *a, const void *b)
{
	const struct made *x = a, *y = b;
	int rc = memcmp(x->key, y->key, x->klen < y->klen ? x->klen : y->klen);

	if (rc == 0)
		rc = (x->klen > y->klen) - (x->klen < y->klen);
	return rc != 0 ? rc : (x->n > y->n) - (x->n < y->n);
}

/* Many keys are the same, or begin alike. */
static struct made *
make(size_t n)
{
	struct made *all = calloc(n + 1, sizeof(*all));
	size_t i, k;

	assert_non_null(all);
	srandom(chance_start());
	for (i = 0; i < n; i++) {
		all[i].n = (uint32_t)i;
		all[i].klen = (size_t)random() % sizeof(all[i].key);
		for (k = 0; k < all[i].klen; k++)
			all[i].key[k] = (char)(k < 10 ? random() % 2 * 255
						      : random() % 256);
	}
	return all;
}

static void
add(struct pile *p, const struct made *m)
{
	struct pile_record r = { m->key, m->klen, (const char *)&m->n,
		sizeof(m->n) };

	assert_int_equal(pile_add(p, &r), 0);
}

/* Read it: all of ${want}, and no more. */
static void
expect(struct pile *p, const struct made *want, size_t n)
{
	struct pile_record r;
	size_t i;

	assert_int_equal(pile_start(p), 0);
	for (i = 0; i < n; i++) {
		assert_int_equal(pile_next(p, &r), 1);
		assert_int_equal(r.klen, want[i].klen);
		assert_memory_equal(r.key, want[i].key, r.klen);
		assert_int_equal(r.blen, sizeof(want[i].n));
		assert_memory_equal(r.body, &want[i].n, r.blen);
	}
	assert_int_equal(pile_next(p, &r), 0);
	assert_int_equal(pile_next(p, &r), 0);
}

/* With room for one record, for some, for all. */
static void
test_sorted(void **state)
{
	static const struct {
		size_t room, n, runs;
	} cases[] = { { 1u << 20, 5000, 0 }, { 20000, 5000, 4 },
		{ 1000, 3000, 50 }, { 0, 50, 10 }, { 0, 1, 0 },
		{ 1000, 0, 0 } };
	struct made *all;
	struct pile *p;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		all = make(cases[i].n);
		assert_non_null(p = pile_new("a test", cases[i].room));
		for (k = 0; k < cases[i].n; k++)
			add(p, &all[k]);
		qsort(all, cases[i].n, sizeof(*all), by_key);
		expect(p, all, cases[i].n);
		if (cases[i].runs == 0)
			assert_int_equal(pile_runs(p), 0);
		else
			assert_true(pile_runs(p) >= cases[i].runs);
		/* Once more, and once more when it was not read to its end. */
		expect(p, all, cases[i].n);
		assert_int_equal(pile_start(p), 0);
		expect(p, all, cases[i].n);
		pile_free(p);
		free(all);
	}
	pile_free(NULL);
}

/* A record that is longer than the room, than a window, and than what is laid
 * aside at once. */
static void
test_long(void **state)
{
	static const size_t lens[] = { 70000, 3, 0, 200000, 16384, 5000 };
	const size_t n = sizeof(lens) / sizeof(lens[0]);
	struct pile_record r;
	struct pile *p;
	char *text, key;
	size_t i, k;

	(void)state;
	assert_non_null(text = malloc(200000));
	assert_non_null(p = pile_new("a test", 100));
	for (i = 0; i < n; i++) {
		key = (char)('z' - i);
		memset(text, key, lens[i]);
		r.key = &key;
		r.klen = 1;
		r.body = text;
		r.blen = lens[i];
		assert_int_equal(pile_add(p, &r), 0);
	}
	assert_int_equal(pile_start(p), 0);
	for (i = n; i-- > 0;) {
		assert_int_equal(pile_next(p, &r), 1);
		assert_int_equal(r.key[0], 'z' - (int)i);
		assert_int_equal(r.blen, lens[i]);
		for (k = 0; k < r.blen; k++)
			assert_int_equal(r.body[k], r.key[0]);
	}
	assert_int_equal(pile_next(p, &r), 0);
	pile_free(p);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sorted),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
