#include "archive/node/path.h"

#include <errno.h>
#include <fnmatch.h>
#include <string.h>
#include <utf8proc.h>

#include "archive/buf.h"
#include "archive/limits.h"
#include "archive/warn.h"

int
path_utf8(const char *bytes, size_t len)
{
	const utf8proc_uint8_t *u = (const utf8proc_uint8_t *)bytes;
	utf8proc_ssize_t n;
	utf8proc_int32_t c;
	size_t i;

	for (i = 0; i < len; i += (size_t)n) {
		n = utf8proc_iterate(
		    u + i, len - i > 4 ? 4 : (utf8proc_ssize_t)(len - i), &c);
		if (n <= 0)
			return 0;
	}
	return 1;
}

/* How many bytes from here on are ASCII that is seen: all of them, or some in
 * front of the first that is not. */
static size_t
plain_run(const char *s, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = 128 * ones;
	size_t i = 0;
	uint64_t w;

	/* Eight at a time: below 0x20, above 0x7e. */
	for (; i + sizeof(w) <= len; i += sizeof(w)) {
		memcpy(&w, s + i, sizeof(w));
		if (((w | (w - 0x20 * ones) | (w + ones)) & tops) != 0)
			break;
	}
	while (i < len && (unsigned char)s[i] - 0x20u < 0x7f - 0x20)
		i++;
	return i;
}

int
path_text(const char *s, size_t most)
{
	size_t len, i, n;

	if (s == NULL || (len = strlen(s)) == 0 || len > most)
		return 0;
	for (i = plain_run(s, len); i < len; i += plain_run(s + i, len - i)) {
		if ((n = warn_visible(s + i, len - i)) == 0)
			return 0;
		i += n;
	}
	return 1;
}

int
path_check(const char *name)
{
	const char *part, *end;

	if (!path_text(name, LIMIT_NAME) || strchr(name, '\\') != NULL)
		goto err0;
	for (part = name;; part = end + 1) {
		end = strchrnul(part, '/');
		if (end == part || (end - part == 1 && part[0] == '.') ||
		    (end - part == 2 && part[0] == '.' && part[1] == '.'))
			goto err0;
		if (*end == '\0')
			return 0;
	}

err0:
	errno = EINVAL;
	return -1;
}

/* A name of ASCII alone is its own normal form; its capitals fold. */
static char *
fold_ascii(const char *name, enum path_fold how)
{
	char *to = strdup(name), *c;

	if (to == NULL)
		warn_msg("out of memory");
	else if (how == PATH_FOLD_LIKE)
		for (c = to; *c != '\0'; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c - 'A' + 'a');
	return to;
}

static int
is_ascii(const char *s)
{

	while (*s != '\0' && (unsigned char)*s < 0x80)
		s++;
	return *s == '\0';
}

char *
path_fold(const char *name, enum path_fold how)
{
	const utf8proc_option_t option =
	    how == PATH_FOLD_SAME
		? UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE
		: UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE |
		      UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	utf8proc_uint8_t *to;

	if (is_ascii(name))
		return fold_ascii(name, how);
	if (utf8proc_map((const utf8proc_uint8_t *)name, 0, &to, option) < 0) {
		warn_msg("out of memory");
		return NULL;
	}
	return (char *)to;
}

int
path_folded(const char *name, enum path_fold how)
{
	const char *c;

	if (!is_ascii(name))
		return 0;
	for (c = name; how == PATH_FOLD_LIKE && *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			return 0;
	return 1;
}

char *
path_bytes(const char *name)
{
	struct buf b = BUF_EMPTY;
	unsigned char c;
	int rc = 0;

	for (; *name != '\0' && rc == 0; name++) {
		c = (unsigned char)*name;
		rc = c >= 0x20 && c < 0x7f
			 ? buf_addc(&b, *name)
			 : buf_addf(&b, "\\x%02x", (unsigned int)c);
	}
	if (rc == 0)
		return buf_steal(&b);
	buf_free(&b);
	return NULL;
}

/* Does it stand for more than itself in a glob? */
static int
is_special(char c)
{

	return c == '*' || c == '?' || c == '[' || c == ']' || c == '\\';
}

int
path_glob(const char *glob, const char *name)
{
	size_t front = 0, tail = 0, len = strlen(glob), n;

	/* Most names begin or end in another way, and fnmatch is slow to say
	 * so. */
	for (; front < len && !is_special(glob[front]); front++)
		if (name[front] != glob[front])
			return 0;
	if (front == len)
		return name[len] == '\0';
	n = strlen(name);
	for (; !is_special(glob[len - tail - 1]); tail++)
		if (tail == n || name[n - tail - 1] != glob[len - tail - 1])
			return 0;
	if (n < front + tail)
		return 0;
	/* One star between the two, and no more. */
	if (front + 1 + tail == len && glob[front] == '*')
		return 1;
	return fnmatch(glob, name, 0) == 0;
}
