#include "cmd/usage.h"

#include <string.h>

#include "cmd/manual/topic.h"

/* Column where the help of an option starts, and the width of the page. */
#define HELP_COLUMN 26
#define PAGE_WIDTH  78

/* Write words from a column on, folded; start is where the cursor is. */
static void
write_folded(FILE *f, size_t start, const char *words)
{
	size_t at = start, n;

	if (start + 2 > HELP_COLUMN) {
		fputc('\n', f);
		at = 0;
	}
	for (; at < HELP_COLUMN; at++)
		fputc(' ', f);
	while (*words != '\0') {
		n = strcspn(words, " ");
		if (at > HELP_COLUMN && at + 1 + n > PAGE_WIDTH) {
			fprintf(f, "\n%*s", HELP_COLUMN, "");
			at = HELP_COLUMN;
		} else if (at > HELP_COLUMN) {
			fputc(' ', f);
			at++;
		}
		fwrite(words, 1, n, f);
		at += n;
		words += n + strspn(words + n, " ");
	}
	fputc('\n', f);
}

static void
write_option(FILE *f, const struct option_row *row)
{
	int n;

	n = fprintf(f, "  --%s%s%s%s", row->name, row->value ? " " : "",
	    row->value ? row->value : "", row->list ? " ..." : "");
	write_folded(f, n < 0 ? 0 : (size_t)n, row->help);
}

void
usage_command(enum command c, FILE *f)
{
	const struct option_row *rows;
	const char *operands = options_command_operands(c);
	size_t n, i;

	rows = options_rows(&n);
	fprintf(f, "usage: novark %s", options_command_name(c));
	if (operands[0] != '\0')
		fprintf(f, " %s", operands);
	for (i = 0; i < n; i++) {
		if ((rows[i].required & (1u << c)) != 0)
			fprintf(f, " --%s %s", rows[i].name, rows[i].value);
	}
	fprintf(f, " [options]\n\n  %s\n\n", options_command_about(c));
	for (i = 0; i < n; i++) {
		if ((rows[i].commands & (1u << c)) != 0)
			write_option(f, &rows[i]);
	}
	fprintf(f, "\nnovark help lists what else there is to know.\n");
}

void
usage_overview(FILE *f)
{
	const struct topic *topics;
	size_t n, i;
	int c;

	fprintf(f,
	    "usage: novark SUBCOMMAND [options]\n\n"
	    "novark carries what ties an OpenStack node to its place across a "
	    "move.\n\n");
	for (c = 0; c < COMMANDS; c++)
		fprintf(f, "  %-10s %s\n",
		    options_command_name((enum command)c),
		    options_command_about((enum command)c));
	fprintf(f,
	    "  %-10s %s\n\n"
	    "novark SUBCOMMAND --help lists its options.\n"
	    "novark help WORD tells of a finding, an option, an exit code or "
	    "one "
	    "of these:\n\n",
	    "help", "show what the manual tells of a word");
	topics = topic_rows(&n);
	for (i = 0; i < n; i++)
		fprintf(f, "  %-14s %s\n", topics[i].name, topics[i].about);
}
