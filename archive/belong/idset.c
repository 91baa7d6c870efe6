#include "archive/belong/idset.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"
#include "archive/fnv.h"
#include "archive/warn.h"

struct entry {
	size_t at;
	uint32_t len;
	uint32_t level;
};

struct idset {
	struct buf bytes;
	struct entry *entries;
	size_t n, room;
	uint32_t *slots; /* 0: free, else an entry's number from 1 */
	size_t nslots;   /* a power of two, at least twice n */
	uint32_t *events;
	size_t nevents, events_room;
	uint32_t *order;
	/* While sorting. */
	idset_compare *compare;
	const void *cookie;
};

struct idset *
idset_new(void)
{
	struct idset *s = calloc(1, sizeof(*s));

	if (s == NULL)
		warn_msg("out of memory");
	return s;
}

void
idset_free(struct idset *s)
{

	if (s == NULL)
		return;
	buf_free(&s->bytes);
	free(s->entries);
	free(s->slots);
	free(s->events);
	free(s->order);
	free(s);
}

/* Grow an array to hold one more than ${n}. */
static int
grow(void *array, size_t n, size_t *room, size_t size)
{
	void **p = array, *more;
	size_t want;

	if (n < *room)
		return 0;
	want = *room == 0 ? 64 : *room * 2;
	if (want > UINT32_MAX / 2 || want > SIZE_MAX / size ||
	    (more = realloc(*p, want * size)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	*p = more;
	*room = want;
	return 0;
}

static uint64_t
hash(const char *data, size_t len)
{
	uint64_t h = fnv(FNV_START, data, len);

	return h ^ (h >> 29);
}

/* The slot where a value stands or would. */
static size_t
find(const struct idset *s, const char *data, size_t len)
{
	const struct entry *e;
	size_t i;

	for (i = (size_t)hash(data, len) & (s->nslots - 1); s->slots[i] != 0;
	     i = (i + 1) & (s->nslots - 1)) {
		e = &s->entries[s->slots[i] - 1];
		if (e->len == len &&
		    memcmp(s->bytes.data + e->at, data, len) == 0)
			break;
	}
	return i;
}

/* Twice the slots, or the first ones. */
static int
spread(struct idset *s)
{
	const struct entry *e;
	uint32_t *old = s->slots;
	size_t i;

	if (s->n * 2 < s->nslots)
		return 0;
	s->nslots = s->nslots == 0 ? 128 : s->nslots * 2;
	if ((s->slots = calloc(s->nslots, sizeof(*s->slots))) == NULL) {
		s->slots = old;
		s->nslots /= 2;
		warn_msg("out of memory");
		return -1;
	}
	free(old);
	for (i = 0; i < s->n; i++) {
		e = &s->entries[i];
		s->slots[find(s, s->bytes.data + e->at, e->len)] =
		    (uint32_t)i + 1;
	}
	return 0;
}

int
idset_add(struct idset *s, const void *data, size_t len, enum idset_level level)
{
	struct entry *e;
	size_t slot;

	if (len > UINT32_MAX || spread(s) ||
	    grow(&s->entries, s->n, &s->room, sizeof(*s->entries)) ||
	    grow(&s->events, s->nevents, &s->events_room, sizeof(*s->events)))
		return -1;
	slot = find(s, data, len);
	if (s->slots[slot] == 0) {
		e = &s->entries[s->n];
		*e = (struct entry){ s->bytes.len, (uint32_t)len, level };
		/* The NUL byte keeps the bytes of an empty value in place. */
		if (buf_add(&s->bytes, data, len) || buf_addc(&s->bytes, '\0'))
			return -1;
		s->slots[slot] = (uint32_t)++s->n;
	} else {
		e = &s->entries[s->slots[slot] - 1];
		if (e->level >= level)
			return 0;
		e->level = level;
	}
	s->events[s->nevents++] = (uint32_t)(e - s->entries);
	return 1;
}

int
idset_has(const struct idset *s, const void *data, size_t len)
{

	return s->nslots > 0 && s->slots[find(s, data, len)] != 0;
}

size_t
idset_count(const struct idset *s)
{

	return s->n;
}

size_t
idset_events(const struct idset *s)
{

	return s->nevents;
}

static void
value(const struct idset *s, size_t entry, struct idset_value *v)
{
	const struct entry *e = &s->entries[entry];

	v->data = s->bytes.data + e->at;
	v->len = e->len;
	v->level = (enum idset_level)e->level;
}

void
idset_event(const struct idset *s, size_t i, struct idset_value *v)
{

	value(s, s->events[i], v);
}

static int
compare(const void *a, const void *b, void *cookie)
{
	const struct idset *s = cookie;
	struct idset_value x, y;

	value(s, *(const uint32_t *)a, &x);
	value(s, *(const uint32_t *)b, &y);
	return s->compare(s->cookie, &x, &y);
}

int
idset_sort(struct idset *s, idset_compare *how, const void *cookie)
{
	size_t i;

	free(s->order);
	if ((s->order = calloc(s->n + 1, sizeof(*s->order))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < s->n; i++)
		s->order[i] = (uint32_t)i;
	s->compare = how;
	s->cookie = cookie;
	qsort_r(s->order, s->n, sizeof(*s->order), compare, s);
	return 0;
}

void
idset_sorted(const struct idset *s, size_t i, struct idset_value *v)
{

	value(s, s->order[i], v);
}
