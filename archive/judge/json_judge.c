#include "archive/judge/json_judge.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "archive/limits.h"

/* What jansson 2.14 allocates: an object with its first eight buckets; an array
 * with room for eight; a text, as key or value; a number or a word; and the
 * pointer to each of them. */
#define WEIGHT_OBJECT 288u
#define WEIGHT_ARRAY  160u
#define WEIGHT_TEXT   112u
#define WEIGHT_OTHER  64u

/* Behind the string whose opening quote is at i. */
static size_t
string_end(const char *b, size_t len, size_t i)
{

	for (i++; i < len && b[i] != '"'; i++)
		if (b[i] == '\\')
			i++;
	return i < len ? i + 1 : len;
}

static size_t
word_end(const char *b, size_t len, size_t i)
{

	while (i < len && memchr(",:]}[{\" \t\r\n", b[i], 11) == NULL)
		i++;
	return i;
}

size_t
json_weight(const char *bytes, size_t len)
{
	size_t i = 0, weight = 0, depth = 0, end;

	/* No sum overflows: each byte adds 288 at most, and no memory holds
	 * 2^55 bytes. */
	while (i < len) {
		switch (bytes[i]) {
		case '"':
			end = string_end(bytes, len, i);
			weight += WEIGHT_TEXT + (end - i);
			i = end;
			break;
		case '{':
		case '[':
			if (++depth > LIMIT_JSON_DEPTH)
				return SIZE_MAX;
			weight +=
			    bytes[i++] == '{' ? WEIGHT_OBJECT : WEIGHT_ARRAY;
			break;
		case '}':
		case ']':
			if (depth-- == 0)
				return SIZE_MAX;
			i++;
			break;
		case ',':
		case ':':
		case ' ':
		case '\t':
		case '\r':
		case '\n':
			i++;
			break;
		default:
			weight += WEIGHT_OTHER;
			i = word_end(bytes, len, i);
			break;
		}
	}
	return weight;
}

json_t *
json_open(const char *bytes, size_t len, size_t flags, size_t most,
    json_error_t *error)
{
	size_t weight = json_weight(bytes, len);

	if (weight <= most)
		return json_loadb(bytes, len, flags, error);
	if (error != NULL) {
		memset(error, 0, sizeof(*error));
		snprintf(error->text, sizeof(error->text), "%s",
		    weight == SIZE_MAX ? "nested too deeply, or unbalanced"
				       : "it would take too much memory");
	}
	return NULL;
}
