#include <ctype.h>
#include <string.h>

#include "cmd/page/page_row.h"

/* Of one line, and of one side of a value, so much is shown. */
#define LINE_ROOM 400

/* Two sides of a value. */
struct sides {
	const char *before, *after;
	size_t nbefore, nafter;
	size_t start, end; /* in common: at the start, at the end */
};

/* Part of a word, or of a character: a change is shown by whole ones. */
static int
is_word(char c)
{

	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 ||
	       strchr(".:-_", c) != NULL;
}

static void
compare(struct sides *s)
{
	size_t most = s->nbefore < s->nafter ? s->nbefore : s->nafter;
	const char *a = s->before + s->nbefore, *b = s->after + s->nafter;

	while (s->start < most && s->before[s->start] == s->after[s->start])
		s->start++;
	while (s->start > 0 && is_word(s->before[s->start - 1]))
		s->start--;
	most -= s->start;
	while (s->end < most && a[-1 - (long)s->end] == b[-1 - (long)s->end])
		s->end++;
	while (s->end > 0 && is_word(a[-(long)s->end]))
		s->end--;
}

/* The last ${most} bytes of what both begin with, or the first of what both end
 * with, by whole characters. */
static void
put_common(struct html *h, const char *bytes, size_t len, size_t most, int last)
{
	size_t n = len < most ? len : most;

	if (last) {
		while (n < len && n > 0 &&
		       ((unsigned char)bytes[len - n] & 0xc0) == 0x80)
			n--;
		if (n < len)
			html_raw(h, "…");
		html_bytes(h, bytes + len - n, n, 0);
		return;
	}
	while (n < len && n > 0 && ((unsigned char)bytes[n] & 0xc0) == 0x80)
		n--;
	html_bytes(h, bytes, n, 0);
	if (n < len)
		html_raw(h, "…");
}

static void
put_value(struct html *h, const char *name, const json_t *before,
    const json_t *after, int creates, size_t around)
{
	struct sides s = { json_string_value(before), json_string_value(after),
		json_string_length(before), json_string_length(after), 0, 0 };

	html_put(h, "<p><i>%s</i> ", name);
	if (s.before != NULL && s.after != NULL)
		compare(&s);
	if (s.before != NULL && s.after != NULL && s.nbefore == s.nafter &&
	    memcmp(s.before, s.after, s.nbefore) == 0) {
		html_raw(h, "<em>a masked value changes</em>");
		return;
	}
	if (s.start > 0 && around > 0)
		put_common(h, s.before, s.start, around, 1);
	if (s.before != NULL) {
		html_raw(h, "<del>");
		put_common(h, s.before + s.start, s.nbefore - s.start - s.end,
		    LINE_ROOM, 0);
		html_raw(h, "</del>");
	} else if (!creates) {
		html_raw(h, "<del>(null)</del>");
	}
	html_raw(h, "<ins>");
	if (s.after != NULL)
		put_common(h, s.after + s.start, s.nafter - s.start - s.end,
		    LINE_ROOM, 0);
	else
		html_raw(h, "(null)");
	html_raw(h, "</ins>");
	if (s.end > 0 && around > 0)
		put_common(h, s.before + s.nbefore - s.end, s.end, around, 0);
}

static void
put_line(struct html *h, const char *line, size_t len)
{
	const char *tag = line[0] == '+'   ? "ins"
			  : line[0] == '-' ? "del"
			  : line[0] == '@' ? "i"
					   : NULL;

	if (tag != NULL)
		html_put(h, "<%s>", tag);
	put_common(h, line, len, LINE_ROOM, 0);
	if (tag != NULL)
		html_put(h, "</%s>", tag);
	html_raw(h, "\n");
}

static void
put_diff(struct html *h, const char *diff, size_t lines)
{
	size_t len, n = 0, more = 0;

	html_raw(h, "<pre>");
	for (; *diff != '\0'; diff += len + (diff[len] == '\n')) {
		len = strcspn(diff, "\n");
		if (n++ >= lines)
			more++;
		else if (len > 0)
			put_line(h, diff, len);
		else
			html_raw(h, "\n");
	}
	html_raw(h, "</pre>");
	if (more > 0) {
		html_raw(h, "<p class=more>");
		html_number(h, more);
		html_raw(h, " more lines, which --json has</p>");
	}
}

/* Each kind of place once, in the order of the places. */
static void
put_kinds(struct html *h, const json_t *places)
{
	const char *seen[8], *kind;
	size_t i, k, n = 0;

	for (i = 0; i < json_array_size(places); i++) {
		kind = page_str(json_array_get(places, i), "place_kind");
		for (k = 0; k < n && strcmp(seen[k], kind) != 0; k++)
			continue;
		if (kind[0] == '\0' || k < n)
			continue;
		if (n == sizeof(seen) / sizeof(seen[0])) {
			html_raw(h, " …");
			break;
		}
		html_raw(h, n == 0 ? "<small>" : ", ");
		html_text(h, kind);
		seen[n++] = kind;
	}
	if (n > 0)
		html_raw(h, "</small>");
}

static void
put_cells(struct html *h, const struct page_list *to, const json_t *e)
{
	const json_t *cells = json_object_get(e, "cells"), *cell;
	int creates = strcmp(page_str(e, "type"), "create") == 0;
	size_t i, n = json_array_size(cells);

	if (creates && strcmp(page_str(e, "kind"), "row") == 0) {
		html_put(h, "<p>a new row of %zu columns", n);
		return;
	}
	for (i = 0; i < n; i++) {
		cell = json_array_get(cells, i);
		if (json_object_get(cell, "diff") != NULL)
			put_diff(h, page_str(cell, "diff"), page_row_lines(to));
		else
			put_value(h, page_str(cell, "name"),
			    json_object_get(cell, "before"),
			    json_object_get(cell, "after"), creates,
			    page_row_around(to));
	}
}

static void
put_change(struct page_lists *l, const struct page_list *to, const json_t *e,
    const char *class, const char *word)
{
	struct html *h = &l->row;
	const char *place = page_str(e, "place");
	const char *text = page_str(e, "text");

	page_row_begin(h, class, word, page_str(e, "item"));
	page_row_whose(l, to, page_str(e, "item"));
	if (place[0] != '\0')
		html_put(h, " <code>%s</code>", place);
	if (!page_row_short(to))
		put_kinds(h, json_object_get(e, "places"));
	if (text[0] != '\0')
		html_put(h, "<p>%s", text);
	put_cells(h, to, e);
}

void
page_row_change(
    struct page_lists *l, const struct page_list *to, const json_t *e)
{
	const char *type = page_str(e, "type");

	put_change(l, to, e, strcmp(type, "create") == 0 ? "new" : NULL, type);
}

/* What a verify finds: by the same records as a plan. */
void
page_row_difference(
    struct page_lists *l, const struct page_list *to, const json_t *e)
{

	if (strcmp(page_str(e, "type"), "create") == 0)
		put_change(l, to, e, "bad", "missing");
	else
		put_change(l, to, e, "bad", "differs");
}
