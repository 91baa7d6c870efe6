#include "archive/warn.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **said;
static size_t nsaid;
static int quiet_now;
static int bar_shown;

/* Length of the valid, printable UTF-8 sequence at s (1 to 4), or 0. */
static size_t
utf8_len(const unsigned char *s, size_t len)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t c;
	size_t n, i;

	if (s[0] < 0x80)
		return (s[0] >= 0x20 && s[0] != 0x7f) ? 1 : 0;
	n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : s[0] >= 0xc2 ? 2 : 0;
	if (n == 0 || s[0] > 0xf4 || n > len)
		return 0;
	c = s[0] & (0x7fu >> n);
	for (i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = (c << 6) | (s[i] & 0x3fu);
	}
	/* Over-long forms, surrogates, C1 controls, and what turns a line
	 * around. */
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	if (c < 0xa0 || (c >= 0x200b && c <= 0x200f) ||
	    (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	    c == 0xfeff)
		return 0;
	return n;
}

char *
warn_escape(const char *s, size_t len)
{
	static const char hex[] = "0123456789abcdef";
	const unsigned char *u = (const unsigned char *)s;
	size_t i, n, o = 0;
	char *out;

	if (len > (SIZE_MAX - 1) / 4 || (out = malloc(len * 4 + 1)) == NULL)
		return NULL;
	for (i = 0; i < len; i += n) {
		if ((n = utf8_len(u + i, len - i)) > 0) {
			memcpy(out + o, s + i, n);
			o += n;
			continue;
		}
		n = 1;
		out[o++] = '\\';
		out[o++] = 'x';
		out[o++] = hex[u[i] >> 4];
		out[o++] = hex[u[i] & 15];
	}
	out[o] = '\0';
	return out;
}

/* Print and, if keep, remember one line; text of errno behind it if err. */
static void say(int keep, int err, const char *fmt, va_list ap)
    __attribute__((format(printf, 3, 0)));

static void
say(int keep, int err, const char *fmt, va_list ap)
{
	char *raw = NULL, *line = NULL, **more;
	va_list copy;
	int n;

	va_copy(copy, ap);
	n = vsnprintf(NULL, 0, fmt, copy);
	va_end(copy);
	if (n < 0 || (raw = malloc((size_t)n + 1)) == NULL)
		goto err0;
	vsnprintf(raw, (size_t)n + 1, fmt, ap);
	if (err != 0) {
		const char *why = strerror(err);
		size_t need = (size_t)n + strlen(why) + 3;
		char *both = malloc(need);

		if (both == NULL)
			goto err1;
		snprintf(both, need, "%s: %s", raw, why);
		free(raw);
		raw = both;
	}
	if ((line = warn_escape(raw, strlen(raw))) == NULL)
		goto err1;
	/* What was printed before it stands before it, where both go to one
	 * file. */
	fflush(stdout);
	fprintf(stderr, "%snovark: %s\n", bar_shown ? "\r\033[K" : "", line);
	if (keep) {
		if ((more = realloc(said, (nsaid + 1) * sizeof(*said))) == NULL)
			goto err1;
		said = more;
		said[nsaid++] = line;
		line = NULL;
	}
	free(line);
	free(raw);
	return;

err1:
	free(line);
	free(raw);
err0:
	fprintf(stderr, "novark: out of memory\n");
}

void
warn_msg(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(1, 0, fmt, ap);
	va_end(ap);
}

void
warn_errno(const char *fmt, ...)
{
	int err = errno;
	va_list ap;

	va_start(ap, fmt);
	say(1, err, fmt, ap);
	va_end(ap);
	errno = err;
}

void
warn_info(const char *fmt, ...)
{
	va_list ap;

	if (quiet_now)
		return;
	va_start(ap, fmt);
	say(0, 0, fmt, ap);
	va_end(ap);
}

void
warn_quiet(int quiet)
{

	quiet_now = quiet;
}

void
warn_bar(int shown)
{

	bar_shown = shown;
}

const char *const *
warn_said(size_t *n)
{

	*n = nsaid;
	return (const char *const *)said;
}

void
warn_forget(void)
{
	size_t i;

	for (i = 0; i < nsaid; i++)
		free(said[i]);
	free(said);
	said = NULL;
	nsaid = 0;
}
