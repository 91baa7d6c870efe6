#ifndef TESTS_SLOW_BASE64_H
#define TESTS_SLOW_BASE64_H

#include <string.h>

#include "archive/buf.h"

/**
 * slow_base64: base64 of text as archive/address/inner.h has it, one rule after
 * the other, for whoever holds the quick way against it.
 */

/* The digits without line breaks and padding, and how much padding; 0: it is no
 * base64. */
static inline int
slow_digits(const char *s, size_t len, struct buf *digits, size_t *pad)
{
	size_t i;

	buf_clear(digits);
	for (*pad = 0, i = 0; i < len; i++) {
		if (s[i] == '\n' || s[i] == '\r')
			continue;
		if (s[i] == '=')
			++*pad;
		else if (*pad > 0 || buf_addc(digits, s[i]))
			return 0;
	}
	return 1;
}

/* 1 with what is decoded, when it is base64 of text. */
static inline int
slow_base64(const char *s, size_t len, struct buf *out)
{
	static const char *const alphabets[] = {
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
		"+/",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
		"-_"
	};
	struct buf digits = BUF_EMPTY;
	size_t a, i, pad, high = 0;
	unsigned long word = 0;
	const char *at = NULL;
	int text;

	buf_clear(out);
	text = slow_digits(s, len, &digits, &pad) && digits.len >= 8 &&
	       digits.len % 4 != 1 && pad <= 2 &&
	       (pad == 0 || (digits.len + pad) % 4 == 0);
	for (a = 0; text && a < 2; a++) {
		buf_clear(out);
		for (i = 0; i < digits.len; i++) {
			at = digits.data[i] == '\0'
				 ? NULL
				 : strchr(alphabets[a], digits.data[i]);
			if (at == NULL)
				break;
			word = word << 6 | (unsigned long)(at - alphabets[a]);
			if (i % 4 > 0)
				text &=
				    buf_addc(out,
					(char)(word >> (6 - 2 * (i % 4)))) == 0;
		}
		if (at != NULL)
			break;
	}
	text &= at != NULL;
	for (i = 0; text && i < out->len; i++) {
		a = (unsigned char)out->data[i];
		high += a >= 0x80;
		text = a != 0x7f &&
		       (a >= ' ' || (a >= '\t' && a <= '\r') || a == 0x1b);
	}
	buf_free(&digits);
	return text && high <= out->len / 4;
}

#endif
