#ifndef CMD_PAGE_HTML_H
#define CMD_PAGE_HTML_H

#include <stdint.h>

#include "archive/buf.h"

/**
 * html: markup that grows, and text in it, escaped.  What a bundle says is only
 * ever text: it can neither open a tag nor end one, and what is not visible
 * (warn_visible) is written as \xNN, so that it cannot change the order of what
 * is read either.
 *
 * Errors: memory that ends is said and remembered in ${failed}; what follows
 * does nothing.
 */
struct html {
	struct buf b;
	int failed;
};

#define HTML_EMPTY                                                             \
	{                                                                      \
		BUF_EMPTY, 0                                                   \
	}

void html_free(struct html *h);

/* Markup of ours, as it is. */
void html_raw(struct html *h, const char *markup);

/* Append what is in ${from}. */
void html_join(struct html *h, const struct html *from);

/* Text: also safe within an attribute in double quotes.  Tabs stay; line ends
 * do, too, with ${lines}.  NULL is nothing. */
void html_text(struct html *h, const char *text);
void html_bytes(struct html *h, const char *bytes, size_t len, int lines);

/* "50,000" */
void html_number(struct html *h, uint64_t n);

/**
 * html_put(h, fmt, ...):
 * Markup with text in it: %s is text as by html_text, %d and %zu are numbers as
 * they are, %% is a per cent sign; nothing else is known.
 */
void html_put(struct html *h, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
