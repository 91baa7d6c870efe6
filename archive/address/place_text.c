#include <string.h>

#include "archive/address/place_walk.h"

static int
blank(char c)
{

	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

static int
word(char c)
{

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

static int
quote(char c)
{

	return c == '"' || c == '\'';
}

static size_t
skip_blank(const char *b, size_t len, size_t i)
{

	while (i < len && blank(b[i]))
		i++;
	return i;
}

/* Is what stands before s only what may lead an option in? */
static int
leads(const char *b, size_t s)
{
	static const char export[] = "export";
	size_t i = 0, n = sizeof(export) - 1;

	while (i < s && (blank(b[i]) || b[i] == '#' || b[i] == ';'))
		i++;
	if (s - i > n && memcmp(b + i, export, n) == 0 && blank(b[i + n]))
		for (i += n; i < s && blank(b[i]);)
			i++;
	return i == s;
}

/**
 * The end of what the quote before ${i} opens.  ${escaped}: it was written \",
 * in JSON inside JSON, where the quote that ends it is \" and one inside \\\".
 */
static size_t
quote_end(const char *b, size_t len, size_t i, int escaped)
{
	char q = b[i - 1];

	for (; i < len && b[i] != q; i++) {
		if (b[i] != '\\' || i + 1 == len)
			continue;
		if (escaped && b[i + 1] == q)
			break;
		i++;
		if (escaped && b[i] == '\\' && i + 2 < len && b[i + 1] == '\\')
			i += 2;
	}
	return i < len ? i : len;
}

/* The value behind the separator at ${sep}; its name starts at ${name}. */
static size_t
value_at(const char *b, size_t len, size_t name, size_t sep, size_t *off)
{
	size_t i = skip_blank(b, len, sep + 1), end;
	int escaped;

	while (i < len && b[i] == '<')
		i++;
	escaped = i + 1 < len && b[i] == '\\' && quote(b[i + 1]);
	i += (size_t)escaped;
	if (i < len && quote(b[i])) {
		i++;
		end = quote_end(b, len, i, escaped);
	} else if (leads(b, name)) {
		for (end = len; end > i && blank(b[end - 1]);)
			end--;
	} else {
		for (end = i; end < len && !blank(b[end]) && !quote(b[end]) &&
			      b[end] != '\0' &&
			      strchr(",;&<>}])", b[end]) == NULL;)
			end++;
	}
	*off = i;
	return end - i;
}

/* Lines that start with a word, and then a secret behind so many others. */
static const struct {
	const char *word;
	int others;
} spaced[] = {
	{ "incominguser", 1 }, /* tgt's targets.conf */
	{ "outgoinguser", 1 },
	{ "auth_pass", 0 }, /* keepalived.conf */
	{ "requirepass", 0 },
	{ "masterauth", 0 },
	{ "password", 0 },
	{ "passwd", 0 },
};

/* How many words stand between the word [s, e) and its secret, or -1. */
static int
words_between(const char *b, size_t s, size_t e)
{
	size_t i;

	for (i = 0; i < sizeof(spaced) / sizeof(spaced[0]); i++)
		if (strlen(spaced[i].word) == e - s &&
		    memcmp(b + s, spaced[i].word, e - s) == 0)
			return spaced[i].others;
	return -1;
}

static int
spaced_secret(const char *b, size_t len, size_t *pos, size_t *off, size_t *vlen)
{
	size_t s = 0, e;
	int others;

	while (s < len && (blank(b[s]) || b[s] == '#'))
		s++;
	for (e = s; e < len && word(b[e]);)
		e++;
	if (e == len || !blank(b[e]) || (others = words_between(b, s, e)) < 0)
		return 0;
	e = skip_blank(b, len, e);
	for (; others > 0; others--) {
		while (e < len && !blank(b[e]))
			e++;
		e = skip_blank(b, len, e);
	}
	while (len > e && blank(b[len - 1]))
		len--;
	if (e == len || b[e] == '=' || b[e] == ':')
		return 0;
	*off = e;
	*vlen = len - e;
	*pos = len;
	return 1;
}

/* Does a value follow at i?  = and : everywhere, Erlang's {name, <<"value">>}.
 */
static int
separator(const char *b, size_t len, size_t i)
{

	if (b[i] == '=' || b[i] == ':')
		return 1;
	if (b[i] != ',')
		return 0;
	i = skip_blank(b, len, i + 1);
	return len - i > 2 && b[i] == '<' && b[i + 1] == '<';
}

int
place_text_secret(
    const char *bytes, size_t len, size_t *pos, size_t *off, size_t *vlen)
{
	size_t i, s, e;

	if (*pos == 0 && spaced_secret(bytes, len, pos, off, vlen))
		return 1;
	for (i = *pos; i < len; i++) {
		if (!separator(bytes, len, i))
			continue;
		for (e = i;
		     e > *pos && (blank(bytes[e - 1]) || quote(bytes[e - 1]) ||
				     bytes[e - 1] == '\\');)
			e--;
		for (s = e; s > *pos && word(bytes[s - 1]);)
			s--;
		if (s == e || place_name_role(bytes + s, e - s) != PLACE_SECRET)
			continue;
		while (s < e && bytes[s] == '-')
			s++;
		*vlen = value_at(bytes, len, s, i, off);
		*pos = *off + *vlen;
		if (*vlen > 0)
			return 1;
		i = *pos > i ? *pos - 1 : i;
	}
	*pos = len;
	return 0;
}

/* Where the comment of the line [s, e) starts, or e. */
static size_t
comment_at(const char *b, size_t s, size_t e)
{
	const char *hash;
	size_t i = s;

	while (i < e && (hash = memchr(b + i, '#', e - i)) != NULL) {
		i = (size_t)(hash - b);
		if (i == s || blank(b[i - 1]))
			return i;
		i++;
	}
	return e;
}

static int
line_places(struct walk *w, size_t line, size_t s, size_t e)
{
	size_t hash = comment_at(w->bytes, s, e), pos = 0, off, len, done = s;
	int rc;

	while (place_text_secret(w->bytes + s, hash - s, &pos, &off, &len)) {
		if (s + off > done &&
		    (rc = walk_line(w, line, done, s + off, PLACE_PLAIN)) != 0)
			return rc;
		done = s + off + len;
		if ((rc = walk_line(w, line, s + off, done, PLACE_SECRET)) != 0)
			return rc;
	}
	if (hash > done &&
	    (rc = walk_line(w, line, done, hash, PLACE_PLAIN)) != 0)
		return rc;
	return e > hash ? walk_line(w, line, hash, e, PLACE_COMMENT) : 0;
}

int
place_text(struct walk *w)
{
	size_t off, next, s, e, line = 0;
	const char *nl;
	int rc = 0;

	for (off = 0; off < w->len && rc == 0; off = next) {
		line++;
		nl = memchr(w->bytes + off, '\n', w->len - off);
		e = nl != NULL ? (size_t)(nl - w->bytes) : w->len;
		next = nl != NULL ? e + 1 : e;
		for (s = off; s < e && blank(w->bytes[s]);)
			s++;
		while (e > s && blank(w->bytes[e - 1]))
			e--;
		if (s < e)
			rc = line_places(w, line, s, e);
	}
	return rc;
}
