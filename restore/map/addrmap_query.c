#include <string.h>

#include "archive/fnv.h"
#include "restore/map/addrmap_inner.h"

/* No longer name is a DNS name. */
#define NAME_LIMIT 255

void
addrmap_cut(struct address *a, int prefix)
{
	size_t n = a->family == 4 ? 4 : 16, i = (size_t)prefix / 8;

	if (i < n) {
		a->bytes[i] &= (unsigned char)(0xff00u >> (prefix % 8));
		memset(a->bytes + i + 1, 0, n - i - 1);
	}
}

static uint64_t
mix(uint64_t h, uint64_t v)
{

	h = (h ^ v) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 29;
}

static uint64_t
hash_address(const struct address *a, int prefix)
{
	uint64_t lo = 0, hi = 0;
	uint32_t v;

	if (a->family == 4) {
		memcpy(&v, a->bytes, 4);
		return mix((uint64_t)prefix + 1, v);
	}
	memcpy(&lo, a->bytes, 8);
	memcpy(&hi, a->bytes + 8, 8);
	return mix(mix((uint64_t)prefix + 256, lo), hi);
}

static uint64_t
hash_string(enum rule_kind kind, const char *s, size_t len)
{

	return mix(fnv(FNV_START ^ (uint64_t)kind, s, len), len);
}

/* Where the hash's bit is. */
static uint64_t
bit_of(const struct table *t, uint64_t hash)
{

	return (hash >> 8) & (t->cap * 2 - 1);
}

static int
may_have(const struct table *t, uint64_t hash)
{
	uint64_t i = bit_of(t, hash);

	return (t->bits[i / 64] >> (i % 64) & 1) != 0;
}

/* The slot of the rule for this range, or the free one that it would get. */
static uint64_t *
address_slot(
    const struct addrmap *m, uint64_t hash, const struct address *a, int prefix)
{
	size_t mask = m->addresses.cap - 1, i = (size_t)hash & mask;
	const struct rule *r;
	uint64_t *s;

	for (;; i = (i + 1) & mask) {
		s = &m->addresses.slots[i];
		if (*s == 0)
			return s;
		if ((*s ^ hash) >> 32 != 0)
			continue;
		r = &m->rules[(uint32_t)*s - 1];
		if (r->prefix == prefix && address_compare(&r->from, a) == 0)
			return s;
	}
}

static uint64_t *
string_slot(const struct addrmap *m, uint64_t hash, enum rule_kind kind,
    const char *text, size_t len)
{
	size_t mask = m->strings.cap - 1, i = (size_t)hash & mask;
	const struct rule *r;
	uint64_t *s;

	for (;; i = (i + 1) & mask) {
		s = &m->strings.slots[i];
		if (*s == 0)
			return s;
		if ((*s ^ hash) >> 32 != 0)
			continue;
		r = &m->rules[(uint32_t)*s - 1];
		if (r->kind == kind && r->old_len == len &&
		    memcmp(r->old, text, len) == 0)
			return s;
	}
}

size_t
addrmap_enter(struct addrmap *m, size_t i)
{
	const struct rule *r = &m->rules[i];
	struct table *t = r->kind == RULE_ADDRESS ? &m->addresses : &m->strings;
	uint64_t hash, bit, *s;

	if (r->kind == RULE_ADDRESS) {
		hash = hash_address(&r->from, r->prefix);
		s = address_slot(m, hash, &r->from, r->prefix);
	} else {
		hash = hash_string(r->kind, r->old, r->old_len);
		s = string_slot(m, hash, r->kind, r->old, r->old_len);
	}
	if (*s != 0)
		return (uint32_t)*s - 1;
	*s = (hash >> 32 << 32) | (uint32_t)(i + 1);
	bit = bit_of(t, hash);
	t->bits[bit / 64] |= (uint64_t)1 << (bit % 64);
	return i;
}

void
addrmap_translate(
    const struct rule *r, const struct address *old, struct address *new)
{
	size_t n = old->family == 4 ? 4 : 16, i = (size_t)r->prefix / 8;
	struct address to = r->to;
	unsigned mask;

	if (i < n) {
		mask = 0xffu >> (r->prefix % 8);
		to.bytes[i] = (unsigned char)((r->to.bytes[i] & ~mask) |
					      (old->bytes[i] & mask));
		memcpy(to.bytes + i + 1, old->bytes + i + 1, n - i - 1);
	}
	*new = to;
}

enum addrmap_answer
addrmap_address(const struct addrmap *m, const struct address *old,
    struct address *new, size_t *rule)
{
	const int *prefix = old->family == 4 ? m->prefixes4 : m->prefixes6;
	size_t n = old->family == 4 ? m->nprefixes4 : m->nprefixes6, i;
	const struct rule *r;
	struct address a = *old;
	uint64_t slot, hash;

	for (i = 0; i < n; i++) {
		addrmap_cut(&a, prefix[i]);
		hash = hash_address(&a, prefix[i]);
		if (!may_have(&m->addresses, hash))
			continue;
		slot = *address_slot(m, hash, &a, prefix[i]);
		if (slot == 0)
			continue;
		r = &m->rules[(uint32_t)slot - 1];
		if (rule != NULL)
			*rule = (uint32_t)slot - 1;
		if (r->keep)
			return ADDRMAP_KEEP;
		addrmap_translate(r, old, new);
		return ADDRMAP_NEW;
	}
	return ADDRMAP_NONE;
}

static const char *
find_string(const struct addrmap *m, enum rule_kind kind, const char *s,
    size_t len, size_t *rule)
{
	uint64_t slot, hash;

	if (m->count[kind] == 0)
		return NULL;
	hash = hash_string(kind, s, len);
	if (!may_have(&m->strings, hash))
		return NULL;
	slot = *string_slot(m, hash, kind, s, len);
	if (slot == 0)
		return NULL;
	if (rule != NULL)
		*rule = (uint32_t)slot - 1;
	return m->rules[(uint32_t)slot - 1].new;
}

/* The same for names, which have no case. */
static const char *
find_name(const struct addrmap *m, enum rule_kind kind, const char *name,
    size_t len, size_t *rule)
{
	char low[NAME_LIMIT];
	size_t i;

	if (len > NAME_LIMIT)
		return NULL;
	for (i = 0; i < len; i++)
		low[i] = name[i] >= 'A' && name[i] <= 'Z'
			     ? (char)(name[i] | 0x20)
			     : name[i];
	return find_string(m, kind, low, len, rule);
}

const char *
addrmap_name(
    const struct addrmap *m, const char *name, size_t len, size_t *rule)
{

	return find_name(m, RULE_NAME, name, len, rule);
}

const char *
addrmap_host(
    const struct addrmap *m, const char *name, size_t len, size_t *rule)
{

	return find_name(m, RULE_HOST, name, len, rule);
}

const char *
addrmap_path(const struct addrmap *m, const char *path, size_t len,
    size_t *oldlen, size_t *rule)
{
	const char *new;

	while (len > 1) {
		/* What is longer than any rule need not be hashed. */
		if (len <= m->longest_path && (new = find_string(m, RULE_PATH,
						   path, len, rule)) != NULL) {
			*oldlen = len;
			return new;
		}
		while (len > 1 && path[--len] != '/')
			;
	}
	return NULL;
}

const char *
addrmap_machine(
    const struct addrmap *m, const char *s, size_t len, size_t *rule)
{

	return find_string(m, RULE_MACHINE, s, len, rule);
}

const char *
addrmap_folder(
    const struct addrmap *m, const char *name, size_t len, size_t *rule)
{

	return find_string(m, RULE_FOLDER, name, len, rule);
}

const char *
addrmap_bridge(const struct addrmap *m, const char *s, size_t len, size_t *rule)
{

	return find_string(m, RULE_BRIDGE, s, len, rule);
}
