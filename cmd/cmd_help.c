#include "cmd/cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/buf.h"
#include "archive/warn.h"
#include "cmd/manual/message.h"
#include "cmd/manual/topic.h"
#include "cmd/nearest.h"
#include "cmd/report.h"
#include "cmd/usage.h"
#include "restore/allow/allow.h"
#include "restore/preflight/finding.h"

/* Every outcome is looked up by its code, its name and its word. */
#define OUTCOMES (OUTCOME_UNSAFE + 1)

/* The words of the command line, with a space between two. */
static char *
join(int argc, char *const *argv)
{
	struct buf b = BUF_EMPTY;
	int i;

	for (i = 0; i < argc; i++) {
		if ((i > 0 && buf_addc(&b, ' ') == -1) ||
		    buf_adds(&b, argv[i]) == -1) {
			buf_free(&b);
			return NULL;
		}
	}
	return buf_steal(&b);
}

/* "unsafe", "NOT SAFE" and "restore: NOT SAFE: ..." are the code 6; other words
 * are what they are. */
static const char *
known_as(const char *word)
{
	static const char *const codes[] = { "0", "1", "2", "3", "4", "5",
		"6" };
	const char *shown, *line;
	size_t len = 0;
	int i;

	for (i = 0; i < OUTCOMES; i++) {
		shown = report_word((enum outcome)i);
		if (strcmp(word, report_outcome((enum outcome)i)) == 0 ||
		    (shown != NULL && strcasecmp(word, shown) == 0))
			return codes[i];
		line = message_outcome(word, &len);
		if (line != NULL && shown != NULL && strlen(shown) == len &&
		    strncmp(line, shown, len) == 0)
			return codes[i];
	}
	return word;
}

/* The name that is near enough to be meant, or NULL. */
static const char *
find_nearest(const char *word)
{
	struct nearest near = NEAREST_NONE;
	const struct finding_row *findings;
	const struct allow_name *releases;
	const struct topic *topics;
	size_t n, i;
	int c;

	for (c = 0; c < COMMANDS; c++)
		nearest_offer(
		    &near, word, options_command_name((enum command)c));
	topics = topic_rows(&n);
	for (i = 0; i < n; i++)
		nearest_offer(&near, word, topics[i].name);
	findings = finding_rows(&n);
	for (i = 0; i < n; i++)
		nearest_offer(&near, word, findings[i].name);
	releases = allow_names(&n);
	for (i = 0; i < n; i++)
		nearest_offer(&near, word, releases[i].name);
	return near.name;
}

static void
say_unknown(const char *word)
{
	const char *near = find_nearest(word);

	if (near != NULL)
		warn_msg("there is no help on %s; novark help %s?", word, near);
	else
		warn_msg("there is no help on %s; novark help lists the topics",
		    word);
}

enum outcome
cmd_help(int argc, char *const *argv)
{
	enum outcome outcome = OUTCOME_FAILED;
	struct buf text = BUF_EMPTY;
	char *word;
	int c, told;

	if (argc == 0) {
		usage_overview(stdout);
		return OUTCOME_DONE;
	}
	if ((word = join(argc, argv)) == NULL)
		goto err0;
	if ((c = options_command_parse(word)) != -1) {
		usage_command((enum command)c, stdout);
		outcome = OUTCOME_DONE;
		goto err1;
	}
	if ((told = topic_tell(known_as(word), &text)) == 0)
		told = message_tell(word, &text);
	if (told == -1)
		goto err1;
	if (told) {
		fwrite(text.data, 1, text.len, stdout);
		outcome = OUTCOME_DONE;
	} else {
		say_unknown(word);
		outcome = OUTCOME_USAGE;
	}
err1:
	free(word);
err0:
	buf_free(&text);
	return outcome;
}
