#include <string.h>

#include "cmd/manual/fill_inner.h"
#include "cmd/options.h"
#include "restore/allow/allow.h"
#include "restore/preflight/finding.h"

#define EVERY ((1u << COMMANDS) - 1)

/* The names of some subcommands: "a", "a and b", "a, b and c". */
static int
add_commands(struct buf *b, unsigned set)
{
	unsigned rest = set;
	int c;

	for (c = 0; c < COMMANDS; c++) {
		if ((set & (1u << c)) == 0)
			continue;
		rest &= ~(1u << c);
		if (buf_adds(b, options_command_name((enum command)c)) == -1)
			return -1;
		if (rest != 0 &&
		    buf_adds(b, (rest & (rest - 1)) == 0 ? " and " : ", ") ==
			-1)
			return -1;
	}
	return 0;
}

/* What an option takes: a name, or words with bars between them. */
static int
add_value(struct buf *b, const char *value)
{
	size_t n;

	if (strchr(value, '|') == NULL)
		return buf_addf(b, " Ar %s", value);
	if (buf_adds(b, " Cm ") == -1)
		return -1;
	for (; *value != '\0'; value += n) {
		n = strcspn(value, "|");
		if (buf_add(b, value, n) == -1)
			return -1;
		if (value[n] == '|') {
			if (buf_adds(b, " | ") == -1)
				return -1;
			n++;
		}
	}
	return 0;
}

static int
add_text(struct buf *b, const struct option_row *row)
{

	if (row->manual == NULL)
		return fill_sentence(b, row->help);
	return buf_addf(b, "%s\n", row->manual);
}

static int
add_required(struct buf *b, const struct option_row *row)
{

	if (row->required == 0)
		return 0;
	if (row->required == row->commands)
		return buf_adds(b, "Required.\n");
	if (buf_adds(b, "Required by ") == -1 ||
	    add_commands(b, row->required) == -1)
		return -1;
	return buf_adds(b, ".\n");
}

static int
add_option(struct buf *b, const struct option_row *row)
{

	if (buf_addf(b, ".It Fl -%s", row->name) == -1)
		return -1;
	if (row->value != NULL && add_value(b, row->value) == -1)
		return -1;
	if (buf_addc(b, '\n') == -1 || add_text(b, row) == -1 ||
	    add_required(b, row) == -1)
		return -1;
	return row->list ? buf_adds(b, "May be repeated.\n") : 0;
}

/* What stands over the options of those subcommands. */
static int
add_heading(struct buf *b, unsigned set)
{
	const char *intro = NULL;
	int c;

	if (buf_adds(b, ".Ss ") == -1)
		return -1;
	if (set == EVERY ? buf_adds(b, "All") == -1
			 : add_commands(b, set) == -1)
		return -1;
	for (c = 0; c < COMMANDS; c++) {
		if (set == 1u << c)
			intro = options_command_manual((enum command)c);
	}
	if (intro != NULL && buf_addf(b, "\n%s", intro) == -1)
		return -1;
	return buf_adds(b, "\n.Bl -tag -width Ds\n");
}

/* The options from row ${first} on that the same subcommands have. */
static int
add_group(struct buf *b, const struct option_row *rows, size_t first, size_t n)
{
	size_t i;

	if (add_heading(b, rows[first].commands) == -1)
		return -1;
	for (i = first; i < n; i++) {
		if (rows[i].commands == rows[first].commands &&
		    add_option(b, &rows[i]) == -1)
			return -1;
	}
	return buf_adds(b, ".El\n");
}

int
fill_options(struct buf *b)
{
	const struct option_row *rows;
	size_t n, i, k;

	rows = options_rows(&n);
	for (i = 0; i < n; i++) {
		for (k = 0; rows[k].commands != rows[i].commands; k++)
			continue;
		if (k == i && add_group(b, rows, i, n) == -1)
			return -1;
	}
	return 0;
}

int
fill_findings(struct buf *b)
{
	const struct finding_row *rows;
	size_t n, i;

	rows = finding_rows(&n);
	for (i = 0; i < n; i++) {
		if (buf_addf(b, ".It Cm %s%s\n", rows[i].name,
			rows[i].may_waive ? " No +" : "") == -1 ||
		    fill_sentence(b, rows[i].about) == -1 ||
		    fill_sentences(b, rows[i].help) == -1)
			return -1;
	}
	return 0;
}

int
fill_releases(struct buf *b)
{
	const struct allow_name *names;
	size_t n, i;

	names = allow_names(&n);
	for (i = 0; i < n; i++) {
		if (buf_addf(b, ".It Cm %s\n", names[i].name) == -1 ||
		    fill_sentence(b, names[i].about) == -1)
			return -1;
	}
	return 0;
}
