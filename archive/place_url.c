#include <string.h>

#include "archive/place.h"

/* Ends every URL. */
static int
outside(char c)
{

	return (unsigned char)c <= ' ' || strchr("\"'<>`", c) != NULL;
}

static int
scheme_char(char c)
{

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-';
}

/* Behind the next scheme:// at or behind i, or len. */
static size_t
authority(const char *b, size_t len, size_t i)
{
	const char *p;

	while (i < len && (p = memmem(b + i, len - i, "://", 3)) != NULL) {
		i = (size_t)(p - b) + 3;
		if (i > 3 && scheme_char(b[i - 4]))
			return i;
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

/* The @ that ends a password in which stands what should have been escaped. */
static size_t
odd_password(const char *b, size_t len, size_t s)
{
	size_t i, at;

	for (i = s; i < len && b[i] != '@'; i++)
		if (outside(b[i]) || (b[i] == ':' && len - i > 2 &&
					 b[i + 1] == '/' && b[i + 2] == '/'))
			return len;
	if (i == len)
		return len;
	at = last_at(b, i, piece_end(b, len, i));
	return at < len ? at : i;
}

/**
 * The next userinfo in the authority whose piece starts at ${*s}: 1 with
 * [*s, *at); 0 when it has no more, ${*s} behind it.
 */
static int
in_authority(const char *b, size_t len, size_t *s, size_t *at)
{
	size_t e;

	for (;;) {
		e = piece_end(b, len, *s);
		if ((*at = last_at(b, *s, e)) < e)
			return 1;
		if (!is_host(b, *s, e)) {
			/* A port is a number: this is a user and a password. */
			if ((*at = odd_password(b, len, *s)) < len)
				return 1;
		}
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

	if (s > 0 && s < len && bytes[s] == '@') {
		/* Behind the one before: other hosts of the same authority. */
		s = piece_end(bytes, len, s);
		if (s < len && bytes[s] == ',') {
			s++;
			if (in_authority(bytes, len, &s, &at))
				goto found;
		}
	}
	while ((s = authority(bytes, len, s)) < len)
		if (in_authority(bytes, len, &s, &at))
			goto found;
	*pos = len;
	return 0;

found:
	*off = s;
	*ulen = at - s;
	*pos = at;
	return 1;
}
