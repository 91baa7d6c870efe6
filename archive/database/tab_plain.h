#ifndef ARCHIVE_TAB_PLAIN_H
#define ARCHIVE_TAB_PLAIN_H

#include <stddef.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/**
 * tab_plain(s, len):
 * How many bytes stand in front of the first tab, newline or backslash of rows
 * (tabfile.h): most of what is in them.  Inside tabfile and tabcheck only.
 */
static inline size_t
tab_plain(const char *s, size_t len)
{
	size_t i = 0;

#ifdef __SSE2__
	for (; len - i >= 16; i += 16) {
		__m128i v =
		    _mm_loadu_si128((const __m128i *)(const void *)(s + i));
		int bits = _mm_movemask_epi8(_mm_or_si128(
		    _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\t')),
			_mm_cmpeq_epi8(v, _mm_set1_epi8('\n'))),
		    _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))));

		if (bits != 0)
			return i + (size_t)__builtin_ctz((unsigned)bits);
	}
#endif
	while (i < len && s[i] != '\t' && s[i] != '\n' && s[i] != '\\')
		i++;
	return i;
}

#endif
