#include "cmd/report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/report_inner.h"

/* ASCII that is seen, or one of ${kept}. */
static int
is_plain(char c, const char *kept)
{

	return (unsigned char)c - 0x20u < 0x7f - 0x20 ||
	       (c != '\0' && strchr(kept, c) != NULL);
}

int
report_escaped(FILE *f, const char *s, size_t len, const char *kept)
{
	size_t i, n;
	char *line;

	for (i = 0; i < len; i += n) {
		for (n = 0; i + n < len && is_plain(s[i + n], kept); n++)
			continue;
		if (n > 0) {
			fwrite(s + i, 1, n, f);
			continue;
		}
		while (i + n < len && !is_plain(s[i + n], kept))
			n++;
		if ((line = warn_escape(s + i, n)) == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		fputs(line, f);
		free(line);
	}
	return 0;
}

char *
report_shown(const char *s, size_t len)
{
	char *text = NULL;
	size_t size;
	FILE *f;
	int rc;

	if ((f = open_memstream(&text, &size)) == NULL)
		goto err0;
	rc = report_escaped(f, s, len, "\t");
	if (fclose(f) || rc == -1)
		goto err1;
	return text;

err1:
	free(text);
err0:
	warn_msg("out of memory");
	return NULL;
}

/* What is said as text, for free(); NULL when this is JSON, or it failed. */
__attribute__((format(printf, 2, 0))) static char *
said(struct report *r, const char *fmt, va_list ap)
{
	char *text;

	if (r->json)
		return NULL;
	if ((text = warn_text(fmt, ap)) == NULL)
		r->failed = 1;
	return text;
}

void
report_line(struct report *r, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = said(r, fmt, ap);
	va_end(ap);
	if (text == NULL)
		return;
	if (report_escaped(stdout, text, strlen(text), "\t") == -1)
		r->failed = 1;
	fputc('\n', stdout);
	free(text);
	r->lines = 1;
}

void
report_plain(struct report *r, const char *line, size_t len)
{

	if (r->json)
		return;
	if (report_escaped(stdout, line, len, "\t") == -1)
		r->failed = 1;
	fputc('\n', stdout);
	r->lines = 1;
}

void
report_label(
    struct report *r, size_t width, const char *label, const char *fmt, ...)
{
	char *text, *line;
	va_list ap;

	va_start(ap, fmt);
	text = said(r, fmt, ap);
	va_end(ap);
	if (text == NULL)
		return;
	if ((line = report_shown(text, strlen(text))) == NULL) {
		r->failed = 1;
		goto err0;
	}
	screen_paint(&r->screen, stdout, screen_label_ink(label), label);
	if (line[0] != '\0' || strlen(label) == 0)
		printf("%*s",
		    strlen(label) < width ? (int)(width - strlen(label)) : 1,
		    "");
	screen_fold(&r->screen, stdout, width, line);
	free(line);
	r->lines = 1;
err0:
	free(text);
}

/* One line of a diff, without its newline. */
static void
diff_line(struct report *r, const char *s, size_t len)
{
	char *line;

	if (!r->screen.colour) {
		if (report_escaped(stdout, s, len, "\t") == -1)
			r->failed = 1;
	} else if ((line = report_shown(s, len)) == NULL) {
		r->failed = 1;
	} else {
		screen_paint(&r->screen, stdout, screen_diff_ink(line), line);
		free(line);
	}
	fputc('\n', stdout);
	r->lines = 1;
}

void
report_diff(struct report *r, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = said(r, fmt, ap);
	va_end(ap);
	if (text != NULL)
		diff_line(r, text, strlen(text));
	free(text);
}

void
report_diff_lines(struct report *r, const char *bytes, size_t len)
{
	const char *end;
	size_t n;

	for (; !r->json && len > 0; bytes += n, len -= n) {
		end = memchr(bytes, '\n', len);
		n = end == NULL ? len : (size_t)(end - bytes);
		diff_line(r, bytes, n);
		n += end != NULL;
	}
}

void
report_bytes(struct report *r, const void *bytes, size_t len, int shown)
{

	if (r->json)
		return;
	if (shown && report_escaped(stdout, bytes, len, "\t\n") == -1)
		r->failed = 1;
	else if (!shown)
		fwrite(bytes, 1, len, stdout);
	r->bytes = 1;
}

/* Less than 999.95 kB, but for what lies in the middle of two tenths: 1, and
 * just what printf makes of it.  Lists have many. */
static int
small_size(uint64_t size, char text[REPORT_SIZE])
{
	uint64_t tenths = size / 100 + (size % 100 > 50);
	char digits[REPORT_SIZE], *d = digits + sizeof(digits);
	size_t len;

	if (size < 1000 || size > 999000 || size % 100 == 50)
		return 0;
	d -= sizeof(" kB");
	memcpy(d, " kB", sizeof(" kB"));
	*--d = (char)('0' + tenths % 10);
	*--d = '.';
	for (tenths /= 10; tenths > 0; tenths /= 10)
		*--d = (char)('0' + tenths % 10);
	len = (size_t)(digits + sizeof(digits) - d);
	memcpy(text, d, len);
	return 1;
}

void
report_size(uint64_t size, char text[REPORT_SIZE])
{
	static const char *const units[] = { "kB", "MB", "GB", "TB", "PB",
		"EB" };
	double d = (double)size / 1000;
	size_t i = 0;

	if (small_size(size, text))
		return;
	if (size < 1000) {
		snprintf(text, REPORT_SIZE, "%u byte%s", (unsigned)size,
		    size == 1 ? "" : "s");
		return;
	}
	while (d >= 999.95 && i + 1 < sizeof(units) / sizeof(units[0])) {
		d /= 1000;
		i++;
	}
	snprintf(text, REPORT_SIZE, "%.1f %s", d, units[i]);
}
