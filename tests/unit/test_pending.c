/* Counts of addresses: the quick way through JSON finds what place.h does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "archive/address/place.h"
#include "archive/buf.h"
#include "archive/manifest/manifest_pending.h"
#include "tests/unit/chance.h"

static int
count_place(void *cookie, const struct place *place)
{

	return pending_add_bytes(cookie, place->bytes, place->len);
}

static uint64_t
count_of(const struct pending *p, const struct address *a)
{
	size_t i;

	for (i = 0; i < p->nslots; i++)
		if (p->slots[i].n != 0 &&
		    address_compare(&p->slots[i].addr, a) == 0)
			return p->slots[i].n;
	return 0;
}

static int
same(const struct pending *a, const struct pending *b)
{
	size_t i;

	if (a->n != b->n)
		return 0;
	for (i = 0; i < a->nslots; i++)
		if (a->slots[i].n != 0 &&
		    count_of(b, &a->slots[i].addr) != a->slots[i].n)
			return 0;
	return 1;
}

/* The quick way, and what it has to be: 1 when it was taken. */
static int
look(const char *bytes, size_t len)
{
	struct pending quick = { NULL, 0, 0 }, walked = { NULL, 0, 0 };
	int rc;

	assert_int_equal(
	    place_walk(PLACE_JSON, bytes, len, count_place, &walked), 0);
	rc = pending_add_json(&quick, bytes, len);
	assert_in_range(rc, 0, 1);
	if (rc == 0)
		assert_int_equal(quick.n, 0);
	else if (!same(&quick, &walked))
		fail_msg("%.*s", (int)len, bytes);
	pending_free(&quick);
	pending_free(&walked);
	return rc;
}

static const char *const pieces[] = { "10.2.116.14", "10.2.116.140", "fe80::1",
	"::", "::1", "2001:db8:0:1::10.2.116.14", "ip-10-2-116-14",
	"10.2.116.14:", "-", ".", ":", "1", "f", "a", " ", "%20", "%3A", "/24",
	"[", "]", "{", "}", ",", "\\\\", "\\\"", "\\n", "\\f", "\\u0031",
	"\\u00e9", "\xc3\xa9", "=", "fa:16:3e:00:00:01",
	"5bd10000-0000-4000-8000-000000000001" };

#define PIECES ((unsigned)(sizeof(pieces) / sizeof(pieces[0])))

static void
add(struct buf *b, const char *text)
{

	assert_int_equal(buf_adds(b, text), 0);
}

static void
add_string(struct buf *b)
{
	unsigned n = chance(6);

	add(b, "\"");
	for (; n > 0; n--)
		add(b, pieces[chance(PIECES)]);
	add(b, "\"");
}

/* Some JSON value; now and then a member's name is any string. */
static void
add_value(struct buf *b, unsigned depth)
{
	unsigned kind = chance(depth < 4 ? 6 : 3), n;

	if (kind == 0)
		add(b, chance(2) ? "12.5" : "null");
	else if (kind < 3)
		add_string(b);
	if (kind < 3)
		return;
	add(b, kind == 3 ? "[" : "{");
	for (n = chance(4); n > 0; n--) {
		if (kind != 3 && chance(8) == 0)
			add_string(b);
		else if (kind != 3)
			assert_int_equal(buf_addf(b, "\"k%u\"", n), 0);
		if (kind != 3)
			add(b, chance(3) ? ":" : " : ");
		add_value(b, depth + 1);
		add(b, n == 1 ? "" : chance(2) ? "," : ", ");
	}
	add(b, kind == 3 ? "]" : "}");
}

static void
test_random(void **state)
{
	struct buf b = BUF_EMPTY;
	unsigned i, n, taken = 0, left = 0;

	(void)state;
	for (i = 0; i < 20000; i++) {
		buf_clear(&b);
		if (i % 4 != 0)
			add_value(&b, 0);
		else
			for (n = chance(12); n > 0; n--)
				add(&b,
				    chance(4) ? pieces[chance(PIECES)] : "\"");
		/* Cut short, it is JSON no more. */
		if (b.len > 0 && chance(8) == 0)
			b.len = chance((unsigned)b.len);
		if (look(b.len > 0 ? b.data : "", b.len))
			taken++;
		else
			left++;
	}
	assert_in_range(taken, 1000, 20000);
	assert_in_range(left, 10, 20000);
	buf_free(&b);
}

static void
test_names(void **state)
{
	static const char member[] = "{\"10.2.116.14\" : 1}",
			  value[] = "{\"a\":\"b\",\"c\":[\"10.2.116.14\"]}",
			  quoted[] = "{\"a\":\"10.2.116.14\\\":\"}";

	(void)state;
	assert_int_equal(look(member, sizeof(member) - 1), 0);
	assert_int_equal(look(value, sizeof(value) - 1), 1);
	assert_int_equal(look(quoted, sizeof(quoted) - 1), 1);
	assert_int_equal(look("", 0), 1);
}

/* More than are looked at ahead, and more than the first table holds. */
static void
test_many(void **state)
{
	struct pending p = { NULL, 0, 0 }, q = { NULL, 0, 0 };
	struct address a = { 4, { 10, 0, 0, 7 } };
	struct buf b = BUF_EMPTY;
	unsigned i;

	(void)state;
	add(&b, "[\"");
	for (i = 0; i < 1000; i++)
		assert_int_equal(
		    buf_addf(&b, "10.0.%u.%u ", i / 250, i % 250), 0);
	add(&b, "\"]");
	assert_int_equal(look(b.data, b.len), 1);
	assert_int_equal(pending_add_json(&p, b.data, b.len), 1);
	assert_int_equal(p.n, 1000);
	assert_int_equal(pending_add(&q, &a, 41), 0);
	assert_int_equal(pending_merge(&q, &p), 0);
	assert_int_equal(q.n, 1000);
	assert_int_equal(count_of(&q, &a), 42);
	pending_free(&p);
	pending_free(&q);
	assert_int_equal(q.n, 0);
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_many),
	};

	(void)chance_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
