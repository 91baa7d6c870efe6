#include "archive/bundle/slice.h"

#include <string.h>

#include "archive/limits.h"

enum { BEFORE, FIRST, MORE, OVER, BAD };

void
slice_start(struct slice *s, char open, const char *bytes, size_t len)
{

	memset(s, 0, sizeof(*s));
	s->pos = bytes;
	s->end = bytes + len;
	s->close = open == '{' ? '}' : ']';
	s->state = BEFORE;
}

static int
is_space(char c)
{

	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int
ends_word(char c)
{

	return c == ',' || c == ':' || c == ']' || c == '}' || c == '[' ||
	       c == '{' || c == '"' || is_space(c);
}

static void
skip_space(struct slice *s)
{

	while (s->pos < s->end && is_space(*s->pos))
		s->pos++;
}

/* Take the byte ${c}, and spaces in front of it: 0 or -1. */
static int
take(struct slice *s, char c)
{

	skip_space(s);
	if (s->pos == s->end || *s->pos != c)
		return -1;
	s->pos++;
	return 0;
}

/* Behind the string whose opening quote stands here: 0 or -1. */
static int
skip_string(struct slice *s)
{
	const char *quote;

	/* Most have no escape. */
	s->pos++;
	quote = memchr(s->pos, '"', (size_t)(s->end - s->pos));
	if (quote == NULL)
		return -1;
	if (memchr(s->pos, '\\', (size_t)(quote - s->pos)) == NULL) {
		s->pos = quote + 1;
		return 0;
	}
	for (; s->pos < s->end; s->pos++) {
		if (*s->pos == '"') {
			s->pos++;
			return 0;
		}
		if (*s->pos == '\\' && ++s->pos == s->end)
			return -1;
	}
	return -1;
}

/* Behind the value that stands here: 0 or -1. */
static int
skip_value(struct slice *s)
{
	size_t base = s->depth, depth = base;

	do {
		if (s->pos == s->end)
			return -1;
		switch (*s->pos) {
		case '"':
			if (skip_string(s) == -1)
				return -1;
			break;
		case '{':
		case '[':
			if (++depth > LIMIT_JSON_DEPTH)
				return -1;
			s->pos++;
			break;
		case '}':
		case ']':
			if (depth == base)
				return -1;
			depth--;
			s->pos++;
			break;
		case ',':
		case ':':
			if (depth == base)
				return -1;
			s->pos++;
			break;
		default:
			/* A number or a word, up to whatever ends it. */
			while (s->pos < s->end && !ends_word(*s->pos))
				s->pos++;
			if (depth > base)
				skip_space(s);
			break;
		}
	} while (depth > base);
	return 0;
}

static int
next_key(struct slice *s)
{

	skip_space(s);
	if (s->pos == s->end || *s->pos != '"')
		return -1;
	s->key = s->pos + 1;
	if (skip_string(s) == -1)
		return -1;
	s->keylen = (size_t)(s->pos - 1 - s->key);
	if (memchr(s->key, '\\', s->keylen) != NULL)
		return -1;
	return take(s, ':');
}

int
slice_peek(struct slice *s)
{

	if (s->state == OVER)
		return 0;
	if (s->state == BAD ||
	    (s->state == BEFORE && take(s, s->close == '}' ? '{' : '[') == -1))
		goto bad;
	if (s->state == BEFORE)
		s->state = FIRST;
	if (take(s, s->close) == 0) {
		if (!s->inner)
			skip_space(s);
		if (!s->inner && s->pos != s->end)
			goto bad;
		s->state = OVER;
		return 0;
	}
	if (s->state == MORE && take(s, ',') == -1)
		goto bad;
	if (s->close == '}' && next_key(s) == -1)
		goto bad;
	skip_space(s);
	s->value = s->pos;
	/* Nothing else goes on from here. */
	s->state = BAD;
	return 1;

bad:
	s->state = BAD;
	return -1;
}

int
slice_whole(struct slice *s)
{

	if (skip_value(s) == -1 || s->pos == s->value)
		return -1;
	s->len = (size_t)(s->pos - s->value);
	s->state = MORE;
	return 0;
}

void
slice_took(struct slice *s, size_t len)
{

	s->pos = s->value + len;
	s->len = len;
	s->state = MORE;
}

void
slice_into(struct slice *s, char open, struct slice *in)
{

	slice_start(in, open, s->value, (size_t)(s->end - s->value));
	in->inner = 1;
	in->depth = s->depth + 1;
}

void
slice_out(struct slice *s, const struct slice *in)
{

	slice_took(s, (size_t)(in->pos - s->value));
}

int
slice_next(struct slice *s)
{
	int rc = slice_peek(s);

	return rc == 1 && slice_whole(s) == -1 ? -1 : rc;
}
