#include "archive/look/tally.h"

#include <stdlib.h>
#include <string.h>

#include "archive/fnv.h"
#include "archive/warn.h"

struct slot {
	const char *name;
	size_t len, parent, count; /* count 0: free */
	uint64_t hash;
};

struct tally {
	struct slot *slots;
	size_t cap, used; /* cap is a power of two */
};

struct tally *
tally_new(void)
{
	struct tally *t;

	if ((t = calloc(1, sizeof(*t))) == NULL)
		goto err0;
	t->cap = 64;
	if ((t->slots = calloc(t->cap, sizeof(*t->slots))) == NULL)
		goto err1;
	return t;

err1:
	free(t);
err0:
	warn_msg("out of memory");
	return NULL;
}

void
tally_free(struct tally *t)
{

	if (t == NULL)
		return;
	free(t->slots);
	free(t);
}

static uint64_t
hash_of(size_t parent, const char *name, size_t len)
{
	uint64_t h = fnv(FNV_START ^ (uint64_t)parent, "", 1);

	h = fnv(h, name, len);
	return h ^ h >> 32;
}

/* The slot that holds the name, or the free one where it would go. */
static struct slot *
find(const struct tally *t, uint64_t hash, size_t parent, const char *name,
    size_t len)
{
	size_t i = (size_t)hash & (t->cap - 1);
	struct slot *s;

	for (;; i = (i + 1) & (t->cap - 1)) {
		s = &t->slots[i];
		if (s->count == 0 ||
		    (s->hash == hash && s->parent == parent && s->len == len &&
			memcmp(s->name, name, len) == 0))
			return s;
	}
}

static int
grow(struct tally *t)
{
	struct slot *old = t->slots, *s;
	size_t n = t->cap, i;

	if ((s = calloc(n * 2, sizeof(*s))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	t->slots = s;
	t->cap = n * 2;
	for (i = 0; i < n; i++)
		if (old[i].count > 0)
			*find(t, old[i].hash, old[i].parent, old[i].name,
			    old[i].len) = old[i];
	free(old);
	return 0;
}

size_t
tally_add(struct tally *t, size_t parent, const char *name, size_t len)
{
	uint64_t hash = hash_of(parent, name, len);
	struct slot *s;

	if (t->used * 2 >= t->cap && grow(t))
		return 0;
	s = find(t, hash, parent, name, len);
	if (s->count == 0) {
		s->name = name;
		s->len = len;
		s->parent = parent;
		s->hash = hash;
		t->used++;
	}
	return ++s->count;
}

size_t
tally_count(const struct tally *t, size_t parent, const char *name, size_t len)
{

	return find(t, hash_of(parent, name, len), parent, name, len)->count;
}
