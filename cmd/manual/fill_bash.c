#include "cmd/manual/fill_inner.h"
#include "cmd/manual/takes.h"
#include "cmd/manual/topic.h"
#include "cmd/options.h"
#include "restore/allow/allow.h"
#include "restore/preflight/finding.h"

/* By enum takes; words are listed instead. */
static const char *const kinds[] = {
	[TAKES_NOTHING] = "",
	[TAKES_TEXT] = "text",
	[TAKES_FILE] = "file",
	[TAKES_FOLDER] = "folder",
	[TAKES_WORDS] = NULL,
};

/* --name, --name=WHAT or, where it may be repeated, --name+=WHAT. */
static int
add_option(struct buf *b, const struct option_row *row)
{
	struct buf words = BUF_EMPTY;
	enum takes t;
	int rc = -1;

	if (takes_of(row, &words, &t) == -1)
		goto err0;
	rc = buf_addf(b, "\n\t\t    --%s%s%s%s", row->name,
	    row->list ? "+" : "", t == TAKES_NOTHING ? "" : "=",
	    kinds[t] == NULL ? words.data : kinds[t]);
err0:
	buf_free(&words);
	return rc;
}

static int
add_command(struct buf *b, enum command c)
{

	if (buf_addf(b, "\t%s)\n\t\toperands='%s' rows='",
		options_command_name(c),
		kinds[takes_operands(options_command_operands(c))]) == -1 ||
	    takes_each(b, c, add_option) == -1)
		return -1;
	return buf_adds(b, "' ;;\n");
}

/* The names of all subcommands with something behind each. */
static int
add_names(struct buf *b, const char *behind)
{
	int c;

	for (c = 0; c < COMMANDS; c++) {
		if (buf_addf(b, "%s%s", options_command_name((enum command)c),
			behind) == -1)
			return -1;
	}
	return 0;
}

/* What help takes: first the topics, and of other names those that begin as
 * what is there. */
static int
add_help(struct buf *b)
{
	const struct finding_row *findings;
	const struct allow_name *releases;
	const struct topic *topics;
	size_t n, i;

	if (buf_adds(b, "\thelp)\n\t\toperands='") == -1 ||
	    add_names(b, "|") == -1)
		return -1;
	topics = topic_rows(&n);
	for (i = 0; i < n; i++) {
		if (buf_addf(b, "%s%s", i == 0 ? "" : "|", topics[i].name))
			return -1;
	}
	if (buf_adds(b, "'\n\t\t[ -z \"$2\" ] || operands+='") == -1)
		return -1;
	findings = finding_rows(&n);
	for (i = 0; i < n; i++) {
		if (buf_addf(b, "|%s", findings[i].name) == -1)
			return -1;
	}
	releases = allow_names(&n);
	for (i = 0; i < n; i++) {
		if (buf_addf(b, "|%s", releases[i].name) == -1)
			return -1;
	}
	return buf_adds(b, "' ;;\n");
}

int
fill_bash(struct buf *b)
{
	int c;

	if (buf_adds(b, "_novark_commands='") == -1 ||
	    add_names(b, " ") == -1 ||
	    buf_adds(b, "help --help --version'\n\n"
			"# What a subcommand takes, into operands and rows: "
			"--option, --option=WHAT,\n"
			"# --option+=WHAT where it may be repeated.\n"
			"_novark_rows() { # SUBCOMMAND BEGINNING\n"
			"\tcase $1 in\n") == -1)
		return -1;
	for (c = 0; c < COMMANDS; c++) {
		if (add_command(b, (enum command)c) == -1)
			return -1;
	}
	if (add_help(b) == -1)
		return -1;
	return buf_adds(b, "\tesac\n}\n");
}
