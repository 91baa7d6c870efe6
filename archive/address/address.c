#include "archive/address/address.h"

#include <string.h>

#include "archive/address/address_text.h"

/* No first group is longer, with the escape that may stand in front of it. */
#define FIRST_GROUP 10

/* How far back a name part is read to see whether it is a number. */
#define PART 20

static int
is(const unsigned char *d, size_t i, size_t len, unsigned class)
{

	return i < len && (address_class[d[i]] & class);
}

/**
 * The group that ends before ${i} starts at ${s}; an escape in front (%20,
 * \u0020, \f) may have its end inside the group.  Return where that end is, or
 * ${s}.
 */
static size_t
behind_escape(const unsigned char *d, size_t s, size_t i)
{
	unsigned char c;
	size_t e;

	/* Most groups have no part of an escape in front of them. */
	if (s == 0)
		return s;
	c = d[s - 1];
	if (c != '%' && c != '\\' && c != 'u' &&
	    !(address_class[c] & CLASS_HEX))
		return s;
	for (e = s + 1; e <= s + 4 && e <= i; e++) {
		if (e >= 3 && d[e - 3] == '%' && is(d, e - 2, i, CLASS_HEX) &&
		    is(d, e - 1, i, CLASS_HEX))
			return e;
		if (e >= 6 && d[e - 6] == '\\' && d[e - 5] == 'u' &&
		    is(d, e - 4, i, CLASS_HEX) && is(d, e - 3, i, CLASS_HEX) &&
		    is(d, e - 2, i, CLASS_HEX))
			return e;
		if (e == s + 1 && s >= 1 && d[s - 1] == '\\' &&
		    (d[s] == 'b' || d[s] == 'f'))
			return e;
	}
	return s;
}

/* N of the /N at i, or -1. */
static int
prefix_at(const unsigned char *d, size_t len, size_t i, int max)
{
	size_t first = i + 1;
	int n = 0;

	if (i >= len || d[i] != '/')
		return -1;
	for (i = first; is(d, i, len, CLASS_DIGIT) && i - first < 4; i++)
		n = n * 10 + (d[i] - '0');
	if (i == first || i - first > 3 || n > max)
		return -1;
	if (i < len && (d[i] == '_' || (address_class[d[i]] & CLASS_ALNUM)))
		return -1;
	if (i < len && d[i] == '.' && is(d, i + 1, len, CLASS_DIGIT))
		return -1;
	return n;
}

/* Is the dot at i the first one of an IPv4 address? */
static int
dotted(const unsigned char *d, size_t len, size_t from, size_t i,
    struct address_token *t)
{
	size_t s = i, e, n = 0;
	int padded;

	while (s > from && i - s < FIRST_GROUP &&
	       (address_class[d[s - 1]] & CLASS_DIGIT))
		s--;
	if (s == i || i - s == FIRST_GROUP)
		return 0;
	if (s > 0 && (address_class[d[s - 1]] & CLASS_DIGIT))
		return 0;
	if (s > 1 && d[s - 1] == '.' && (address_class[d[s - 2]] & CLASS_DIGIT))
		return 0;
	e = behind_escape(d, s, i);
	if (e != s && e < i)
		n = address_text4(d, e, len, t->addr.bytes, &padded);
	if (n == 0 && i - s <= 3)
		n = address_text4(d, e = s, len, t->addr.bytes, &padded);
	if (n == 0)
		return 0;
	t->off = e;
	t->len = n;
	t->addr.family = 4;
	t->spelling = padded ? ADDRESS_PADDED : ADDRESS_PLAIN;
	t->prefix = prefix_at(d, len, e + n, 32);
	return 1;
}

/* Eight groups of two digits each are a WWN or an EUI-64. */
static int
is_wwn(const unsigned char *d, size_t n)
{
	size_t i;

	for (i = 2; i < n; i += 3)
		if (d[i] != ':')
			return 0;
	return n == 23 && d[n - 3] == ':';
}

/* Try the IPv6 address that starts at s. */
static int
coloned_at(
    const unsigned char *d, size_t len, size_t s, struct address_token *t)
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0xff, 0xff };
	size_t n;

	if ((n = address_text6(d, s, len, t->addr.bytes)) == 0)
		return 0;
	if (is_wwn(d + s, n)) {
		memset(t->addr.bytes, 0, sizeof(t->addr.bytes));
		return 0;
	}
	t->off = s;
	t->len = n;
	t->addr.family = 6;
	t->spelling = ADDRESS_PLAIN;
	t->prefix = prefix_at(d, len, s + n, 128);
	if (memcmp(t->addr.bytes, mapped, 12) == 0) {
		memmove(t->addr.bytes, t->addr.bytes + 12, 4);
		memset(t->addr.bytes + 4, 0, 12);
		t->addr.family = 4;
		t->spelling = ADDRESS_MAPPED;
		if (t->prefix >= 0)
			t->prefix = t->prefix > 96 ? t->prefix - 96 : 0;
	}
	return 1;
}

/* Is the colon at i the first one of an IPv6 address? */
static int
coloned(const unsigned char *d, size_t len, size_t from, size_t i,
    struct address_token *t)
{
	size_t s = i, e;

	while (s > from && i - s < FIRST_GROUP &&
	       (address_class[d[s - 1]] & CLASS_HEX))
		s--;
	if (i - s == FIRST_GROUP || (s == i && d[i + 1] != ':'))
		return 0;
	if (s > 0 && d[s - 1] == ':')
		return 0;
	e = behind_escape(d, s, i);
	if (e != s && coloned_at(d, len, e, t))
		return 1;
	if (i - s > 4)
		return 0;
	if (s > 0 && (address_class[d[s - 1]] & CLASS_ALNUM) &&
	    !(s > 1 && d[s - 2] == '\\' &&
		(d[s - 1] == 'n' || d[s - 1] == 'r' || d[s - 1] == 't')))
		return 0;
	return coloned_at(d, len, s, t);
}

/* Is the part that ends before i (behind a dash, or a name's start) a number?
 */
static int
number_before(const unsigned char *d, size_t i)
{
	size_t s = i;

	while (s > 0 && i - s < PART && (address_class[d[s - 1]] & CLASS_DIGIT))
		s--;
	return s < i && (i - s == PART || s == 0 ||
			    !(d[s - 1] == '_' ||
				(address_class[d[s - 1]] & CLASS_ALNUM)));
}

static int
number_behind(const unsigned char *d, size_t len, size_t i)
{
	size_t e = i;

	while (e - i < PART && is(d, e, len, CLASS_DIGIT))
		e++;
	return e > i && !(e < len && (d[e] == '_' ||
					 (address_class[d[e]] & CLASS_ALNUM)));
}

/* Four numbers with dashes, 0 to 255, without leading zeros: their length. */
static size_t
dashed_text(const unsigned char *d, size_t s, size_t len, unsigned char out[4])
{
	size_t i = s, first;
	unsigned n, v;

	for (n = 0; n < 4; n++) {
		if (n > 0 && (i >= len || d[i++] != '-'))
			return 0;
		v = 0;
		for (first = i; is(d, i, len, CLASS_DIGIT) && i - first < 4;
		     i++)
			v = v * 10 + (d[i] - (unsigned)'0');
		if (i == first || i - first > 3 || v > 255 ||
		    (d[first] == '0' && i - first > 1))
			return 0;
		out[n] = (unsigned char)v;
	}
	return i - s;
}

/* Is the dash at i the first one of an address as part of a name? */
static int
dashed(const unsigned char *d, size_t len, size_t from, size_t i,
    struct address_token *t)
{
	size_t s = i, n, e;

	while (s > from && i - s < 4 && (address_class[d[s - 1]] & CLASS_DIGIT))
		s--;
	if (s == i || i - s > 3)
		return 0;
	if (s > 0 &&
	    (d[s - 1] == '_' || (address_class[d[s - 1]] & CLASS_ALNUM)))
		return 0;
	if (s > 1 && d[s - 1] == '.' && (address_class[d[s - 2]] & CLASS_DIGIT))
		return 0;
	if (s > 0 && d[s - 1] == '-' && number_before(d, s - 1))
		return 0;
	if ((n = dashed_text(d, s, len, t->addr.bytes)) == 0)
		return 0;
	e = s + n;
	if (e < len && (d[e] == '_' || (address_class[d[e]] & CLASS_ALNUM)))
		return 0;
	if (e < len && d[e] == '.' && is(d, e + 1, len, CLASS_DIGIT))
		return 0;
	if (e < len && d[e] == '-' && number_behind(d, len, e + 1))
		return 0;
	t->off = s;
	t->len = n;
	t->addr.family = 4;
	t->spelling = ADDRESS_DASHED;
	t->prefix = -1;
	return 1;
}

/**
 * The hex digits and colons around the colon at ${i} are one run: ${*end} is
 * behind it, and no other address starts in it.  Could it be an address?  It
 * needs "::", or seven colons, or six and a dotted tail; times and MACs do not.
 */
static int
enough_colons(const unsigned char *d, size_t len, size_t i, size_t *end)
{
	int colons = 0, gap = 0;

	for (; i < len; i++) {
		if (d[i] == ':') {
			gap |= colons > 0 && d[i - 1] == ':';
			colons++;
		} else if (!(address_class[d[i]] & CLASS_HEX)) {
			break;
		}
	}
	*end = i;
	return gap || colons >= 6;
}

void
address_scan_start(
    struct address_scan *s, const char *data, size_t len, size_t from)
{

	s->pos = from;
	address_marks_start(&s->marks, (const unsigned char *)data, len, from);
}

int
address_scan_next(struct address_scan *s, struct address_token *token)
{
	const unsigned char *d = s->marks.d;
	size_t i, end, len = s->marks.len;
	int found;

	memset(&token->addr, 0, sizeof(token->addr));
	while ((i = address_marks_next(&s->marks)) < len) {
		found = 0;
		if (d[i] == '.')
			found = dotted(d, len, s->pos, i, token);
		else if (d[i] == '-')
			found = dashed(d, len, s->pos, i, token);
		else if (!enough_colons(d, len, i, &end) ||
			 !(found = coloned(d, len, s->pos, i, token)))
			address_marks_pass(&s->marks, end);
		if (found) {
			s->pos = token->off + token->len;
			address_marks_pass(&s->marks, s->pos);
			return 1;
		}
	}
	s->pos = len;
	return 0;
}

int
address_next(
    const char *data, size_t len, size_t *pos, struct address_token *token)
{
	struct address_scan s;
	int found;

	address_scan_start(&s, data, len, *pos);
	found = address_scan_next(&s, token);
	*pos = s.pos;
	return found;
}
