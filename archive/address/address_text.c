#include "archive/address/address_text.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "archive/address/address.h"

/* clang-format off */
const unsigned char address_class[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 0,
	7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 0, 0, 0, 0, 0,
	0, 6, 6, 6, 6, 6, 6, 4, 4, 4, 4, 4, 4, 4, 4, 4,
	4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 0, 0, 0, 0, 0,
	0, 6, 6, 6, 6, 6, 6, 4, 4, 4, 4, 4, 4, 4, 4, 4,
	4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 0, 0, 0, 0, 0,
};
/* clang-format on */

static int
is(const unsigned char *d, size_t i, size_t len, unsigned class)
{

	return i < len && (address_class[d[i]] & class);
}

/* The longest is 255.255.255.255, and behind it a dot and a digit tell. */
#define TEXT4 17

static unsigned
value(unsigned char c)
{

	return c - (unsigned)'0';
}

/* The decimal number at p, of one to three digits: how many, or 0. */
static unsigned
octet(const unsigned char *p, unsigned *v)
{
	unsigned a = value(p[0]), b = value(p[1]), c;

	*v = a;
	if (a > 9)
		return 0;
	if (b > 9)
		return 1;
	c = value(p[2]);
	*v = a * 10 + b;
	if (c > 9)
		return 2;
	*v = *v * 10 + c;
	return value(p[3]) > 9 ? 3 : 0;
}

/* address_text4 where TEXT4 bytes can be read. */
static size_t
text4(const unsigned char *d, unsigned char out[4], int *padded)
{
	const unsigned char *p = d;
	unsigned n, digits, v;

	for (n = 0; n < 4; n++) {
		digits = octet(p, &v);
		if (digits == 0 || v > 255)
			return 0;
		if (digits > 1 && *p == '0')
			*padded = 1;
		out[n] = (unsigned char)v;
		p += digits;
		if (n < 3 && *p++ != '.')
			return 0;
	}
	if (*p == '.' && value(p[1]) <= 9)
		return 0;
	return (size_t)(p - d);
}

size_t
address_text4(const unsigned char *d, size_t s, size_t len,
    unsigned char out[4], int *padded)
{
	unsigned char last[TEXT4] = { 0 };

	*padded = 0;
	if (len - s >= TEXT4)
		return text4(d + s, out, padded);
	memcpy(last, d + s, len - s);
	return text4(last, out, padded);
}

/* What one group of an IPv6 address turned out to be. */
enum group { GROUP_NONE, GROUP_HEX, GROUP_DOTTED, GROUP_BAD };

static unsigned
hex_value(unsigned char c)
{

	return c <= '9' ? c - (unsigned)'0' : (c | 0x20u) - (unsigned)'a' + 10;
}

/* Read the group at *i into w[0], or w[0] and w[1] when it is a dotted tail. */
static enum group
read_group(const unsigned char *d, size_t *i, size_t len, unsigned w[2])
{
	unsigned char tail[4];
	size_t first = *i, n;
	int decimal = 1, padded;

	w[0] = 0;
	for (; is(d, *i, len, CLASS_HEX); (*i)++) {
		if (*i - first == 4)
			return GROUP_BAD;
		decimal &= (address_class[d[*i]] & CLASS_DIGIT) != 0;
		w[0] = w[0] << 4 | hex_value(d[*i]);
	}
	if (*i == first)
		return GROUP_NONE;
	if (!decimal || *i >= len || d[*i] != '.' ||
	    !is(d, *i + 1, len, CLASS_DIGIT))
		return GROUP_HEX;
	if ((n = address_text4(d, first, len, tail, &padded)) == 0 || padded)
		return GROUP_BAD;
	*i = first + n;
	w[0] = (unsigned)tail[0] << 8 | tail[1];
	w[1] = (unsigned)tail[2] << 8 | tail[3];
	return GROUP_DOTTED;
}

size_t
address_text6(
    const unsigned char *d, size_t s, size_t len, unsigned char out[16])
{
	unsigned words[8] = { 0 }, w[2];
	size_t n = 0, gap = 9, i = s, k, zeros;
	enum group g = GROUP_HEX;

	if (len - s >= 2 && d[s] == ':' && d[s + 1] == ':') {
		gap = 0;
		i += 2;
	}
	while (g == GROUP_HEX) {
		g = read_group(d, &i, len, w);
		if (g == GROUP_NONE && gap == n && n < 8)
			break;
		if (g == GROUP_NONE || g == GROUP_BAD ||
		    n + (g == GROUP_DOTTED) > 7)
			return 0;
		words[n++] = w[0];
		if (g == GROUP_DOTTED)
			words[n++] = w[1];
		if (g == GROUP_DOTTED || i >= len || d[i] != ':')
			break;
		i++;
		if (i < len && d[i] == ':') {
			if (gap != 9)
				return 0;
			gap = n;
			i++;
		}
	}
	if (i < len && (d[i] == ':' || (address_class[d[i]] & CLASS_ALNUM)))
		return 0;
	if (gap == 9 ? n != 8 : n > 7)
		return 0;
	zeros = 8 - n;
	memset(out, 0, 16);
	for (k = 0; k < n; k++) {
		size_t at = 2 * (k < gap ? k : k + zeros);

		out[at] = (unsigned char)(words[k] >> 8);
		out[at + 1] = (unsigned char)words[k];
	}
	return i - s;
}

int
address_parse(const char *s, struct address *a)
{
	const unsigned char *d = (const unsigned char *)s;
	size_t len = strlen(s);
	struct address r;
	int padded;

	memset(&r, 0, sizeof(r));
	if (len == 0)
		return -1;
	if (address_text4(d, 0, len, r.bytes, &padded) == len && !padded) {
		r.family = 4;
	} else {
		memset(r.bytes, 0, sizeof(r.bytes));
		if (address_text6(d, 0, len, r.bytes) != len)
			return -1;
		r.family = 6;
	}
	*a = r;
	return 0;
}

/* Four numbers with dots. */
static size_t
print4(const unsigned char *b, char *text)
{
	char *to = text;
	size_t i;

	for (i = 0; i < 4; i++) {
		if (b[i] >= 100)
			*to++ = (char)('0' + b[i] / 100);
		if (b[i] >= 10)
			*to++ = (char)('0' + b[i] / 10 % 10);
		*to++ = (char)('0' + b[i] % 10);
		*to++ = i < 3 ? '.' : '\0';
	}
	return (size_t)(to - text) - 1;
}

size_t
address_print(const struct address *a, char text[ADDRESS_TEXT])
{
	static const unsigned char zero[12];
	const unsigned char *b = a->bytes;

	if (a->family != 6)
		return print4(b, text);
	/* inet_ntop writes ::1:2 as ::0.1.0.2; RFC 5952 does not. */
	if (memcmp(b, zero, 12) == 0 && (b[12] || b[13]))
		snprintf(text, ADDRESS_TEXT, "::%x:%x",
		    (unsigned)b[12] << 8 | b[13], (unsigned)b[14] << 8 | b[15]);
	else if (inet_ntop(AF_INET6, b, text, ADDRESS_TEXT) == NULL)
		text[0] = '\0';
	return strlen(text);
}

int
address_compare(const struct address *a, const struct address *b)
{
	int c;

	if (a->family != b->family)
		return a->family < b->family ? -1 : 1;
	c = memcmp(a->bytes, b->bytes, a->family == 4 ? 4 : 16);
	return c < 0 ? -1 : c > 0;
}

int
address_special(const struct address *a)
{
	static const unsigned char zero[15];
	const unsigned char *b = a->bytes;
	uint32_t v;

	if (a->family == 6)
		return b[0] == 0xff || (memcmp(b, zero, 15) == 0 && b[15] <= 1);
	v = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 |
	    b[3];
	if (b[0] == 127 || b[0] >> 4 == 14)
		return 1;
	/* Ones, then zeros: unspecified, broadcast, every netmask. */
	return ((~v + 1) & ~v) == 0;
}
