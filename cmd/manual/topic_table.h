#ifndef CMD_MANUAL_TOPIC_TABLE_H
#define CMD_MANUAL_TOPIC_TABLE_H

#include "cmd/manual/topic.h"

/**
 * What "novark help TOPIC" shows: sections of the man page (novark.8.in), in the
 * order in which "novark help" lists them.  Included by topic.c alone.
 *
 * Name, section, what it tells.
 */
static const struct topic rows[] = {
	{ "night", "THE NIGHT OF THE MOVE",
	    "the steps of a move, and what to do when one fails" },
	{ "map", "THE MAP", "the rules for what is replaced, and what is held" },
	{ "items", "ITEMS", "how files, definitions and rows are named" },
	{ "options", "OPTIONS", "every option of every subcommand" },
	{ "hosts", "ONE HOST OF MANY", "a bundle for each host of a site" },
	{ "findings", "FINDINGS", "what makes a restore unsafe, and what helps" },
	{ "definitions", "WHAT DEFINITIONS MAY HAVE",
	    "what --allow releases, by its names" },
	{ "undo", "RESUME AND UNDO", "a restore that was cut, or is regretted" },
	{ "bundle-format", "THE BUNDLE",
	    "what is in the file, and how to read it without novark" },
	{ "secrets", "SECRETS", "where passwords and keys are, and are not" },
	{ "messages", "MESSAGES", "how a message is looked up" },
	{ "exit-codes", "EXIT STATUS",
	    "what was done, what was not, and what to do next" },
	{ "files", "FILES", "what novark keeps, and where" },
	{ "environment", "ENVIRONMENT", "the variables that it looks at" },
	{ "examples", "EXAMPLES", "the commands of a whole move" },
};

#endif
