#include "cmd/manual/topic.h"

#include <string.h>

#include "cmd/manual/fill.h"
#include "cmd/manual/mdoc.h"
#include "cmd/manual/source.h"
#include "restore/preflight/finding.h"

static int behind_finding(struct buf *b, const char *item);
static int behind_release(struct buf *b, const char *item);

#include "cmd/manual/topic_table.h"

#define ROWS   (sizeof(rows) / sizeof(rows[0]))
#define INDENT 4

/* A part of the page. */
struct piece {
	const char *start;
	size_t len;
};

static int
behind_finding(struct buf *b, const char *item)
{

	if (finding_may_waive(item))
		return buf_addf(b,
		    "\n    --force-preflight %s[:ITEM] lets it pass.\n", item);
	return buf_adds(b,
	    "\n    It cannot be let pass; --not ITEM leaves the item out.\n");
}

static int
behind_release(struct buf *b, const char *item)
{

	return buf_addf(b, "\n    --allow %s[:ITEM] releases it.\n", item);
}

const struct topic *
topic_rows(size_t *n)
{

	*n = ROWS;
	return rows;
}

/* Where to read on, for a reference to a section. */
static const char *
refer(const char *title)
{
	size_t i;

	for (i = 0; i < ROWS; i++) {
		if (strcmp(rows[i].section, title) == 0)
			return rows[i].refer;
	}
	return title;
}

/* The line behind the one at s; NULL at the end. */
static const char *
next_line(const char *s)
{

	s = strchr(s, '\n');
	return s == NULL || s[1] == '\0' ? NULL : s + 1;
}

/* Does a line begin with this macro? */
static int
is_macro(const char *line, const char *macro)
{
	size_t len = strlen(macro);

	return line[0] == '.' && strncmp(line + 1, macro, len) == 0 &&
	       strchr(" \n", line[1 + len]) != NULL;
}

/* The section behind its heading: 1, or 0 when there is none. */
static int
find_section(const char *page, const char *title, struct piece *p)
{
	size_t len = strlen(title);
	const char *s, *end;

	for (s = page; s != NULL; s = next_line(s)) {
		if (!is_macro(s, "Sh") || strncmp(s + 4, title, len) != 0 ||
		    s[4 + len] != '\n')
			continue;
		if ((p->start = next_line(s)) == NULL)
			return 0;
		end = strstr(p->start, "\n.Sh ");
		p->len = end == NULL ? strlen(p->start)
				     : (size_t)(end + 1 - p->start);
		return 1;
	}
	return 0;
}

/* Is the item at a line that of the word?  ".It Cm word", ".It Fl -word" for
 * "--word", ".It word". */
static int
is_item(const char *line, const char *word)
{
	size_t len = strlen(word);
	const char *head;

	if (!is_macro(line, "It"))
		return 0;
	head = line + 4;
	if (strncmp(head, "Fl -", 4) == 0 && strncmp(word, "--", 2) == 0) {
		head += 3;
		word++;
		len--;
	} else if (strncmp(head, "Cm ", 3) == 0 ||
		   strncmp(head, "Pa ", 3) == 0 || strncmp(head, "Ev ", 3) == 0)
		head += 3;
	return strncmp(head, word, len) == 0 &&
	       strchr(" \n", head[len]) != NULL;
}

/* An item of the word in a part of the page, with its head: 1 or 0. */
static int
find_item(const struct piece *in, const char *word, struct piece *p)
{
	const char *s = in->start, *end = in->start + in->len;
	int depth = 0;

	for (; s != NULL && s < end && !is_item(s, word); s = next_line(s))
		continue;
	if (s == NULL || s >= end)
		return 0;
	p->start = s;
	while ((s = next_line(s)) != NULL && s < end) {
		if (depth == 0 && (is_macro(s, "It") || is_macro(s, "El")))
			break;
		depth += is_macro(s, "Bl") - is_macro(s, "El");
	}
	p->len = (size_t)((s == NULL ? end : s) - p->start);
	return 1;
}

static int
tell(const struct topic *t, const struct piece *p, struct buf *b)
{

	if (b->len > 0 && buf_addc(b, '\n') == -1)
		return -1;
	if (buf_addf(b, "%s\n", t->section) == -1)
		return -1;
	return mdoc_text(p->start, p->len, INDENT, refer, b);
}

static int
tell_page(const char *page, const char *word, struct buf *b)
{
	struct piece section, item;
	size_t i;
	int told = 0;

	for (i = 0; i < ROWS; i++) {
		if (!find_section(page, rows[i].section, &section))
			continue;
		if (strcmp(rows[i].name, word) == 0)
			item = section;
		else if (!find_item(&section, word, &item))
			continue;
		if (tell(&rows[i], &item, b) == -1)
			return -1;
		told = 1;
		if (rows[i].behind != NULL && item.start != section.start &&
		    rows[i].behind(b, word) == -1)
			return -1;
	}
	return told;
}

int
topic_tell(const char *word, struct buf *b)
{
	struct buf page = BUF_EMPTY;
	int rc;

	if ((rc = fill(manual_source, &page)) == 0)
		rc = tell_page(page.data, word, b);
	buf_free(&page);
	return rc;
}
