#include <stdio.h>
#include <string.h>

#include "cmd/manual/mdoc_inner.h"

/* Room for signs that are opened at once, and NUL. */
#define OPENED 8

/* Macros for text.  What stands before each word that follows; and what the
 * whole is put between. */
static const struct inline_row {
	const char *name, *before, *open, *close;
} rows[] = {
	{ "Fl", "-", NULL, NULL },
	{ "Ar", "", NULL, NULL },
	{ "Cm", "", NULL, NULL },
	{ "Em", "", NULL, NULL },
	{ "Ev", "", NULL, NULL },
	{ "Li", "", NULL, NULL },
	{ "Nm", "", NULL, NULL },
	{ "No", "", NULL, NULL },
	{ "Ns", "", NULL, NULL },
	{ "Pa", "", NULL, NULL },
	{ "Sx", "", NULL, NULL },
	{ "Xr", "", NULL, NULL },
	{ "Op", "", "[", "]" },
	{ "Pq", "", "(", ")" },
	{ "Ql", "", "'", "'" },
	{ "Sq", "", "'", "'" },
};

static const struct inline_row *
find_row(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].name, word) == 0)
			return &rows[i];
	}
	return NULL;
}

/* A sign that stands without a space behind what is in front of it. */
static int
closes(const char *word)
{

	return word[0] != '\0' && word[1] == '\0' &&
	       strchr(".,:;)]?!", word[0]) != NULL;
}

static int
opens(const char *word)
{

	return strcmp(word, "(") == 0 || strcmp(word, "[") == 0;
}

/* What is to stand right in front of the next word. */
static void
open_with(char opened[OPENED], const char *sign)
{

	strncat(opened, sign, OPENED - strlen(opened) - 1);
}

/* A word, with what was opened in front of it and what its macro adds. */
static void
put_word(
    struct mdoc *m, const char *before, char opened[OPENED], const char *word)
{
	char text[256];
	int n;

	if (closes(word) && opened[0] == '\0') {
		m->glued = 1;
		mdoc_word(m, word, 1);
		return;
	}
	if (opens(word)) {
		open_with(opened, word);
		return;
	}
	n = snprintf(text, sizeof(text), "%s%s%s", opened,
	    strcmp(word, "|") == 0 ? "" : before, word);
	opened[0] = '\0';
	if (n > 0)
		mdoc_word(m, text,
		    (size_t)n < sizeof(text) ? (size_t)n : sizeof(text) - 1);
}

/* Words up to the end, each folded on its own. */
static void
put_words(struct mdoc *m, const char *text)
{
	size_t n;

	for (; *text != '\0'; text += n + strspn(text + n, " ")) {
		n = strcspn(text, " ");
		mdoc_word(m, text, n);
	}
}

/* A reference to a section: its title is all that follows. */
static void
put_section(struct mdoc *m, char *const *words, size_t n)
{
	char title[128] = "";
	size_t i, at = 0;
	int len;

	for (i = 0; i < n; i++) {
		len = snprintf(title + at, sizeof(title) - at, "%s%s",
		    i == 0 ? "" : " ", words[i]);
		if (len < 0 || (size_t)len >= sizeof(title) - at)
			break;
		at += (size_t)len;
	}
	put_words(m, m->refer == NULL ? title : m->refer(title));
}

/* openssl 1 */
static void
put_page(struct mdoc *m, char *const *words, size_t n)
{
	char text[64];

	snprintf(text, sizeof(text), "%s(%s)", words[0], n > 1 ? words[1] : "");
	mdoc_word(m, text, strlen(text));
}

/* What is put behind all, innermost first. */
static void
put_closed(struct mdoc *m, const char *const *closed, size_t n)
{

	while (n-- > 0) {
		m->glued = 1;
		mdoc_word(m, closed[n], 1);
	}
}

int
mdoc_inline(struct mdoc *m, char *const *words, size_t n)
{
	const struct inline_row *row = find_row(words[0]);
	const char *closed[MDOC_WORDS], *before = "";
	size_t nclosed = 0, end = n, i;
	char opened[OPENED] = "";

	if (row == NULL)
		return -1;
	while (end > 1 && closes(words[end - 1]))
		end--;
	for (i = 0; i < end; i++) {
		if ((row = find_row(words[i])) == NULL) {
			put_word(m, before, opened, words[i]);
			continue;
		}
		before = row->before;
		if (row->open != NULL) {
			open_with(opened, row->open);
			closed[nclosed++] = row->close;
		} else if (strcmp(row->name, "Ns") == 0)
			m->glued = 1;
		else if (strcmp(row->name, "Nm") == 0)
			put_word(m, "", opened, "novark");
		else if (strcmp(row->name, "Sx") == 0) {
			put_section(m, words + i + 1, end - i - 1);
			break;
		} else if (strcmp(row->name, "Xr") == 0 && i + 1 < end) {
			put_page(m, words + i + 1, end - i - 1);
			i += 2;
		} else if (before[0] != '\0' &&
			   (i + 1 == end || find_row(words[i + 1]) != NULL))
			put_word(m, before, opened, "");
	}
	put_closed(m, closed, nclosed);
	for (i = end; i < n; i++)
		put_word(m, "", opened, words[i]);
	return 0;
}
