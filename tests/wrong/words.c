#include "words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static int
hex(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, tolower(c));

	if (at == NULL)
		die("\\x wants two hex digits");
	return (int)(at - digits);
}

/* Behind a backslash: what it says; ${*s} goes behind it. */
static char
escape(const char **s)
{
	static const char names[] = "n\nt\tr\r\\\\\"\"";
	const char *p = *s;
	size_t i;

	if (*p == 'x') {
		*s = p + 3;
		return (char)(hex(p[1]) * 16 + hex(p[2]));
	}
	for (i = 0; names[i] != '\0'; i += 2)
		if (names[i] == *p) {
			*s = p + 1;
			return names[i + 1];
		}
	die("no such escape: \\%c", *p);
}

/* A quoted piece; ${s} stands at its quote.  Behind it. */
static const char *
quoted(const char *s, struct bytes *to)
{
	struct bytes piece = { NULL, 0, 0 };
	unsigned long times = 1;
	char quote = *s++, *end;

	while (*s != quote) {
		if (*s == '\0')
			die("a quote without its end");
		if (*s == '\\' && quote == '"') {
			s++;
			bytes_addc(&piece, escape(&s));
		} else {
			bytes_addc(&piece, *s++);
		}
	}
	s++;
	if (*s == '*') {
		times = strtoul(s + 1, &end, 10);
		s = end;
	}
	bytes_adds(to, "");
	for (; times > 0; times--)
		bytes_add(to, piece.p, piece.n);
	bytes_free(&piece);
	return s;
}

void
words_read(const char *line, struct words *words)
{
	struct bytes *to;

	memset(words, 0, sizeof(*words));
	for (;;) {
		line += strspn(line, " \t\n");
		if (*line == '\0' || *line == '#')
			return;
		if (words->n == WORDS_MAX)
			die("too many words");
		to = &words->w[words->n++];
		while (*line != '\0' && strchr(" \t\n", *line) == NULL) {
			if (*line == '\'' || *line == '"')
				line = quoted(line, to);
			else
				bytes_addc(to, *line++);
		}
	}
}

void
words_free(struct words *words)
{

	while (words->n > 0)
		bytes_free(&words->w[--words->n]);
}
