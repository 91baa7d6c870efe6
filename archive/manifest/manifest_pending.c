#include "archive/manifest/manifest_pending.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"

#define FIRST_SLOTS 64

/* Addresses of one value that are looked at before they are added. */
#define LOOK_AHEAD 64

/* Where the table lies is in it: nobody can choose addresses that collide. */
static size_t
first_slot(const struct pending *p, const struct address *a)
{
	uint64_t low = 0, high = 0, h = (uintptr_t)p->slots;

	memcpy(&low, a->bytes, a->family == 4 ? 4 : 8);
	if (a->family == 6)
		memcpy(&high, a->bytes + 8, 8);
	h = (h ^ low) * 0x9e3779b97f4a7c15u;
	h ^= h >> 32;
	h = (h ^ high) * 0xd6e8feb86659fd93u;
	return (size_t)(h ^ h >> 32) & (p->nslots - 1);
}

/* The slot of an address, or the free one that it would have. */
static struct pending_count *
find(const struct pending *p, const struct address *a)
{
	size_t i = first_slot(p, a);

	while (p->slots[i].n != 0 && address_compare(&p->slots[i].addr, a) != 0)
		i = (i + 1) & (p->nslots - 1);
	return &p->slots[i];
}

/* Room for one more. */
static int
spread(struct pending *p)
{
	struct pending more = { NULL, p->n, FIRST_SLOTS };
	size_t i;

	if (p->n * 2 < p->nslots)
		return 0;
	if (p->nslots > 0)
		more.nslots = p->nslots * 2;
	if ((more.slots = calloc(more.nslots, sizeof(*more.slots))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < p->nslots; i++)
		if (p->slots[i].n != 0)
			*find(&more, &p->slots[i].addr) = p->slots[i];
	free(p->slots);
	*p = more;
	return 0;
}

int
pending_add(struct pending *p, const struct address *a, uint64_t n)
{
	struct pending_count *c;

	if (spread(p) == -1)
		return -1;
	c = find(p, a);
	if (c->n == 0) {
		c->addr = *a;
		p->n++;
	}
	c->n += n;
	return 0;
}

int
pending_add_bytes(struct pending *p, const char *bytes, size_t len)
{
	struct address_token token;
	size_t pos = 0;

	while (address_next(bytes, len, &pos, &token))
		if (pending_add(p, &token.addr, 1) == -1)
			return -1;
	return 0;
}

/* The quote that ends the string which goes on at ${i}, or ${len}. */
static size_t
string_end(const char *bytes, size_t len, size_t i)
{

	for (; i < len && bytes[i] != '"'; i++)
		if (bytes[i] == '\\')
			i++;
	return i < len ? i : len;
}

/* Does the quote at ${i} end the name of a member? */
static int
ends_name(const char *bytes, size_t len, size_t i)
{

	for (i++; i < len && memchr(" \t\r\n", bytes[i], 4) != NULL;)
		i++;
	return i < len && bytes[i] == ':';
}

int
pending_add_json(struct pending *p, const char *bytes, size_t len)
{
	struct address found[LOOK_AHEAD];
	struct address_token token;
	size_t i, n = 0, pos = 0, end = 0;

	while (address_next(bytes, len, &pos, &token)) {
		/* Each string is looked at once, whatever stands in it. */
		if (pos > end) {
			end = string_end(bytes, len, pos);
			if (ends_name(bytes, len, end))
				return 0;
		}
		if (n < LOOK_AHEAD)
			found[n] = token.addr;
		n++;
	}
	if (n > LOOK_AHEAD)
		return pending_add_bytes(p, bytes, len) == -1 ? -1 : 1;
	for (i = 0; i < n; i++)
		if (pending_add(p, &found[i], 1) == -1)
			return -1;
	return 1;
}

int
pending_merge(struct pending *p, const struct pending *from)
{
	size_t i;

	for (i = 0; i < from->nslots; i++)
		if (from->slots[i].n != 0 &&
		    pending_add(p, &from->slots[i].addr, from->slots[i].n) ==
			-1)
			return -1;
	return 0;
}

void
pending_free(struct pending *p)
{

	free(p->slots);
	memset(p, 0, sizeof(*p));
}
