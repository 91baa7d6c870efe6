#include <stdint.h>
#include <string.h>
#include <strings.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "archive/limits.h"
#include "archive/look/find_private.h"

#define BLOCK 64u

/* What a letter of base64, of either alphabet, stands for; or -1. */
/* clang-format off */
static const signed char base64[256] = {
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 62, -1, 62, -1, 63,
	52, 53, 54, 55, 56, 57, 58, 59, 60, 61, -1, -1, -1, -1, -1, -1,
	-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
	15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, -1, -1, -1, -1, 63,
	-1, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
	41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
};
/* clang-format on */

#ifdef __SSE2__
/* 0xff where a byte is one of ${n} in a row from ${first}. */
static __m128i
in_row(__m128i v, char first, char n)
{
	__m128i off = _mm_sub_epi8(v, _mm_set1_epi8(first));

	return _mm_cmpeq_epi8(
	    _mm_min_epu8(off, _mm_set1_epi8((char)(n - 1))), off);
}

/* A bit for each of 64 bytes that is a letter of base64. */
static uint64_t
letters_of(const unsigned char *d)
{
	uint64_t bits = 0;
	__m128i v, is;
	size_t i;

	for (i = 0; i < BLOCK; i += 16) {
		v = _mm_loadu_si128((const __m128i *)(const void *)(d + i));
		is = in_row(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 26);
		/* / is in front of 0. */
		is = _mm_or_si128(is, in_row(v, '/', 11));
		is = _mm_or_si128(is, _mm_cmpeq_epi8(v, _mm_set1_epi8('+')));
		is = _mm_or_si128(is, _mm_cmpeq_epi8(v, _mm_set1_epi8('-')));
		is = _mm_or_si128(is, _mm_cmpeq_epi8(v, _mm_set1_epi8('_')));
		bits |= (uint64_t)(unsigned)_mm_movemask_epi8(is) << i;
	}
	return bits;
}
#else
static uint64_t
letters_of(const unsigned char *d)
{
	uint64_t bits = 0;
	size_t i;

	for (i = 0; i < BLOCK; i++)
		bits |= (uint64_t)(base64[d[i]] != -1) << i;
	return bits;
}
#endif

/* Of the block at base; bytes behind the last one are none. */
static uint64_t
letters(const unsigned char *d, size_t len, size_t base)
{
	unsigned char last[BLOCK] = { 0 };

	if (base >= len)
		return 0;
	if (len - base >= BLOCK)
		return letters_of(d + base);
	memcpy(last, d + base, len - base);
	return letters_of(last);
}

/* A bit where ${run} letters begin, of the first block of two. */
static uint64_t
runs(uint64_t low, uint64_t high, size_t run)
{
	size_t have, more;

	for (have = 1; have < run && low != 0; have += more) {
		more = have < run - have ? have : run - have;
		low &= low >> more | high << (BLOCK - more);
		high &= high >> more;
	}
	return low;
}

/* What is_text (inner.c) says of a byte: none, above ASCII, or fine. */
enum { FINE, HIGH, NONE };

static int
text_class(unsigned c)
{

	if (c >= 0x80)
		return HIGH;
	if (c >= 0x20)
		return c == 0x7f ? NONE : FINE;
	return (c >= 9 && c <= 13) || c == 27 ? FINE : NONE;
}

/* May the letters [s, e) be base64 of text: no control bytes, a quarter above
 * ASCII? */
static int
may_be_text(const unsigned char *d, size_t s, size_t e)
{
	size_t most = (e - s) * 3 / 4 / 4, high = 0;
	unsigned word = 0, bits = 0;

	if (e - s > LIMIT_INNER)
		return 1;
	for (; s < e; s++) {
		word = word << 6 | (unsigned)base64[d[s]];
		if ((bits += 6) < 8)
			continue;
		bits -= 8;
		switch (text_class(word >> bits & 255)) {
		case NONE:
			return 0;
		case HIGH:
			if (++high > most)
				return 0;
			break;
		default:
			break;
		}
	}
	return 1;
}

/* Where the letters end that begin at s, in the block at i, whose letters are
 * known, and those of the next. */
static size_t
run_end(const unsigned char *d, size_t len, size_t s, size_t i, uint64_t low,
    uint64_t high)
{
	uint64_t none = ~low & ~(uint64_t)0 << (s - i);

	while (none == 0 && i < len) {
		none = ~high;
		i += BLOCK;
		if (none == 0)
			high = letters(d, len, i + BLOCK);
	}
	return none == 0 ? len : i + (size_t)__builtin_ctzll(none);
}

size_t
find_coded(const unsigned char *d, size_t len, size_t i, size_t end, size_t run,
    size_t *done)
{
	uint64_t low, high, begin;
	size_t s, e;

	high = letters(d, len, i);
	for (; i < end; i += BLOCK) {
		low = high;
		high = letters(d, len, i + BLOCK);
		if (*done >= i + BLOCK)
			continue;
		begin = runs(low, high, run);
		if (*done > i)
			begin &= ~(uint64_t)0 << (*done - i);
		while (begin != 0) {
			s = i + (size_t)__builtin_ctzll(begin);
			e = run_end(d, len, s, i, low, high);
			if (may_be_text(d, s, e))
				return s;
			*done = e;
			if (e - i >= BLOCK)
				break;
			begin &= ~(uint64_t)0 << (e - i);
		}
	}
	return end;
}

/* Is the line's end at i one inside base64?  In rows it has a backslash in
 * front of it. */
static int
is_wrapped(const unsigned char *d, size_t len, size_t i, int rows)
{
	size_t s = i, e = i + 1;

	if (rows && d[i] == '\n' && (i == 0 || d[i - 1] != '\\'))
		return 0;
	while (s > 0 && strchr("\r\n\\", d[s - 1]) != NULL)
		s--;
	while (e < len && strchr("\r\n\\", d[e]) != NULL)
		e++;
	return s > 0 && e < len && base64[d[s - 1]] != -1 && base64[d[e]] != -1;
}

static int
is_sign(const unsigned char *d, size_t len, size_t i, int rows)
{

	switch (d[i]) {
	case '\n':
	case '\r':
		return is_wrapped(d, len, i, rows);
	case 0x1f:
		return len - i >= 3 && memcmp(d + i, "\x1f\x8b\x08", 3) == 0;
	case 'H':
		return len - i >= 4 && memcmp(d + i, "H4sI", 4) == 0;
	case ':':
		return i >= 4 &&
		       strncasecmp((const char *)d + i - 4, "ffff", 4) == 0;
	default:
		return 0;
	}
}

#ifdef __SSE2__
/* A bit for each of 16 bytes that begins like a sign; ${i} > 0. */
static unsigned
signs_of(const unsigned char *d)
{
	__m128i before =
	    _mm_loadu_si128((const __m128i *)(const void *)(d - 1));
	__m128i v = _mm_loadu_si128((const __m128i *)(const void *)d);
	__m128i behind =
	    _mm_loadu_si128((const __m128i *)(const void *)(d + 1));
	__m128i all;

	all = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n')),
	    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\r')),
		_mm_cmpeq_epi8(v, _mm_set1_epi8(0x1f))));
	all = _mm_or_si128(
	    all, _mm_and_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('H')),
		     _mm_cmpeq_epi8(behind, _mm_set1_epi8('4'))));
	all = _mm_or_si128(
	    all, _mm_and_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(':')),
		     _mm_cmpeq_epi8(_mm_or_si128(before, _mm_set1_epi8(0x20)),
			 _mm_set1_epi8('f'))));
	return (unsigned)_mm_movemask_epi8(all);
}
#endif

size_t
find_signs(const unsigned char *d, size_t len, size_t i, size_t end, int rows)
{
#ifdef __SSE2__
	unsigned bits;
	size_t at;

	for (; i == 0 && i < end; i++)
		if (is_sign(d, len, i, rows))
			return i;
	for (; i < end && len - i > 16; i += 16)
		for (bits = signs_of(d + i); bits != 0; bits &= bits - 1) {
			at = i + (size_t)__builtin_ctz(bits);
			if (at < end && is_sign(d, len, at, rows))
				return at;
		}
#endif
	for (; i < end; i++)
		if (is_sign(d, len, i, rows))
			return i;
	return end;
}
