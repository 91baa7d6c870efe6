#include "archive/bundle/base64.h"

#include <stdint.h>
#include <string.h>

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int
base64_encode(const void *bytes, size_t len, struct buf *out)
{
	const unsigned char *p = bytes;
	size_t i, n;
	uint32_t v;
	char q[4];

	for (i = 0; i < len; i += 3) {
		n = len - i < 3 ? len - i : 3;
		v = (uint32_t)p[i] << 16;
		if (n > 1)
			v |= (uint32_t)p[i + 1] << 8;
		if (n > 2)
			v |= p[i + 2];
		q[0] = digits[v >> 18];
		q[1] = digits[(v >> 12) & 63];
		q[2] = n > 1 ? digits[(v >> 6) & 63] : '=';
		q[3] = n > 2 ? digits[v & 63] : '=';
		if (buf_add(out, q, 4) == -1)
			return -1;
	}
	return 0;
}

int
base64_decode(const char *text, size_t len, struct buf *out)
{
	size_t i, k, pad;
	const char *at;
	uint32_t v;
	char b[3];

	if (len % 4 != 0)
		return -1;
	for (i = 0; i < len; i += 4) {
		for (k = 0, v = 0, pad = 0; k < 4; k++) {
			v <<= 6;
			if (text[i + k] == '=' && i + 4 == len && k >= 2) {
				pad++;
				continue;
			}
			at = memchr(digits, text[i + k], 64);
			if (at == NULL || pad > 0)
				return -1;
			v |= (uint32_t)(at - digits);
		}
		/* Bits that stand for nothing are zero. */
		if ((pad == 1 && (v & 0xff) != 0) ||
		    (pad == 2 && (v & 0xffff) != 0))
			return -1;
		b[0] = (char)(v >> 16);
		b[1] = (char)(v >> 8);
		b[2] = (char)v;
		if (buf_add(out, b, 3 - pad) == -1)
			return -1;
	}
	return 0;
}
