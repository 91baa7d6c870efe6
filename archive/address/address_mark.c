#include "archive/address/address_mark.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "archive/address/address_text.h"

#define BLOCK 64u

/* One bit for each byte of a block. */
struct kinds {
	uint64_t digit, hex, join, colon; /* join: . and - */
};

#ifdef __SSE2__
/* 0xff where a byte is one of ${n} in a row from ${first}. */
static __m128i
in_row(__m128i v, char first, char n)
{
	__m128i off = _mm_sub_epi8(v, _mm_set1_epi8(first));

	return _mm_cmpeq_epi8(
	    _mm_min_epu8(off, _mm_set1_epi8((char)(n - 1))), off);
}

static uint64_t
bits_of(__m128i v, size_t at)
{

	return (uint64_t)(unsigned)_mm_movemask_epi8(v) << at;
}

static struct kinds
look(const unsigned char *d)
{
	struct kinds k = { 0, 0, 0, 0 };
	__m128i v, digit, letter, join;
	size_t i;

	for (i = 0; i < BLOCK; i += 16) {
		v = _mm_loadu_si128((const __m128i *)(const void *)(d + i));
		digit = in_row(v, '0', 10);
		letter = in_row(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 6);
		join = in_row(v, '-', 2);
		k.digit |= bits_of(digit, i);
		k.hex |= bits_of(_mm_or_si128(digit, letter), i);
		k.join |= bits_of(join, i);
		k.colon |= bits_of(_mm_cmpeq_epi8(v, _mm_set1_epi8(':')), i);
	}
	return k;
}
#else
static struct kinds
look(const unsigned char *d)
{
	struct kinds k = { 0, 0, 0, 0 };
	uint64_t one = 1;
	size_t i;

	for (i = 0; i < BLOCK; i++, one <<= 1) {
		if (address_class[d[i]] & CLASS_DIGIT)
			k.digit |= one;
		if (address_class[d[i]] & CLASS_HEX)
			k.hex |= one;
		if (d[i] == '.' || d[i] == '-')
			k.join |= one;
		if (d[i] == ':')
			k.colon |= one;
	}
	return k;
}
#endif

/* The marks of the block at base. */
static uint64_t
block_marks(const struct address_marks *m)
{
	unsigned char last[BLOCK] = { 0 };
	const unsigned char *d = m->d + m->base;
	uint64_t before = 0, behind = 0;
	struct kinds k;

	if (m->len - m->base < BLOCK) {
		memcpy(last, d, m->len - m->base);
		k = look(last);
	} else {
		k = look(d);
		if (m->len - m->base > BLOCK)
			behind = d[BLOCK];
	}
	if ((k.join | k.colon) == 0)
		return 0;
	if (m->base > 0)
		before = d[-1];
	/* The neighbours' classes, moved on to the byte that they stand beside.
	 */
	before = address_class[before];
	k.join &=
	    (k.digit << 1 | ((before & CLASS_DIGIT) != 0)) &
	    (k.digit >> 1 |
		(uint64_t)((address_class[behind] & CLASS_DIGIT) != 0) << 63);
	k.colon &= (k.colon >> 1 | (uint64_t)(behind == ':') << 63) |
		   ((k.hex << 1 | ((before & CLASS_HEX) != 0)) &
		       (k.hex >> 1 |
			   (uint64_t)((address_class[behind] & CLASS_HEX) != 0)
			       << 63));
	return k.join | k.colon;
}

void
address_marks_start(
    struct address_marks *m, const unsigned char *d, size_t len, size_t from)
{

	m->d = d;
	m->len = len;
	m->base = from;
	m->bits = from < len ? block_marks(m) : 0;
}

size_t
address_marks_next(struct address_marks *m)
{
	size_t i;

	while (m->bits == 0) {
		if (m->len - m->base <= BLOCK)
			return m->len;
		m->base += BLOCK;
		m->bits = block_marks(m);
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
	m->bits = i < m->len ? block_marks(m) : 0;
}
