#include "cmd/manual/fill.h"

#include <ctype.h>
#include <string.h>

#include "archive/warn.h"
#include "cmd/manual/fill_table.h"

#define ROWS (sizeof(rows) / sizeof(rows[0]))

/* The name of the mark in a line that is one, and its length; or NULL. */
static const char *
mark_in(const char *line, size_t len, size_t *n)
{
	const char *name;

	while (len > 0 && strchr(".\\\"# ", line[0]) != NULL) {
		line++;
		len--;
	}
	if (len < 3 || line[0] != '@' || line[len - 1] != '@')
		return NULL;
	name = line + 1;
	*n = len - 2;
	return name;
}

static int
fill_mark(const char *name, size_t len, struct buf *b)
{
	size_t i;

	for (i = 0; i < ROWS; i++) {
		if (strlen(rows[i].mark) == len &&
		    memcmp(rows[i].mark, name, len) == 0)
			return rows[i].fill(b);
	}
	warn_msg("nothing stands for the mark @%.*s@", (int)len, name);
	return -1;
}

int
fill(const char *text, struct buf *b)
{
	const char *line, *name;
	size_t len, n;

	for (line = text; *line != '\0'; line += len) {
		len = strcspn(line, "\n");
		name = mark_in(line, len, &n);
		if (line[len] == '\n')
			len++;
		if (name != NULL && fill_mark(name, n, b) == -1)
			return -1;
		if (name == NULL && buf_add(b, line, len) == -1)
			return -1;
	}
	return 0;
}

int
fill_sentence(struct buf *b, const char *text)
{
	size_t len = strlen(text);

	if (len == 0)
		return 0;
	if (buf_addc(b, (char)toupper((unsigned char)text[0])) == -1 ||
	    buf_adds(b, text + 1) == -1)
		return -1;
	return buf_adds(b, text[len - 1] == '.' ? "\n" : ".\n");
}

int
fill_sentences(struct buf *b, const char *text)
{
	const char *end;

	for (; (end = strstr(text, ". ")) != NULL; text = end + 2) {
		if (buf_add(b, text, (size_t)(end + 1 - text)) == -1 ||
		    buf_addc(b, '\n') == -1)
			return -1;
	}
	return buf_addf(b, "%s\n", text);
}
