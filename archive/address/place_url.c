#include <string.h>

#include "archive/address/place.h"

/* No scheme is longer. */
#define SCHEME 32

static int
quote(char c)
{

	return c != '\0' && strchr("\"'<>`", c) != NULL;
}

/* Ends every URL. */
static int
outside(char c)
{

	return (unsigned char)c <= ' ' || quote(c);
}

static int
scheme_char(char c)
{

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-';
}

/* Behind the // of a scheme:// at i, which JSON may write \/\/; or i. */
static size_t
slashes(const char *b, size_t len, size_t i)
{

	if (len - i > 2 && memcmp(b + i, "://", 3) == 0)
		return i + 3;
	if (len - i > 4 && memcmp(b + i, ":\\/\\/", 5) == 0)
		return i + 5;
	return i;
}

/* The colon of the :// or :\/\/ whose first slash is at i, or len. */
static size_t
colon_of(const char *b, size_t len, size_t i)
{

	if (i > 1 && b[i - 1] == '\\')
		i--;
	return i > 0 && b[i - 1] == ':' ? i - 1 : len;
}

/**
 * Behind the next scheme:// at or behind i, or len.  ${*quoted}: a quote stands
 * before the scheme, and so the URL ends at the next one.
 */
static size_t
authority(const char *b, size_t len, size_t i, int *quoted)
{
	const char *slash;
	size_t s, e, colon, from = i;

	/* Text has more colons than slashes. */
	while (i < len && (slash = memchr(b + i, '/', len - i)) != NULL) {
		i = (size_t)(slash - b);
		s = colon = colon_of(b, len, i);
		i++;
		if (colon == len || colon < from || colon == 0 ||
		    (e = slashes(b, len, colon)) == colon ||
		    !scheme_char(b[colon - 1]))
			continue;
		while (s > 0 && colon - s < SCHEME && scheme_char(b[s - 1]))
			s--;
		*quoted = s > 0 && quote(b[s - 1]);
		return e;
	}
	return len;
}

/* The end of one host's piece of an authority: , / ? # or the URL's end. */
static size_t
piece_end(const char *b, size_t len, size_t i)
{

	while (i < len && !outside(b[i]) && strchr(",/?#", b[i]) == NULL)
		i++;
	return i;
}

/* Could [s, e), which has no @, be a host, with or without a port? */
static int
is_host(const char *b, size_t s, size_t e)
{
	const char *colon;
	size_t i;

	if (s < e && b[s] == '[')
		return 1;
	if ((colon = memchr(b + s, ':', e - s)) == NULL)
		return 1;
	for (i = (size_t)(colon - b) + 1; i < e; i++)
		if (b[i] < '0' || b[i] > '9')
			return 0;
	return 1;
}

/* The last @ in [s, e), or e. */
static size_t
last_at(const char *b, size_t s, size_t e)
{
	const char *at = memrchr(b + s, '@', e - s);

	return at != NULL ? (size_t)(at - b) : e;
}

/* The @ that ends a password in which stands what should have been escaped;
 * len: none, and none for what starts before ${*stop} either. */
static size_t
odd_password(const char *b, size_t len, size_t s, int quoted, size_t *stop)
{
	size_t i, at;

	for (i = s; i < len && b[i] != '@'; i++)
		if ((unsigned char)b[i] <= ' ' || (quoted && quote(b[i])) ||
		    slashes(b, len, i) != i)
			break;
	if (i == len || b[i] != '@') {
		*stop = i;
		return len;
	}
	at = last_at(b, i, piece_end(b, len, i));
	return at < len ? at : i;
}

/**
 * The next userinfo in the authority whose piece starts at ${*s}: 1 with
 * [*s, *at); 0 when it has no more, ${*s} behind it.
 */
static int
in_authority(const char *b, size_t len, int quoted, size_t *s, size_t *at)
{
	size_t e, stop = 0;

	for (;;) {
		e = piece_end(b, len, *s);
		if ((*at = last_at(b, *s, e)) < e)
			return 1;
		/* A port is a number: else it is a user and a password. */
		if (*s >= stop && !is_host(b, *s, e) &&
		    (*at = odd_password(b, len, *s, quoted, &stop)) < len)
			return 1;
		if (e == len || b[e] != ',') {
			*s = e;
			return 0;
		}
		*s = e + 1;
	}
}

int
place_userinfo(
    const char *bytes, size_t len, size_t *pos, size_t *off, size_t *ulen)
{
	size_t s = *pos, at;
	int quoted = 1;

	if (s > 0 && s < len && bytes[s] == '@') {
		/* Behind the one before: other hosts of the same authority. */
		s = piece_end(bytes, len, s);
		if (s < len && bytes[s] == ',') {
			s++;
			if (in_authority(bytes, len, quoted, &s, &at))
				goto found;
		}
	}
	while ((s = authority(bytes, len, s, &quoted)) < len)
		if (in_authority(bytes, len, quoted, &s, &at))
			goto found;
	*pos = len;
	return 0;

found:
	*off = s;
	*ulen = at - s;
	*pos = at;
	return 1;
}
