#include "archive/address/inner_base64.h"

#include <stdint.h>
#include <string.h>

#include "archive/limits.h"

#define GZIP_MAGIC "\x1f\x8b\x08"

/* clang-format off */
/* What a byte stands for, of either alphabet, and one more; 0: nothing. */
static const unsigned char digits[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 63, 0, 63, 0, 64,
	53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 0, 0, 0, 0, 0, 0,
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
	16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 0, 0, 0, 0, 64,
	0, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41,
	42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 0, 0, 0, 0, 0,
};

/* Of what was decoded: H is not ASCII, C a control byte that no text has. */
#define H 1
#define C 4
static const unsigned char kinds[256] = {
	C, C, C, C, C, C, C, C, C, 0, 0, 0, 0, 0, C, C,
	C, C, C, C, C, C, C, C, C, C, C, 0, C, C, C, C,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, C,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
};
/* clang-format on */

int
inner_is_gzip(const char *bytes, size_t len)
{

	return len >= 18 && memcmp(bytes, GZIP_MAGIC, 3) == 0;
}

/* Is all of it base64, in one alphabet?  Nothing is decoded yet. */
static int
is_base64(const char *bytes, size_t len)
{
	size_t i, n = 0, pad = 0;
	int url = 0, plain = 0;
	unsigned char c;

	for (i = 0; i < len; i++) {
		c = (unsigned char)bytes[i];
		/* Letters and decimal digits, most of all. */
		if (pad == 0 && digits[c] - 1u < 62) {
			n++;
			continue;
		}
		if (c == '\n' || c == '\r')
			continue;
		if (c == '=') {
			pad++;
			continue;
		}
		if (pad > 0 || digits[c] == 0)
			return 0;
		n++;
		plain |= c == '+' || c == '/';
		url |= c == '-' || c == '_';
	}
	if (n < INNER_BASE64_MIN || n % 4 == 1 || (url && plain))
		return 0;
	return pad == 0 || (pad <= 2 && (n + pad) % 4 == 0);
}

/* Decode what is_base64 took; where it is neither text nor gzip, not all of it:
 * most values end here.  0, or -1 when memory ends. */
static int
decode(const char *bytes, size_t len, struct buf *out)
{
	size_t i, most = len / 4 * 3 + 3;
	int bits = 0, v;
	uint32_t word = 0;
	char *to, c;

	if (most > LIMIT_INNER)
		most = LIMIT_INNER;
	if ((to = buf_reserve(out, most)) == NULL)
		return -1;
	for (i = 0; i < len && out->len < most; i++) {
		v = digits[(unsigned char)bytes[i]] - 1;
		if (v == -1)
			continue;
		word = word << 6 | (uint32_t)v;
		if ((bits += 6) < 8)
			continue;
		bits -= 8;
		to[out->len++] = c = (char)(word >> bits);
		if (kinds[(unsigned char)c] == C &&
		    memcmp(to, GZIP_MAGIC, out->len < 3 ? out->len : 3) != 0)
			break;
	}
	return 0;
}

/* No control bytes, and at least three quarters are ASCII. */
static int
is_text(const char *bytes, size_t len)
{
	size_t i, high = 0;

	for (i = 0; i < len; i++) {
		if (kinds[(unsigned char)bytes[i]] == C)
			return 0;
		high += kinds[(unsigned char)bytes[i]];
	}
	return high <= len / 4;
}

/* What four digits stand for; NONE where one is none. */
#define NONE UINT32_MAX
static inline uint32_t
four(const unsigned char *b)
{
	unsigned v0 = digits[b[0]], v1 = digits[b[1]], v2 = digits[b[2]],
		 v3 = digits[b[3]];

	if (v0 == 0 || v1 == 0 || v2 == 0 || v3 == 0)
		return NONE;
	return (v0 - 1) << 18 | (v1 - 1) << 12 | (v2 - 1) << 6 | (v3 - 1);
}

/* Whoever is none of these four digits: may it stand in base64? */
static int
is_filled(const unsigned char *b)
{

	while (digits[*b] != 0)
		b++;
	return *b == '=' || *b == '\n' || *b == '\r';
}

int
inner_base64_may(const char *bytes, size_t len)
{
	const unsigned char *b = (const unsigned char *)bytes;
	size_t i, seen, high = 0, most = (len - len / 4) / 4;
	uint32_t word;

	if (len < INNER_BASE64_MIN)
		return 0;
	/* Of a word that is none, four digits or eight mostly tell. */
	for (i = 0; i + 4 <= len && i < LIMIT_INNER; i += 4) {
		if ((word = four(b + i)) == NONE) {
			if (!is_filled(b + i))
				return 0;
			break;
		}
		if (i == 0 && word >> 16 == (unsigned char)GZIP_MAGIC[0])
			break;
		seen = (size_t)kinds[word >> 16] + kinds[word >> 8 & 0xff] +
		       kinds[word & 0xff];
		/* It becomes len * 3 / 4 bytes, or fewer. */
		if (seen >= C || (high += seen) > most)
			return 0;
	}
	return is_base64(bytes, len);
}

int
inner_base64(const char *bytes, size_t len, struct buf *out)
{

	if (!inner_base64_may(bytes, len))
		return 0;
	if (decode(bytes, len, out))
		return -1;
	return inner_is_gzip(out->data, out->len) ||
	       is_text(out->data, out->len);
}
