#include "archive/judge/json_plain.h"

#include <stdint.h>
#include <string.h>

#include "archive/judge/json_judge.h"
#include "archive/limits.h"

/* No byte adds more to json_weight. */
#define WEIGHT_BYTE 288u

/* Digits of a number that fits, whatever it is. */
#define DIGITS 18u

/* One bit for each open object or array: 1 is an array. */
_Static_assert(LIMIT_JSON_DEPTH == 64, "nesting is one word");

struct plain {
	const char *b;
	size_t i, len;
	uint64_t arrays;
	unsigned depth;
};

/* The next byte that is no blank, or '\0' at the end. */
static char
peek(struct plain *p)
{

	while (p->i < p->len && (p->b[p->i] == ' ' || p->b[p->i] == '\n' ||
				    p->b[p->i] == '\t' || p->b[p->i] == '\r'))
		p->i++;
	return p->i < p->len ? p->b[p->i] : '\0';
}

/* Four hex digits at i, of a character that is neither NUL nor a surrogate. */
static int
plain_escape(const struct plain *p, size_t i)
{
	unsigned value = 0, digit, n;

	if (p->len - i < 4)
		return 0;
	for (n = 0; n < 4; n++) {
		digit = (unsigned char)p->b[i + n];
		if (digit >= '0' && digit <= '9')
			digit -= '0';
		else if ((digit | 0x20) >= 'a' && (digit | 0x20) <= 'f')
			digit = (digit | 0x20) - 'a' + 10;
		else
			return 0;
		value = value << 4 | digit;
	}
	return value != 0 && (value < 0xd800 || value > 0xdfff);
}

/* The text whose opening quote is next. */
static int
text(struct plain *p)
{
	size_t i = p->i + 1;
	unsigned char c;

	for (; i < p->len; i++) {
		c = (unsigned char)p->b[i];
		if (c == '"') {
			p->i = i + 1;
			return 1;
		}
		if (c < 0x20 || c >= 0x7f)
			return 0;
		if (c != '\\')
			continue;
		if (++i == p->len)
			return 0;
		if (p->b[i] == 'u' ? !plain_escape(p, i + 1)
				   : p->b[i] == '\0' ||
					 strchr("\"\\/bfnrt", p->b[i]) == NULL)
			return 0;
	}
	return 0;
}

static size_t
digits(const struct plain *p, size_t i)
{
	size_t first = i;

	while (i < p->len && p->b[i] >= '0' && p->b[i] <= '9')
		i++;
	return i - first;
}

static int
number(struct plain *p)
{
	size_t n;

	if (p->b[p->i] == '-')
		p->i++;
	n = digits(p, p->i);
	if (n == 0 || n > DIGITS || (n > 1 && p->b[p->i] == '0'))
		return 0;
	p->i += n;
	if (p->i == p->len || p->b[p->i] != '.')
		return 1;
	n = digits(p, ++p->i);
	p->i += n;
	return n > 0 && n <= DIGITS;
}

static int
word(struct plain *p)
{
	static const char *const words[] = { "true", "false", "null" };
	size_t k, n;

	for (k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
		n = strlen(words[k]);
		if (p->len - p->i >= n &&
		    memcmp(p->b + p->i, words[k], n) == 0) {
			p->i += n;
			return 1;
		}
	}
	return 0;
}

/* A key and the colon behind it. */
static int
key(struct plain *p)
{

	if (peek(p) != '"' || !text(p) || peek(p) != ':')
		return 0;
	p->i++;
	return 1;
}

/* An object or array begins: 1, or 2 when it is empty, and so a value. */
static int
open_level(struct plain *p, int array)
{

	if (p->depth == LIMIT_JSON_DEPTH)
		return 0;
	p->i++;
	if (peek(p) == (array ? ']' : '}')) {
		p->i++;
		return 2;
	}
	p->arrays = p->arrays << 1 | (unsigned)array;
	p->depth++;
	return array ? 1 : key(p);
}

/* A value begins: 0 bad, 1 and another one follows inside it, 2 it is over. */
static int
value(struct plain *p)
{
	char c = peek(p);

	if (c == '{' || c == '[')
		return open_level(p, c == '[');
	if (c == '"')
		return text(p) ? 2 : 0;
	if (c == '-' || (c >= '0' && c <= '9'))
		return number(p) ? 2 : 0;
	return word(p) ? 2 : 0;
}

/* Behind a value: 0 bad, 1 and the next one follows, 2 all is over. */
static int
behind(struct plain *p)
{
	int array;
	char c;

	while (p->depth > 0) {
		array = (int)(p->arrays & 1);
		c = peek(p);
		if (c == ',') {
			p->i++;
			return array ? 1 : key(p);
		}
		if (c != (array ? ']' : '}'))
			return 0;
		p->i++;
		p->arrays >>= 1;
		p->depth--;
	}
	peek(p);
	return p->i == p->len ? 2 : 0;
}

int
json_plain(const char *bytes, size_t len)
{
	struct plain p = { bytes, 0, len, 0, 0 };
	int next;
	char c = peek(&p);

	if (c != '{' && c != '[' && c != '"')
		return 0;
	if (len > LIMIT_JSON_WEIGHT / WEIGHT_BYTE &&
	    json_weight(bytes, len) > LIMIT_JSON_WEIGHT)
		return 0;
	do {
		if ((next = value(&p)) == 2)
			next = behind(&p);
	} while (next == 1);
	return next == 2;
}
