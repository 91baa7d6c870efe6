#ifndef CMD_OPTIONS_INNER_H
#define CMD_OPTIONS_INNER_H

#include "cmd/options.h"

/* Inside the options room only. */

struct command_row {
	const char *name, *operands;
	int least, most;
	const char *about;
	const char *manual; /* mdoc in front of its own options, or NULL */
};

/* The arguments while they are read. */
struct reader {
	struct options *o;
	int argc, next;
	char *const *argv;
	unsigned bit; /* of the subcommand */
	size_t nfiles;
	int wrong;
};

const struct command_row *options_command(enum command c);

/* A member of struct options by its offset. */
void *options_member(struct options *o, size_t offset);

/* What must be there, and what does not go together: ${r->wrong} when something
 * is wrong, each said. */
void options_check(struct reader *r);

#endif
