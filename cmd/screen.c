#include "cmd/screen.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Where less than this would be left for a text, nothing is folded. */
#define ROOM_LEAST 24

void
screen_of(FILE *f, struct screen *s)
{
	const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
	struct winsize w;

	memset(s, 0, sizeof(*s));
	if (!isatty(fileno(f)))
		return;
	s->columns = ioctl(fileno(f), TIOCGWINSZ, &w) == 0 && w.ws_col > 0
			 ? w.ws_col
			 : 80;
	s->colour = (no_colour == NULL || no_colour[0] == '\0') &&
		    term != NULL && strcmp(term, "dumb") != 0;
}

void
screen_paint(const struct screen *s, FILE *f, enum ink ink, const char *text)
{
	/* Colours of the terminal's own sixteen, which its user has chosen. */
	static const char *const codes[] = { [INK_NONE] = NULL,
		[INK_GOOD] = "32",
		[INK_BAD] = "1;31",
		[INK_CARE] = "33",
		[INK_OLD] = "31",
		[INK_NEW] = "32",
		[INK_HEAD] = "1",
		[INK_FAINT] = "36" };

	if (!s->colour || codes[ink] == NULL)
		fputs(text, f);
	else
		fprintf(f, "\033[%sm%s\033[0m", codes[ink], text);
}

enum ink
screen_diff_ink(const char *line)
{

	if (strncmp(line, "--- ", 4) == 0 || strncmp(line, "+++ ", 4) == 0)
		return INK_HEAD;
	if (strncmp(line, "@@", 2) == 0)
		return INK_FAINT;
	return line[0] == '-' ? INK_OLD : line[0] == '+' ? INK_NEW : INK_NONE;
}

enum ink
screen_label_ink(const char *label)
{
	static const struct {
		const char *label;
		enum ink ink;
	} inks[] = {
		{ "finding", INK_BAD },
		{ "drift", INK_BAD },
		{ "missing", INK_BAD },
		{ "differs", INK_BAD },
		{ "leftover", INK_BAD },
		{ "moved", INK_BAD },
		{ "held", INK_CARE },
		{ "waived", INK_CARE },
		{ "waivable", INK_CARE },
		{ "warnings", INK_CARE },
	};
	size_t i;

	for (i = 0; i < sizeof(inks) / sizeof(inks[0]); i++) {
		if (strcmp(inks[i].label, label) == 0)
			return inks[i].ink;
	}
	return INK_NONE;
}

/* How much of ${text} stands on a line of ${room}, and what to go on behind. */
static size_t
line_of(const char *text, size_t room, size_t *next)
{
	size_t n = strlen(text), at;

	*next = n;
	if (n <= room)
		return n;
	for (at = room; at > 0 && text[at] != ' '; at--)
		continue;
	if (at == 0)
		at = strcspn(text + 1, " ") + 1;
	*next = at + strspn(text + at, " ");
	while (at > 0 && text[at - 1] == ' ')
		at--;
	return at;
}

void
screen_fold(const struct screen *s, FILE *f, size_t indent, const char *text)
{
	size_t columns = (size_t)s->columns, n, next;

	if (columns < indent + ROOM_LEAST) {
		fputs(text, f);
		fputc('\n', f);
		return;
	}
	for (;;) {
		n = line_of(text, columns - indent, &next);
		fwrite(text, 1, n, f);
		fputc('\n', f);
		text += next;
		if (*text == '\0')
			return;
		fprintf(f, "%*s", (int)indent, "");
	}
}
