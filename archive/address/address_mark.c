#include "archive/address/address_mark.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define BLOCK 64u

/* One bit for each byte of a block.  ${high}: what could be part of a group,
 * '0' and above in ASCII; that it is hex is for the scanner to see. */
struct kinds {
	uint64_t digit, high, join, colon;
};

#ifdef __SSE2__
static uint64_t
bits_of(__m128i v)
{

	return (unsigned)_mm_movemask_epi8(v);
}

static struct kinds
look16(const unsigned char *d)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)d);
	__m128i off = _mm_sub_epi8(v, _mm_set1_epi8('0'));
	struct kinds k;

	k.digit =
	    bits_of(_mm_cmpeq_epi8(_mm_min_epu8(off, _mm_set1_epi8(9)), off));
	k.high = bits_of(_mm_cmpgt_epi8(v, _mm_set1_epi8('/')));
	k.join = bits_of(_mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('.')),
	    _mm_cmpeq_epi8(v, _mm_set1_epi8('-'))));
	k.colon = bits_of(_mm_cmpeq_epi8(v, _mm_set1_epi8(':')));
	return k;
}

static struct kinds
look(const unsigned char *d)
{
	struct kinds a = look16(d), b = look16(d + 16), c = look16(d + 32),
		     e = look16(d + 48);

	a.digit |= b.digit << 16 | c.digit << 32 | e.digit << 48;
	a.high |= b.high << 16 | c.high << 32 | e.high << 48;
	a.join |= b.join << 16 | c.join << 32 | e.join << 48;
	a.colon |= b.colon << 16 | c.colon << 32 | e.colon << 48;
	return a;
}
#else
static struct kinds
look(const unsigned char *d)
{
	struct kinds k = { 0, 0, 0, 0 };
	uint64_t one = 1;
	size_t i;

	for (i = 0; i < BLOCK; i++, one <<= 1) {
		if (d[i] >= '0' && d[i] <= '9')
			k.digit |= one;
		if (d[i] >= '0' && d[i] < 0x80)
			k.high |= one;
		if (d[i] == '.' || d[i] == '-')
			k.join |= one;
		if (d[i] == ':')
			k.colon |= one;
	}
	return k;
}
#endif

/* The first and the last byte, whose neighbours are outside. */
#define FIRST ((uint64_t)1)
#define LAST  ((uint64_t)1 << 63)

/* Which have one of ${bits} two to four above, or the end of the block. */
static uint64_t
near4(uint64_t bits)
{

	return bits >> 2 | bits >> 3 | bits >> 4 | (uint64_t)0xf << 60;
}

static uint64_t
near5(uint64_t bits)
{

	return near4(bits) | bits >> 5 | (uint64_t)1 << 59;
}

/* Colons in enough company to be an IPv6 address's. */
static uint64_t
in_company(uint64_t colons)
{
	uint64_t bits = colons;
	int more;

	for (more = 0; more < 5 && bits != 0; more++)
		bits = colons & near5(bits);
	return bits;
}

/* The marks of 64 bytes: what could be one by way of bytes outside, is one. */
static uint64_t
marks_of(const unsigned char *d)
{
	struct kinds k = look(d);
	uint64_t joins, gaps, colons;

	joins = k.join & (k.digit << 1 | FIRST) & (k.digit >> 1 | LAST);
	joins &= near4(joins & near4(joins));
	gaps = k.colon & k.colon >> 1;
	colons =
	    gaps | (k.colon & (((k.high << 1 | FIRST) & k.high >> 1) | LAST));
	return joins | (gaps != 0 ? colons : in_company(colons));
}

/* The marks of the block at base. */
static uint64_t
block_marks(const struct address_marks *m)
{
	unsigned char last[BLOCK] = { 0 };
	size_t left = m->len - m->base;

	if (left >= BLOCK)
		return marks_of(m->d + m->base);
	memcpy(last, m->d + m->base, left);
	return marks_of(last);
}

void
address_marks_start(
    struct address_marks *m, const unsigned char *d, size_t len, size_t from)
{

	m->d = d;
	m->len = len;
	m->base = from;
	m->bits = block_marks(m);
}

size_t
address_marks_next(struct address_marks *m)
{
	size_t i;

	while (m->bits == 0) {
		if (m->len - m->base <= BLOCK)
			return m->len;
		m->base += BLOCK;
		m->bits = m->len - m->base < BLOCK ? block_marks(m)
						   : marks_of(m->d + m->base);
	}
	i = m->base + (size_t)__builtin_ctzll(m->bits);
	m->bits &= m->bits - 1;
	return i;
}

void
address_marks_pass(struct address_marks *m, size_t i)
{

	if (i <= m->base)
		return;
	if (i - m->base < BLOCK) {
		m->bits &= ~(uint64_t)0 << (i - m->base);
		return;
	}
	m->base = i;
	m->bits = block_marks(m);
}
