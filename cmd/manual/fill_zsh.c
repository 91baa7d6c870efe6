#include <string.h>

#include "cmd/manual/fill_inner.h"
#include "cmd/manual/takes.h"
#include "cmd/manual/topic.h"
#include "cmd/options.h"
#include "restore/allow/allow.h"
#include "restore/preflight/finding.h"

/* Text inside single quotes, with what _arguments or _describe would take for
 * a sign of their own escaped. */
static int
add_quoted(struct buf *b, const char *text)
{

	for (; *text != '\0'; text++) {
		if (*text == '\'') {
			if (buf_adds(b, "'\\''") == -1)
				return -1;
			continue;
		}
		if (strchr(":[]\\", *text) != NULL && buf_addc(b, '\\') == -1)
			return -1;
		if (buf_addc(b, *text) == -1)
			return -1;
	}
	return 0;
}

/* A line of an array for _describe: 'name:what it is'. */
static int
add_line(struct buf *b, const char *name, const char *about)
{

	if (buf_addf(b, "\t\t\t'%s:", name) == -1 || add_quoted(b, about) == -1)
		return -1;
	return buf_adds(b, "'\n");
}

/* The words between bars, as _arguments has them: (a b c). */
static int
add_words(struct buf *b, const char *words)
{

	if (buf_addc(b, '(') == -1)
		return -1;
	for (; *words != '\0'; words++) {
		if (buf_addc(b, *words == '|' ? ' ' : *words) == -1)
			return -1;
	}
	return buf_addc(b, ')');
}

/* ":what it is:how to complete it" behind an option or operand. */
static int
add_action(struct buf *b, const char *what, enum takes t, const char *words)
{

	if (buf_addc(b, ':') == -1 || add_quoted(b, what) == -1 ||
	    buf_addc(b, ':') == -1)
		return -1;
	switch (t) {
	case TAKES_FILE:
		return buf_adds(b, "_files");
	case TAKES_FOLDER:
		return buf_adds(b, "_path_files -/");
	case TAKES_WORDS:
		return add_words(b, words);
	case TAKES_NOTHING:
	case TAKES_TEXT:
		break;
	}
	return buf_addc(b, ' ');
}

static int
add_option(struct buf *b, const struct option_row *row)
{
	struct buf words = BUF_EMPTY;
	enum takes t;
	int rc = -1;

	if (takes_of(row, &words, &t) == -1 ||
	    buf_addf(b, " \\\n\t\t\t'%s--%s%s[", row->list ? "*" : "",
		row->name, t == TAKES_NOTHING ? "" : "=") == -1 ||
	    add_quoted(b, row->help) == -1 || buf_addc(b, ']') == -1)
		goto err0;
	if (t != TAKES_NOTHING &&
	    add_action(b, t == TAKES_WORDS ? row->name : row->value, t,
		words.data) == -1)
		goto err0;
	rc = buf_addc(b, '\'');
err0:
	buf_free(&words);
	return rc;
}

static int
add_command(struct buf *b, enum command c)
{
	const char *operands = options_command_operands(c);
	enum takes t = takes_operands(operands);

	if (buf_addf(b, "\t%s)\n\t\t_arguments -S", options_command_name(c)) ==
		-1 ||
	    takes_each(b, c, add_option) == -1)
		return -1;
	if (t != TAKES_NOTHING) {
		if (buf_addf(b, " \\\n\t\t\t'%s",
			strstr(operands, "...") ? "*" : "1") == -1 ||
		    add_action(b, operands, t, NULL) == -1 ||
		    buf_addc(b, '\'') == -1)
			return -1;
	}
	return buf_adds(b, " ;;\n");
}

int
fill_zsh_commands(struct buf *b)
{
	int c;

	for (c = 0; c < COMMANDS; c++) {
		if (add_line(b, options_command_name((enum command)c),
			options_command_about((enum command)c)) == -1)
			return -1;
	}
	return add_line(
	    b, "help", "tell about a topic, a name or an exit code");
}

int
fill_zsh_arguments(struct buf *b)
{
	int c;

	for (c = 0; c < COMMANDS; c++) {
		if (add_command(b, (enum command)c) == -1)
			return -1;
	}
	return 0;
}

int
fill_zsh_topics(struct buf *b)
{
	const struct topic *topics;
	size_t n, i;

	topics = topic_rows(&n);
	for (i = 0; i < n; i++) {
		if (add_line(b, topics[i].name, topics[i].about) == -1)
			return -1;
	}
	return 0;
}

int
fill_zsh_names(struct buf *b)
{
	const struct finding_row *findings;
	const struct allow_name *releases;
	size_t n, i;

	findings = finding_rows(&n);
	for (i = 0; i < n; i++) {
		if (add_line(b, findings[i].name, findings[i].about) == -1)
			return -1;
	}
	releases = allow_names(&n);
	for (i = 0; i < n; i++) {
		if (add_line(b, releases[i].name, releases[i].about) == -1)
			return -1;
	}
	return 0;
}
