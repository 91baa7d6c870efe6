#ifndef CMD_MANUAL_TOPIC_TABLE_H
#define CMD_MANUAL_TOPIC_TABLE_H

#include "cmd/manual/topic.h"

/**
 * What "novark help TOPIC" shows: sections of the man page (novark.8.in), in the
 * order in which "novark help" lists them.  Included by topic.c alone.
 *
 * Name, section, what it tells, what adds more behind a single item of it (NULL:
 * nothing).
 */
#define TOPIC(name, section, about, behind)                                    \
	{ name, section, about, "novark help " name, behind }

static const struct topic rows[] = {
	TOPIC("night", "THE NIGHT OF THE MOVE",
	    "the steps of a move, and what to do when one fails", NULL),
	TOPIC("map", "THE MAP",
	    "the rules for what is replaced, and what is held", NULL),
	TOPIC("items", "ITEMS",
	    "how files, definitions and rows are named", NULL),
	TOPIC("options", "OPTIONS",
	    "every option of every subcommand", NULL),
	TOPIC("captured", "WHAT IS CAPTURED",
	    "what a snapshot takes, and what it looks through", NULL),
	TOPIC("hosts", "ONE HOST OF MANY",
	    "a bundle for each host of a site", NULL),
	TOPIC("pipes", "PIPES", "bundles by standard input and output", NULL),
	TOPIC("findings", "FINDINGS",
	    "what makes a restore unsafe, and what helps", behind_finding),
	TOPIC("definitions", "WHAT DEFINITIONS MAY HAVE",
	    "what --allow releases, by its names", behind_release),
	TOPIC("undo", "RESUME AND UNDO",
	    "a restore that was cut, or is regretted", NULL),
	TOPIC("bundle-format", "THE BUNDLE",
	    "what is in the file, and how to read it without novark", NULL),
	TOPIC("secrets", "SECRETS",
	    "where passwords and keys are, and are not", NULL),
	TOPIC("messages", "MESSAGES",
	    "how a message is looked up", NULL),
	TOPIC("exit-codes", "EXIT STATUS",
	    "what was done, what was not, and what to do next", NULL),
	TOPIC("files", "FILES",
	    "what novark keeps, and where", NULL),
	TOPIC("environment", "ENVIRONMENT",
	    "the variables that it looks at", NULL),
	TOPIC("examples", "EXAMPLES",
	    "the commands of a whole move", NULL),
};

#undef TOPIC

#endif
