#ifndef CMD_MANUAL_TAKES_TABLE_H
#define CMD_MANUAL_TAKES_TABLE_H

#include "cmd/manual/takes.h"

/* What stands behind an option or a subcommand, and what that is.  Included by
 * takes.c alone. */
static const struct takes_row {
	const char *value;
	enum takes takes;
} values[] = {
	{ "FILE", TAKES_FILE },
	{ "FILE...", TAKES_FILE },
	{ "OTHER", TAKES_FILE },
	{ "KEY", TAKES_FILE },
	{ "PUB", TAKES_FILE },
	{ "CERT", TAKES_FILE },
	{ "DIR", TAKES_FOLDER },
	{ "NAME", TAKES_TEXT },
	{ "ADDR", TAKES_TEXT },
	{ "ADDRESS", TAKES_TEXT },
	{ "ITEM", TAKES_TEXT },
	{ "OLD=NEW", TAKES_TEXT },
	{ "GLOB", TAKES_TEXT },
	{ "URI", TAKES_TEXT },
};

#endif
