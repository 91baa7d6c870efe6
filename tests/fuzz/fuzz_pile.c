/**
 * Records sorted and merged: as a sort of all of them at once has it, whatever
 * the room is.  The input: the room's size, then records, each the lengths of
 * its key and of its body, a byte each, and the key; a body is what is left of
 * the input, as often as it takes.
 */
#include "archive/look/pile.h"
#include "tests/fuzz/fuzz.h"

#define MOST 256

static int
by_key(const void *a, const void *b)
{
	const struct pile_record *x = a, *y = b;
	int rc = memcmp(x->key, y->key, x->klen < y->klen ? x->klen : y->klen);

	if (rc == 0)
		rc = (x->klen > y->klen) - (x->klen < y->klen);
	/* Keys stand in the input in the order in which they came. */
	return rc != 0 ? rc : (x->key > y->key) - (x->key < y->key);
}

/* Each reading gives all of them. */
static void
check(struct pile *p, const struct pile_record *want, size_t n)
{
	struct pile_record r;
	size_t i;

	MUST(pile_start(p) == 0);
	for (i = 0; i < n; i++) {
		MUST(pile_next(p, &r) == 1);
		MUST(r.klen == want[i].klen && r.blen == want[i].blen);
		MUST(memcmp(r.key, want[i].key, r.klen) == 0);
		MUST(memcmp(r.body, want[i].body, r.blen) == 0);
	}
	MUST(pile_next(p, &r) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static char bodies[255 * 64];
	const char *at = (const char *)data, *end = at + len;
	struct pile_record all[MOST], *r;
	struct pile *p;
	size_t n = 0;

	if (len == 0)
		return 0;
	memset(bodies, 'b', sizeof(bodies));
	MUST((p = pile_new("a test", (size_t)data[0] * 16)) != NULL);
	for (at++; n < MOST && end - at >= 2; n++) {
		r = &all[n];
		r->klen = (unsigned char)at[0];
		/* Longer than a window, now and then. */
		r->blen = (size_t)(unsigned char)at[1] * (at[1] & 1 ? 64 : 1);
		r->key = at += 2;
		if (r->klen > (size_t)(end - at))
			r->klen = (size_t)(end - at);
		at += r->klen;
		r->body = bodies + sizeof(bodies) - r->blen;
		MUST(pile_add(p, r) == 0);
	}
	qsort(all, n, sizeof(all[0]), by_key);
	check(p, all, n);
	check(p, all, n);
	pile_free(p);
	return 0;
}
