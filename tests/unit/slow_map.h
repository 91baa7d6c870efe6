#ifndef TESTS_UNIT_SLOW_MAP_H
#define TESTS_UNIT_SLOW_MAP_H

/**
 * slow_map: a second opinion of what a map makes of a value, written from the
 * rules (design.md, address.h) and not from the code: every start and every
 * length is tried with the C library's own parser, every rule is asked in turn.
 * Include behind cmocka.h.
 */

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/buf.h"

struct slow_rule {
	int family, prefix, keep;
	unsigned char old[16], new[16];
};

struct slow_map {
	struct slow_rule rule[32];
	size_t n;
	int same; /* write the old address again, as it is usually spelled */
	size_t replaced; /* tokens, so far */
};

static inline int
slow_digit(int c)
{

	return c >= '0' && c <= '9';
}

static inline int
slow_alnum(int c)
{

	return slow_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static inline int
slow_hex(int c)
{

	return slow_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* Does an escape end right before i? */
static inline int
slow_escape(const char *s, size_t i)
{
	size_t k;

	if (i >= 3 && s[i - 3] == '%' && slow_hex(s[i - 2]) &&
	    slow_hex(s[i - 1]))
		return 1;
	if (i >= 2 && s[i - 2] == '\\' && strchr("nrtbf", s[i - 1]) != NULL)
		return 1;
	if (i < 6 || s[i - 6] != '\\' || s[i - 5] != 'u')
		return 0;
	for (k = 1; k <= 4; k++)
		if (!slow_hex(s[i - k]))
			return 0;
	return 1;
}

/* The best rule for an address: the longest prefix. */
static inline const struct slow_rule *
slow_find(const struct slow_map *m, int family, const unsigned char *a)
{
	const struct slow_rule *best = NULL, *r;
	size_t i;
	int bit;

	for (i = 0; i < m->n; i++) {
		r = &m->rule[i];
		if (r->family != family)
			continue;
		for (bit = 0; bit < r->prefix; bit++)
			if ((a[bit / 8] ^ r->old[bit / 8]) >> (7 - bit % 8) & 1)
				break;
		if (bit == r->prefix &&
		    (best == NULL || r->prefix > best->prefix))
			best = r;
	}
	return best;
}

static inline void
slow_new(
    const struct slow_rule *r, const unsigned char *old, unsigned char *out)
{
	int bit, full = r->family == 4 ? 32 : 128;
	const unsigned char *from;

	memset(out, 0, 16);
	for (bit = 0; bit < full; bit++) {
		from = bit < r->prefix ? r->new : old;
		out[bit / 8] =
		    (unsigned char)(out[bit / 8] |
				    (from[bit / 8] & (0x80 >> bit % 8)));
	}
}

/* N of "/N" at s, or -1; "/24x", "/24_" and "/24.5" are none. */
static inline int
slow_prefix(const char *s, int most)
{
	size_t n = s[0] == '/' ? strspn(s + 1, "0123456789") : 0;

	if (n < 1 || n > 3 || atoi(s + 1) > most)
		return -1;
	s += n + 1;
	if (slow_alnum(s[0]) || s[0] == '_' ||
	    (s[0] == '.' && slow_digit(s[1])))
		return -1;
	return atoi(s - n);
}

/* A network of which the rule covers a part only? */
static inline int
slow_wide(const struct slow_rule *r, const unsigned char *a, int prefix)
{
	int full = r->family == 4 ? 32 : 128, bit;

	if (r->prefix == full || prefix < 0 || prefix >= r->prefix)
		return 0;
	for (bit = prefix; bit < full; bit++)
		if (a[bit / 8] & (0x80 >> bit % 8))
			return 0;
	return 1;
}

/* What is written for an address by its rule, or 0: it stays. */
static inline int
slow_write(struct slow_map *m, int family, const unsigned char *a, int prefix,
    const char *front, char text[80])
{
	const struct slow_rule *r = slow_find(m, family, a);
	char plain[64];
	unsigned char to[16];

	if (r == NULL || r->keep || slow_wide(r, a, prefix))
		return 0;
	slow_new(r, a, to);
	assert_non_null(inet_ntop(family == 4 ? AF_INET : AF_INET6,
	    m->same ? a : to, plain, sizeof(plain)));
	snprintf(text, 80, "%s%s", front, plain);
	m->replaced++;
	return 1;
}

/* Four octets at i: their length, or 0; the C library takes no leading zeros,
 * and neither does the map. */
static inline size_t
slow_four(const char *s, size_t i, unsigned char a[16])
{
	char text[16];
	size_t n;

	if (i > 0 && !slow_escape(s, i) &&
	    (slow_digit(s[i - 1]) ||
		(i > 1 && s[i - 1] == '.' && slow_digit(s[i - 2]))))
		return 0;
	for (n = 15; n >= 7; n--) {
		if (strlen(s + i) < n)
			continue;
		snprintf(text, sizeof(text), "%.*s", (int)n, s + i);
		if (inet_pton(AF_INET, text, a) != 1)
			continue;
		if (slow_digit(s[i + n]) ||
		    (s[i + n] == '.' && slow_digit(s[i + n + 1])))
			return 0;
		return n;
	}
	return 0;
}

/* Eight groups of two: a WWN. */
static inline int
slow_wwn(const char *text)
{
	unsigned a[8];
	int n = 0;

	return strlen(text) == 23 && strstr(text, "::") == NULL &&
	       sscanf(text, "%2x:%2x:%2x:%2x:%2x:%2x:%2x:%2x%n", a, a + 1,
		   a + 2, a + 3, a + 4, a + 5, a + 6, a + 7, &n) == 8 &&
	       n == 23;
}

static inline size_t
slow_six(const char *s, size_t i, unsigned char a[16], char text[64])
{
	const char *last;
	size_t n;

	if (i > 0 && !slow_escape(s, i) &&
	    (slow_alnum(s[i - 1]) || s[i - 1] == ':'))
		return 0;
	for (n = 45; n >= 2; n--) {
		if (strlen(s + i) < n)
			continue;
		snprintf(text, 64, "%.*s", (int)n, s + i);
		if (inet_pton(AF_INET6, text, a) != 1)
			continue;
		if (slow_alnum(s[i + n]) || s[i + n] == ':')
			continue;
		/* A dotted tail that is none. */
		last = strrchr(text, ':') + 1;
		if (s[i + n] == '.' && slow_digit(s[i + n + 1]) &&
		    *last != '\0' && last[strspn(last, "0123456789.")] == '\0')
			continue;
		return slow_wwn(text) ? 0 : n;
	}
	return 0;
}

/* An IPv6 token: by its own rule, else its IPv4 tail.  What to write instead of
 * its last ${*cut} bytes; 0: nothing. */
static inline int
slow_token6(struct slow_map *m, const char *text, const unsigned char *a,
    int prefix, size_t *cut, char to[80])
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	const char *colon = strrchr(text, ':');
	int tail = prefix < 0 ? -1 : prefix > 96 ? prefix - 96 : 0;

	*cut = strlen(text);
	if (slow_find(m, 6, a) != NULL)
		return slow_write(m, 6, a, prefix, "", to);
	if (strchr(text, '.') != NULL) {
		*cut = strlen(colon + 1);
		return slow_write(m, 4, a + 12, tail, "", to);
	}
	if (memcmp(a, mapped, 12) == 0)
		return slow_write(m, 4, a + 12, tail, "::ffff:", to);
	return 0;
}

/* Is the byte at i inside "user:password" of a URL? */
static inline int
slow_password(const char *s, size_t i)
{
	const char *url = s, *end, *at;

	while ((url = strstr(url, "://")) != NULL) {
		url += 3;
		end = url + strcspn(url, "/?# ,\"'<>");
		for (at = end; at > url && *at != '@';)
			at--;
		if (*at == '@' && s + i >= url && s + i < at)
			return 1;
	}
	return 0;
}

/* Behind a "%" or a backslash, what could be the address's own is an escape, if
 * an address starts behind it: of so many bytes, or 0. */
static inline size_t
slow_gives_way(const char *s, size_t i)
{
	unsigned char a[16];
	char text[64];
	size_t n = 0;

	if (i > 0 && s[i - 1] == '%' && slow_hex(s[i]) && slow_hex(s[i + 1]))
		n = 2;
	if (i > 0 && s[i - 1] == '\\' && (s[i] == 'b' || s[i] == 'f'))
		n = 1;
	if (i > 4 && s[i - 5] == '\\' && s[i - 4] == 'u' &&
	    slow_hex(s[i - 3]) && slow_hex(s[i - 2]) && slow_hex(s[i - 1]) &&
	    slow_hex(s[i]))
		n = 1;
	return n > 0 && (slow_six(s, i + n, a, text) > 0 ||
			    slow_four(s, i + n, a) > 0)
		   ? n
		   : 0;
}

/* Append the value as the map makes it. */
static inline void
slow_value(struct slow_map *m, const char *s, struct buf *out)
{
	size_t i, n, cut, len = strlen(s), was;
	unsigned char a[16];
	char text[64], to[80];
	int done;

	for (i = 0; i < len;) {
		was = m->replaced;
		n = cut = 0;
		done = 0;
		if ((n = slow_gives_way(s, i)) > 0)
			;
		else if ((n = slow_six(s, i, a, text)) > 0)
			done = slow_token6(
			    m, text, a, slow_prefix(s + i + n, 128), &cut, to);
		else if (slow_digit(s[i]) && (cut = n = slow_four(s, i, a)) > 0)
			done = slow_write(
			    m, 4, a, slow_prefix(s + i + n, 32), "", to);
		if (done && slow_password(s, i)) {
			m->replaced = was;
			done = 0;
		}
		if (n == 0)
			n = 1;
		if (!done)
			cut = 0;
		assert_int_equal(buf_add(out, s + i, n - cut), 0);
		if (done)
			assert_int_equal(buf_adds(out, to), 0);
		i += n;
	}
}

#endif
