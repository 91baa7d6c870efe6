#include <string.h>

#include "archive/address/place_walk.h"
#include "archive/address/secret.h"
#include "archive/address/secret_line_table.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct line {
	const char *b;
	size_t len;
	int glued;  /* a program of ours was named */
	int marked; /* it begins as one with marks */
};

static int
blank(char c)
{

	return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f';
}

static int
quote(char c)
{

	return c == '"' || c == '\'' || c == '\\';
}

static size_t
skip_blank(const struct line *l, size_t i)
{

	while (i < l->len && blank(l->b[i]))
		i++;
	return i;
}

static size_t
word_end(const struct line *l, size_t i)
{

	while (i < l->len && !blank(l->b[i]))
		i++;
	return i;
}

static int
is_word(const struct line *l, size_t s, size_t e, const char *word)
{

	return strlen(word) == e - s && memcmp(l->b + s, word, e - s) == 0;
}

/* What stands behind a secret's name in a sentence, or is where it is: a path,
 * an option, an address, a small number, a URL. */
static int
is_none(const char *v, size_t len)
{
	size_t i, digits = 0, others = 0;

	if (len == 0 || strchr("/-=:(){}[]|&", *v) != NULL ||
	    memmem(v, len, "://", 3) != NULL)
		return 1;
	for (i = 0; i < len; i++) {
		if (v[i] >= '0' && v[i] <= '9')
			digits++;
		else if (v[i] != '.' && v[i] != ':' && v[i] != '/')
			others++;
	}
	return digits == len ? len < 6 : others == 0;
}

/* The value at i: to the closing quote, or the word's end. */
static int
value_at(const struct line *l, size_t i, size_t *off, size_t *vlen)
{
	size_t e;
	char q = '\0';

	while (i < l->len && l->b[i] == '\\')
		i++;
	if (i < l->len && quote(l->b[i]))
		q = l->b[i++];
	for (e = i;
	     e < l->len && (q != '\0' ? l->b[e] != q
				      : !blank(l->b[e]) && !quote(l->b[e]) &&
					    strchr(";,<>", l->b[e]) == NULL);)
		e++;
	if (q == '\0' && is_none(l->b + i, e - i))
		return 0;
	*off = i;
	*vlen = e - i;
	return e > i;
}

/* user:secret at i. */
static int
pair_at(const struct line *l, size_t i, size_t *off, size_t *vlen)
{
	const char *colon;
	char q = '\0';
	size_t e;

	if (i < l->len && quote(l->b[i]))
		q = l->b[i++];
	for (e = i;
	     e < l->len &&
	     (q != '\0' ? l->b[e] != q : !blank(l->b[e]) && !quote(l->b[e]));)
		e++;
	if (e == i || (colon = memchr(l->b + i, ':', e - i)) == NULL)
		return 0;
	*off = (size_t)(colon - l->b) + 1;
	*vlen = e - *off;
	/* A host and its port. */
	return !is_none(l->b + *off, *vlen);
}

static int
name_char(char c)
{

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

/* ('password', 'x'): is [s, e) the quoted name of a secret, and does a quote
 * follow at ${next}? */
static int
is_first_of_two(const struct line *l, size_t s, size_t e, size_t next)
{
	size_t i;

	if (e - s < 4 || l->b[e - 1] != ',' || !quote(l->b[e - 2]) ||
	    !quote(l->b[next]))
		return 0;
	for (i = e -= 2; i > s && name_char(l->b[i - 1]);)
		i--;
	return i > s && quote(l->b[i - 1]) &&
	       place_name_role(l->b + i, e - i) == PLACE_SECRET;
}

/* What the word [s, e) says of the one behind it. */
static int
by_word(const struct line *l, size_t s, size_t e, size_t *off, size_t *vlen)
{
	size_t next = skip_blank(l, e), i;
	int n;

	if (next == l->len)
		return 0;
	for (i = 0; i < COUNT(pairs); i++)
		if (is_word(l, s, e, pairs[i]))
			return pair_at(l, next, off, vlen);
	for (i = 0; i < COUNT(behind); i++) {
		if (!is_word(l, s, e, behind[i].word))
			continue;
		for (n = 0; n < behind[i].others; n++)
			next = skip_blank(l, word_end(l, next));
		return value_at(l, next, off, vlen);
	}
	if (is_first_of_two(l, s, e, next))
		return value_at(l, next, off, vlen);
	/* The name is what the word ends with: ARGS="-setcookie. */
	while (e > s && quote(l->b[e - 1]))
		e--;
	for (i = e; i > s && name_char(l->b[i - 1]);)
		i--;
	while (i < e && l->b[i] == '-')
		i++;
	return place_name_spaced(l->b + i, e - i) &&
	       value_at(l, next, off, vlen);
}

/* What the word [s, e) is itself. */
static int
in_word(struct line *l, size_t s, size_t e, size_t *off, size_t *vlen)
{
	size_t i;

	for (i = 0; i < COUNT(glued); i++)
		if (memmem(l->b + s, e - s, glued[i], strlen(glued[i])) != NULL)
			l->glued = 1;
	if (s == skip_blank(l, 0))
		for (i = 0; i < COUNT(marked); i++)
			if (is_word(l, s, e, marked[i]))
				l->marked = 1;
	if (l->glued && e - s > 2 && l->b[s] == '-' && l->b[s + 1] == 'p')
		*off = s + 2;
	else if (l->marked && e - s > 1 && l->b[s] == '>')
		*off = s + 1;
	else
		return 0;
	*vlen = e - *off;
	return 1;
}

static int
hash_char(char c)
{

	return name_char(c) || (c != '\0' && strchr("/+=$,", c) != NULL);
}

/* A password's hash in the word [s, e). */
static int
hash_in(const struct line *l, size_t s, size_t e, size_t *off, size_t *vlen)
{
	size_t i, k, n, end;

	for (i = s; i < e; i++) {
		if (l->b[i] != '$' && l->b[i] != '{')
			continue;
		for (k = 0; k < COUNT(hashes); k++) {
			n = strlen(hashes[k]);
			if (e - i < n || memcmp(l->b + i, hashes[k], n) != 0)
				continue;
			for (end = i + n; end < e && hash_char(l->b[end]);)
				end++;
			if (end - i < n + 8)
				continue;
			*off = i;
			*vlen = end - i;
			return 1;
		}
	}
	return 0;
}

int
secret_line(
    const char *bytes, size_t len, size_t *pos, size_t *off, size_t *vlen)
{
	struct line l = { bytes, len, 0, 0 };
	size_t s, e, n;

	/* What the first words say holds for all of the line. */
	for (s = skip_blank(&l, 0), n = 0; s < *pos && n < 8; n++) {
		e = word_end(&l, s);
		(void)in_word(&l, s, e, off, vlen);
		s = skip_blank(&l, e);
	}
	for (s = skip_blank(&l, *pos); s < len; s = skip_blank(&l, e)) {
		e = word_end(&l, s);
		if (in_word(&l, s, e, off, vlen) ||
		    hash_in(&l, s, e, off, vlen) ||
		    by_word(&l, s, e, off, vlen)) {
			*pos = *off + *vlen;
			return 1;
		}
	}
	*pos = len;
	return 0;
}
