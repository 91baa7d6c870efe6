#include "cmd/manual/mdoc.h"

#include <stdio.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/manual/mdoc_inner.h"

/* How far a list and what is shown as it is stand in. */
#define STEP 4

static void
put(struct mdoc *m, const char *s, size_t len)
{

	if (buf_add(m->b, s, len) == -1)
		m->failed = 1;
	m->began = 1;
}

static void
put_spaces(struct mdoc *m, size_t n)
{

	for (; n > 0; n--)
		put(m, " ", 1);
}

void
mdoc_newline(struct mdoc *m)
{

	if (m->column > 0)
		put(m, "\n", 1);
	m->column = 0;
	m->glued = 0;
}

/* The escapes that are used: \& is nothing, \e a backslash, \- a dash. */
static size_t
unescape(const char *word, size_t len, char *out)
{
	size_t i, n = 0;

	for (i = 0; i < len; i++) {
		if (word[i] != '\\' || i + 1 == len) {
			out[n++] = word[i];
			continue;
		}
		i++;
		if (word[i] == 'e')
			out[n++] = '\\';
		else if (word[i] != '&')
			out[n++] = word[i];
	}
	return n;
}

void
mdoc_word(struct mdoc *m, const char *word, size_t len)
{
	char text[256];
	size_t space;

	len = unescape(word, len < sizeof(text) ? len : sizeof(text), text);
	space = m->glued ? 0 : 1;
	m->glued = 0;
	if (m->column > m->indent && m->column + space + len > MDOC_WIDTH &&
	    space > 0)
		mdoc_newline(m);
	if (m->column == 0) {
		if (m->gap && m->began)
			put(m, "\n", 1);
		m->gap = 0;
	}
	if (m->column < m->indent) {
		put_spaces(m, m->indent - m->column);
		m->column = m->indent;
	} else if (m->column > m->indent)
		put_spaces(m, space);
	else
		space = 0;
	if (m->column > m->indent)
		m->column += space;
	put(m, text, len);
	m->column += len;
}

/* A line of words. */
static void
text_line(struct mdoc *m, const char *line)
{
	size_t n;

	for (line += strspn(line, " "); *line != '\0';
	     line += strspn(line, " ")) {
		n = strcspn(line, " ");
		mdoc_word(m, line, n);
		line += n;
	}
}

static void
literal_line(struct mdoc *m, const char *line)
{
	char text[256];
	size_t len = strlen(line);

	len = unescape(line, len < sizeof(text) ? len : sizeof(text), text);
	if (m->gap && m->began)
		put(m, "\n", 1);
	m->gap = 0;
	if (len > 0)
		put_spaces(m, m->indent);
	put(m, text, len);
	put(m, "\n", 1);
}

/* .Bl -tag -width WIDTH, .Bl -enum, with -compact or without */
static int
begin_list(struct mdoc *m, char *const *words, size_t n)
{
	struct mdoc_list *l;
	size_t i;

	if (m->depth == MDOC_LISTS) {
		warn_msg("mdoc: too many lists in lists");
		return -1;
	}
	l = &m->lists[m->depth++];
	memset(l, 0, sizeof(*l));
	l->indent = m->indent;
	l->body = m->indent + STEP;
	for (i = 1; i < n; i++) {
		if (strcmp(words[i], "-tag") == 0)
			l->tag = 1;
		else if (strcmp(words[i], "-compact") == 0)
			l->compact = 1;
	}
	mdoc_newline(m);
	m->gap = !l->compact;
	return 0;
}

static int
end_list(struct mdoc *m)
{

	if (m->depth == 0)
		return 0;
	mdoc_newline(m);
	m->indent = m->lists[--m->depth].indent;
	m->gap = 1;
	return 0;
}

/* .It, with its head behind it; of a numbered list the number. */
static int
begin_item(struct mdoc *m, char *const *words, size_t n)
{
	struct mdoc_list none = { m->indent, m->indent + STEP, 0, 1, 0 };
	struct mdoc_list *l = m->depth > 0 ? &m->lists[m->depth - 1] : &none;
	char number[16];
	size_t i;

	mdoc_newline(m);
	m->gap = !l->compact;
	m->indent = l->indent;
	if (!l->tag) {
		snprintf(number, sizeof(number), "%u.", ++l->number);
		mdoc_word(m, number, strlen(number));
	} else if (n > 1 && mdoc_inline(m, words + 1, n - 1) == -1) {
		for (i = 1; i < n; i++)
			mdoc_word(m, words[i], strlen(words[i]));
	}
	m->indent = l->body;
	/* What it says stands beside the head where that is short enough. */
	if (m->column + 1 > l->body)
		mdoc_newline(m);
	return 0;
}

static int
begin_display(struct mdoc *m)
{

	mdoc_newline(m);
	m->gap = 1;
	m->indent += STEP;
	m->literal = 1;
	return 0;
}

static int
end_display(struct mdoc *m)
{

	m->indent -= STEP;
	m->literal = 0;
	m->gap = 1;
	return 0;
}

/* .Ss */
static int
subsection(struct mdoc *m, char *const *words, size_t n)
{
	size_t indent = m->indent, i;

	mdoc_newline(m);
	m->gap = 1;
	m->indent = indent >= STEP / 2 ? indent - STEP / 2 : 0;
	for (i = 1; i < n; i++)
		mdoc_word(m, words[i], strlen(words[i]));
	mdoc_newline(m);
	m->indent = indent;
	return 0;
}

static int
macro_line(struct mdoc *m, char *const *words, size_t n)
{

	if (strcmp(words[0], "Pp") == 0) {
		mdoc_newline(m);
		m->gap = 1;
		return 0;
	}
	if (strcmp(words[0], "Bl") == 0)
		return begin_list(m, words, n);
	if (strcmp(words[0], "It") == 0)
		return begin_item(m, words, n);
	if (strcmp(words[0], "El") == 0)
		return end_list(m);
	if (strcmp(words[0], "Bd") == 0)
		return begin_display(m);
	if (strcmp(words[0], "Ed") == 0)
		return end_display(m);
	if (strcmp(words[0], "Ss") == 0)
		return subsection(m, words, n);
	if (mdoc_inline(m, words, n) == 0)
		return 0;
	warn_msg("mdoc: the macro %s is not known", words[0]);
	return -1;
}

/* The words of a line, in place; those between double quotes are one. */
static size_t
split(char *line, char **words)
{
	size_t n = 0;
	char end;

	for (line += strspn(line, " "); *line != '\0' && n < MDOC_WORDS;
	     line += strspn(line, " ")) {
		end = ' ';
		if (*line == '"') {
			end = '"';
			line++;
		}
		words[n++] = line;
		line = strchr(line, end);
		if (line == NULL)
			break;
		*line++ = '\0';
	}
	return n;
}

static int
one_line(struct mdoc *m, char *line)
{
	char *words[MDOC_WORDS];
	size_t n;

	if (strncmp(line, ".\\\"", 3) == 0)
		return 0;
	if (line[0] != '.') {
		if (m->literal)
			literal_line(m, line);
		else
			text_line(m, line);
		return 0;
	}
	if ((n = split(line + 1, words)) == 0)
		return 0;
	return macro_line(m, words, n);
}

int
mdoc_text(
    const char *s, size_t len, size_t indent, mdoc_refer *refer, struct buf *b)
{
	struct mdoc m = { .b = b, .refer = refer, .indent = indent };
	const char *end = s + len;
	char line[1024];
	size_t n;

	for (; s < end; s += n + 1) {
		n = strcspn(s, "\n");
		if (n > (size_t)(end - s))
			n = (size_t)(end - s);
		if (n >= sizeof(line)) {
			warn_msg("mdoc: a line is too long");
			return -1;
		}
		memcpy(line, s, n);
		line[n] = '\0';
		if (one_line(&m, line) == -1)
			return -1;
	}
	mdoc_newline(&m);
	return m.failed ? -1 : 0;
}
