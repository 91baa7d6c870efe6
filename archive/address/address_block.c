#include "archive/address/address_block.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* One bit for each byte of a block.  ${high}: what could be part of a group,
 * '0' and above in ASCII; that it is hex is for the scanner to see. */
struct kinds {
	uint64_t digit, high, join, colon;
};

/* The first and the last byte, whose neighbours are outside. */
#define FIRST ((uint64_t)1)
#define LAST  ((uint64_t)1 << 63)

/* Which have one of ${bits} two to four above, or the end of the block. */
static inline uint64_t
near4(uint64_t bits)
{

	return bits >> 2 | bits >> 3 | bits >> 4 | (uint64_t)0xf << 60;
}

static inline uint64_t
near5(uint64_t bits)
{

	return near4(bits) | bits >> 5 | (uint64_t)1 << 59;
}

/* Colons in enough company to be an IPv6 address's. */
static inline uint64_t
in_company(uint64_t colons)
{
	uint64_t bits = colons;
	int more;

	for (more = 0; more < 5 && bits != 0; more++)
		bits = colons & near5(bits);
	return bits;
}

static inline uint64_t
marks_of(const struct kinds *k)
{
	uint64_t joins, gaps, colons;

	joins = k->join & (k->digit << 1 | FIRST) & (k->digit >> 1 | LAST);
	if (joins != 0)
		joins &= near4(joins & near4(joins));
	if (k->colon == 0)
		return joins;
	gaps = k->colon & k->colon >> 1;
	colons = gaps |
		 (k->colon & (((k->high << 1 | FIRST) & k->high >> 1) | LAST));
	return joins | (gaps != 0 ? colons : in_company(colons));
}

static size_t
find_bytes(const unsigned char *d, size_t n, uint64_t *bits)
{
	struct kinds k;
	uint64_t one;
	size_t i, at;

	*bits = 0;
	for (i = 0; i < n; i++, d += ADDRESS_BLOCK) {
		k = (struct kinds){ 0, 0, 0, 0 };
		for (at = 0, one = 1; at < ADDRESS_BLOCK; at++, one <<= 1) {
			k.digit |= d[at] >= '0' && d[at] <= '9' ? one : 0;
			k.high |= d[at] >= '0' && d[at] < 0x80 ? one : 0;
			k.join |= d[at] == '.' || d[at] == '-' ? one : 0;
			k.colon |= d[at] == ':' ? one : 0;
		}
		if ((*bits = marks_of(&k)) != 0)
			break;
	}
	return i;
}

#ifdef __x86_64__
static inline uint64_t
bits16(__m128i v)
{

	return (unsigned)_mm_movemask_epi8(v);
}

static inline void
look16(const unsigned char *d, unsigned at, struct kinds *k)
{
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(d + at));
	__m128i off = _mm_sub_epi8(v, _mm_set1_epi8('0'));
	__m128i dot = _mm_cmpeq_epi8(v, _mm_set1_epi8('.'));
	__m128i dash = _mm_cmpeq_epi8(v, _mm_set1_epi8('-'));

	k->digit |=
	    bits16(_mm_cmpeq_epi8(_mm_min_epu8(off, _mm_set1_epi8(9)), off))
	    << at;
	k->high |= bits16(_mm_cmpgt_epi8(v, _mm_set1_epi8('/'))) << at;
	k->join |= bits16(_mm_or_si128(dot, dash)) << at;
	k->colon |= bits16(_mm_cmpeq_epi8(v, _mm_set1_epi8(':'))) << at;
}

static size_t
find_sse2(const unsigned char *d, size_t n, uint64_t *bits)
{
	struct kinds k;
	size_t i;

	*bits = 0;
	for (i = 0; i < n; i++, d += ADDRESS_BLOCK) {
		k = (struct kinds){ 0, 0, 0, 0 };
		look16(d, 0, &k);
		look16(d, 16, &k);
		look16(d, 32, &k);
		look16(d, 48, &k);
		if ((*bits = marks_of(&k)) != 0)
			break;
	}
	return i;
}

#define AVX2 __attribute__((target("avx2")))

AVX2 static inline uint64_t
bits32(__m256i v)
{

	return (unsigned)_mm256_movemask_epi8(v);
}

AVX2 static inline void
look32(const unsigned char *d, unsigned at, struct kinds *k)
{
	__m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(d + at));
	__m256i off = _mm256_sub_epi8(v, _mm256_set1_epi8('0'));
	__m256i dot = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('.'));
	__m256i dash = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('-'));

	k->digit |= bits32(_mm256_cmpeq_epi8(
			_mm256_min_epu8(off, _mm256_set1_epi8(9)), off))
		    << at;
	k->high |= bits32(_mm256_cmpgt_epi8(v, _mm256_set1_epi8('/'))) << at;
	k->join |= bits32(_mm256_or_si256(dot, dash)) << at;
	k->colon |= bits32(_mm256_cmpeq_epi8(v, _mm256_set1_epi8(':'))) << at;
}

AVX2 static size_t
find_avx2(const unsigned char *d, size_t n, uint64_t *bits)
{
	struct kinds k;
	size_t i;

	*bits = 0;
	for (i = 0; i < n; i++, d += ADDRESS_BLOCK) {
		k = (struct kinds){ 0, 0, 0, 0 };
		look32(d, 0, &k);
		look32(d, 32, &k);
		if ((*bits = marks_of(&k)) != 0)
			break;
	}
	return i;
}

size_t
address_block_find(const unsigned char *d, size_t n, uint64_t *bits)
{

	if (__builtin_cpu_supports("avx2"))
		return find_avx2(d, n, bits);
	return find_sse2(d, n, bits);
}

address_block_fn *
address_block_way(size_t i)
{

	if (i == 0)
		return find_bytes;
	if (i == 1)
		return find_sse2;
	return i == 2 && __builtin_cpu_supports("avx2") ? find_avx2 : NULL;
}
#else
size_t
address_block_find(const unsigned char *d, size_t n, uint64_t *bits)
{

	return find_bytes(d, n, bits);
}

address_block_fn *
address_block_way(size_t i)
{

	return i == 0 ? find_bytes : NULL;
}
#endif
