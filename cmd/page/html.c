#include "cmd/page/html.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "archive/warn.h"

void
html_free(struct html *h)
{

	buf_free(&h->b);
}

static void
add(struct html *h, const char *bytes, size_t len)
{

	if (!h->failed && buf_add(&h->b, bytes, len) == -1)
		h->failed = 1;
}

void
html_raw(struct html *h, const char *markup)
{

	add(h, markup, strlen(markup));
}

void
html_join(struct html *h, const struct html *from)
{

	if (from->failed)
		h->failed = 1;
	if (from->b.len > 0)
		add(h, from->b.data, from->b.len);
}

/* What stands for a character that means something in markup, or NULL. */
static const char *
entity(char c)
{

	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&#34;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

/* ASCII that stands for itself. */
static int
is_plain(char c)
{

	return (unsigned char)c - 0x20u < 0x7f - 0x20 && entity(c) == NULL;
}

void
html_bytes(struct html *h, const char *bytes, size_t len, int lines)
{
	const char *s;
	size_t i, n;
	char hex[8];

	for (i = 0; i < len; i += n) {
		for (n = 0; i + n < len && is_plain(bytes[i + n]); n++)
			continue;
		if (n > 0) {
			add(h, bytes + i, n);
			continue;
		}
		n = 1;
		if ((s = entity(bytes[i])) != NULL) {
			html_raw(h, s);
			continue;
		}
		if (bytes[i] == '\t' || (lines && bytes[i] == '\n')) {
			add(h, bytes + i, 1);
			continue;
		}
		if ((n = warn_visible(bytes + i, len - i)) > 0) {
			add(h, bytes + i, n);
			continue;
		}
		n = 1;
		snprintf(hex, sizeof(hex), "\\x%02x", (unsigned char)bytes[i]);
		html_raw(h, hex);
	}
}

void
html_text(struct html *h, const char *text)
{

	if (text != NULL)
		html_bytes(h, text, strlen(text), 0);
}

void
html_number(struct html *h, uint64_t n)
{
	char digits[32], text[48];
	size_t len, i, to = 0;

	len = (size_t)snprintf(digits, sizeof(digits), "%" PRIu64, n);
	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			text[to++] = ',';
		text[to++] = digits[i];
	}
	add(h, text, to);
}

void
html_put(struct html *h, const char *fmt, ...)
{
	char digits[32];
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	while (*fmt != '\0') {
		n = strcspn(fmt, "%");
		add(h, fmt, n);
		fmt += n;
		if (strncmp(fmt, "%s", 2) == 0) {
			html_text(h, va_arg(ap, const char *));
			fmt += 2;
		} else if (strncmp(fmt, "%d", 2) == 0) {
			snprintf(digits, sizeof(digits), "%d", va_arg(ap, int));
			html_raw(h, digits);
			fmt += 2;
		} else if (strncmp(fmt, "%zu", 3) == 0) {
			snprintf(
			    digits, sizeof(digits), "%zu", va_arg(ap, size_t));
			html_raw(h, digits);
			fmt += 3;
		} else if (strncmp(fmt, "%%", 2) == 0) {
			add(h, "%", 1);
			fmt += 2;
		} else if (*fmt != '\0') {
			h->failed = 1;
			break;
		}
	}
	va_end(ap);
}
