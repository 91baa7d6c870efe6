#include "archive/warn.h"

#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Several threads may speak, one line after the other. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char **said;
static size_t nsaid;
static int quiet_now;
static int bar_shown;

/* Characters that take no room, or turn the direction of those around them,
 * that are not assigned, or that mean something else to everybody. */
static int
is_hidden(utf8proc_int32_t c)
{

	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return 1;
	default:
		return utf8proc_get_property(c)->ignorable != 0;
	}
}

size_t
warn_visible(const char *s, size_t len)
{
	const utf8proc_uint8_t *u = (const utf8proc_uint8_t *)s;
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	if (*u < 0x80)
		return *u >= 0x20 && *u != 0x7f;
	n = utf8proc_iterate(u, len > 4 ? 4 : (utf8proc_ssize_t)len, &c);
	return n <= 0 || is_hidden(c) ? 0 : (size_t)n;
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
		/* Most of it is ASCII that is seen. */
		for (n = 0; i + n < len && u[i + n] - 0x20u < 0x7f - 0x20; n++)
			out[o + n] = s[i + n];
		if (n == 0 && (n = warn_visible(s + i, len - i)) > 0)
			memcpy(out + o, s + i, n);
		o += n;
		if (n > 0)
			continue;
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
	(void)pthread_mutex_lock(&lock);
	/* What was printed before it stands before it, where both go to one
	 * file. */
	fflush(stdout);
	fprintf(stderr, "%snovark: %s\n", bar_shown ? "\r\033[K" : "", line);
	if (keep) {
		if ((more = realloc(said, (nsaid + 1) * sizeof(*said))) == NULL)
			goto err2;
		said = more;
		said[nsaid++] = line;
		line = NULL;
	}
	(void)pthread_mutex_unlock(&lock);
	free(line);
	free(raw);
	return;

err2:
	(void)pthread_mutex_unlock(&lock);
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

	(void)pthread_mutex_lock(&lock);
	bar_shown = shown;
	(void)pthread_mutex_unlock(&lock);
}

char *
warn_text(const char *fmt, va_list ap)
{
	char *text;

	if (vasprintf(&text, fmt, ap) == -1) {
		warn_msg("out of memory");
		return NULL;
	}
	return text;
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
