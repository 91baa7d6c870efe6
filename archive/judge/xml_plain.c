#include "archive/judge/xml_plain.h"

#include <string.h>

#include "archive/limits.h"

/* What is longer is left to xml_judge: so much that no limit on all of it can
 * be reached. */
#define PLAIN_MOST (16u << 10)
/* No byte adds more to its weight, and no element has less than four. */
#define WEIGHT_BYTE 400u
_Static_assert(PLAIN_MOST <= LIMIT_ITEM &&
		   PLAIN_MOST <= LIMIT_XML_WEIGHT / WEIGHT_BYTE &&
		   PLAIN_MOST / 4 <= LIMIT_XML_ELEMENTS,
    "no limit can be reached");

#define DEPTH      24u
#define ATTRIBUTES 24u
#define NAME       64u
_Static_assert(DEPTH <= LIMIT_XML_DEPTH && ATTRIBUTES <= LIMIT_XML_ATTRIBUTES &&
		   DEPTH * NAME <= LIMIT_XML_PATH,
    "nor any other");

/* What bytes may be. */
#define TEXT  1u /* in text: all but < & ] */
#define VALUE 2u /* in a value: all but < & and quotes */
#define NAMED 4u /* in a name */
#define FIRST 8u /* its first */
#define BLANK 16u

#define LETTER (TEXT | VALUE | NAMED | FIRST)
#define DIGIT  (TEXT | VALUE | NAMED)
#define OTHER  (TEXT | VALUE)
#define T3(a)  [a] = OTHER, [(a) + 1] = OTHER, [(a) + 2] = OTHER
#define L6(a)                                                                  \
	[a] = LETTER, [(a) + 1] = LETTER, [(a) + 2] = LETTER,                  \
	[(a) + 3] = LETTER, [(a) + 4] = LETTER, [(a) + 5] = LETTER

static const unsigned char is[256] = {
	['\t'] = OTHER | BLANK,
	['\n'] = OTHER | BLANK,
	['\r'] = OTHER | BLANK,
	[' '] = OTHER | BLANK,
	['!'] = OTHER,
	['"'] = TEXT,
	T3('#'), /* and $ % */
	['\''] = TEXT,
	T3('('), /* and ) * */
	['+'] = OTHER,
	[','] = OTHER,
	['-'] = DIGIT,
	['.'] = DIGIT,
	['/'] = OTHER,
	['0'] = DIGIT,
	['1'] = DIGIT,
	['2'] = DIGIT,
	['3'] = DIGIT,
	['4'] = DIGIT,
	['5'] = DIGIT,
	['6'] = DIGIT,
	['7'] = DIGIT,
	['8'] = DIGIT,
	['9'] = DIGIT,
	[':'] = OTHER,
	[';'] = OTHER,
	['='] = OTHER,
	['>'] = OTHER,
	['?'] = OTHER,
	['@'] = OTHER,
	L6('A'),
	L6('G'),
	L6('M'),
	L6('S'),
	['Y'] = LETTER,
	['Z'] = LETTER,
	['['] = OTHER,
	['\\'] = OTHER,
	[']'] = VALUE,
	['^'] = OTHER,
	['_'] = LETTER,
	['`'] = OTHER,
	L6('a'),
	L6('g'),
	L6('m'),
	L6('s'),
	['y'] = LETTER,
	['z'] = LETTER,
	['{'] = OTHER,
	['|'] = OTHER,
	['}'] = OTHER,
	['~'] = OTHER,
};

struct name {
	const char *s;
	size_t len;
};

struct plain {
	const char *s, *end;
	struct name open[DEPTH];
	size_t depth;
	struct name attributes[ATTRIBUTES];
};

/* Pass over bytes of that kind. */
static void
pass(struct plain *p, unsigned char kind)
{

	while (p->s < p->end && (is[(unsigned char)*p->s] & kind) != 0)
		p->s++;
}

static int
next(struct plain *p, char c)
{

	if (p->s == p->end || *p->s != c)
		return 0;
	p->s++;
	return 1;
}

static int
name(struct plain *p, struct name *to)
{

	to->s = p->s;
	if (p->s == p->end || (is[(unsigned char)*p->s] & FIRST) == 0)
		return 0;
	pass(p, NAMED);
	to->len = (size_t)(p->s - to->s);
	return to->len <= NAME;
}

static int
same(const struct name *a, const struct name *b)
{

	return a->len == b->len && memcmp(a->s, b->s, a->len) == 0;
}

/* One of the five, behind the &. */
static int
entity(struct plain *p)
{
	static const char *const all[] = { "&lt;", "&gt;", "&amp;", "&quot;",
		"&apos;" };
	size_t i, n;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		n = strlen(all[i]);
		if ((size_t)(p->end - p->s) >= n &&
		    memcmp(p->s, all[i], n) == 0) {
			p->s += n;
			return 1;
		}
	}
	return 0;
}

/* A value with its quotes. */
static int
value(struct plain *p)
{
	char quote;

	if (p->s == p->end || (*p->s != '"' && *p->s != '\''))
		return 0;
	for (quote = *p->s++;;) {
		pass(p, VALUE);
		if (next(p, quote))
			return 1;
		if (p->s == p->end)
			return 0;
		if (*p->s == '"' || *p->s == '\'')
			p->s++;
		else if (!entity(p))
			return 0;
	}
}

/* An attribute that the element has not yet. */
static int
attribute(struct plain *p, size_t n)
{
	struct name *a = &p->attributes[n];

	if (n == ATTRIBUTES || !name(p, a) ||
	    (a->len >= 5 && memcmp(a->s, "xmlns", 5) == 0))
		return 0;
	while (n-- > 0)
		if (same(&p->attributes[n], a))
			return 0;
	pass(p, BLANK);
	if (!next(p, '='))
		return 0;
	pass(p, BLANK);
	return value(p);
}

/* Behind the < of a start tag. */
static int
start_tag(struct plain *p)
{
	const char *before;
	size_t n = 0;

	if (p->depth == DEPTH || !name(p, &p->open[p->depth]))
		return 0;
	for (;;) {
		before = p->s;
		pass(p, BLANK);
		if (next(p, '>')) {
			p->depth++;
			return 1;
		}
		if (next(p, '/'))
			return next(p, '>');
		if (p->s == before || !attribute(p, n++))
			return 0;
	}
}

/* Behind the </ of an end tag. */
static int
end_tag(struct plain *p)
{
	struct name n;

	if (p->depth == 0 || !name(p, &n) || !same(&n, &p->open[p->depth - 1]))
		return 0;
	pass(p, BLANK);
	p->depth--;
	return next(p, '>');
}

/* Behind the <! of a comment, which no text of it ends. */
static int
comment(struct plain *p)
{

	if (!next(p, '-') || !next(p, '-'))
		return 0;
	for (; p->s < p->end; p->s++) {
		if (*p->s != '-') {
			if (is[(unsigned char)*p->s] == 0 && *p->s != '<' &&
			    *p->s != '&')
				return 0;
			continue;
		}
		if (p->end - p->s >= 2 && p->s[1] == '-') {
			p->s += 2;
			return next(p, '>');
		}
	}
	return 0;
}

/* Text up to the next markup. */
static int
text(struct plain *p)
{

	while (p->s < p->end && *p->s != '<') {
		if (*p->s == '&' ? !entity(p)
				 : (is[(unsigned char)*p->s] & TEXT) == 0)
			return 0;
		pass(p, TEXT);
	}
	return 1;
}

/* What is around the root: blanks and comments, up to a start tag or the end.
 */
static int
around(struct plain *p)
{

	for (;;) {
		pass(p, BLANK);
		if (p->end - p->s < 2 || p->s[0] != '<' || p->s[1] != '!')
			return 1;
		p->s += 2;
		if (!comment(p))
			return 0;
	}
}

int
xml_plain(const char *bytes, size_t len)
{
	struct plain p;
	int good;

	if (len == 0 || len > PLAIN_MOST)
		return 0;
	p.s = bytes;
	p.end = bytes + len;
	p.depth = 0;
	if (!around(&p) || !next(&p, '<') || !start_tag(&p))
		return 0;
	while (p.depth > 0) {
		if (!text(&p) || !next(&p, '<'))
			return 0;
		if (next(&p, '/'))
			good = end_tag(&p);
		else if (next(&p, '!'))
			good = comment(&p);
		else
			good = start_tag(&p);
		if (!good)
			return 0;
	}
	return around(&p) && p.s == p.end;
}
