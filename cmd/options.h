#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include <stddef.h>
#include <stdio.h>

#include "archive/outcome.h"

/**
 * options: the command line.  One table (options_table.h) drives the parser,
 * the usage text (cmd/usage.h), the man page's lists of options and the
 * completions (cmd/manual/fill.h).
 *
 * Long options only, never shortened: --name VALUE or --name=VALUE; -h and -V
 * beside them; "--" ends options; options and files may be mixed.
 */
enum command {
	COMMAND_KEYGEN,
	COMMAND_SNAPSHOT,
	COMMAND_AUDIT,
	COMMAND_RESTORE,
	COMMAND_VERIFY
};
#define COMMANDS 5

struct options {
	enum command command;
	/* Values; NULL when not given. */
	const char *out, *output, *sign, *trust, *decrypt, *root, *connect,
	    *defaults_file, *state_dir, *against, *against_trust;
	const char *on_drift, *cat, *diff, *plan, *save_plan, *receipt, *html;
	/* Lists, NULL-terminated; NULL when not given. */
	const char **files, **maps, **map_files, **only, **except, **also,
	    **find, **waive, **allow, **addresses, **hosts, **encrypt_to;
	/* Flags. */
	int force, no_files, no_libvirt, no_database, dry_run, preflight, yes,
	    resume, undo, list;
	int draft_map, here, advice, show_secrets, json, quiet, describe,
	    no_sweep;
	/* -h, --help or -V, --version was there: nothing else was checked. */
	int help, version;
};

/* A row of the table. */
struct option_row {
	const char *name;  /* without the dashes */
	const char *value; /* what it takes; NULL: a flag; one|of|these */
	int list;          /* may be given more than once */
	size_t offset;     /* in struct options */
	unsigned commands; /* bit for each enum command that has it */
	unsigned required; /* and where it must be given */
	const char *help;
	const char *manual; /* mdoc; NULL: the help is all */
};

/* The rows: ${*n} of them, in the order in which they are shown. */
const struct option_row *options_rows(size_t *n);

/* "keygen" ...; its operands ("FILE..." or ""); what it is for, in one line;
 * what the manual says in front of the options that it alone has (mdoc), or
 * NULL. */
const char *options_command_name(enum command c);
const char *options_command_operands(enum command c);
const char *options_command_about(enum command c);
const char *options_command_manual(enum command c);
/* The command of that name, or -1. */
int options_command_parse(const char *name);

/**
 * options_parse(command, argc, argv, o):
 * Read the ${argc} arguments behind the subcommand's name into ${o}, whose
 * strings live as long as ${argv}.  Return 0; or -1 with every mistake said
 * by warn: an option unknown, given twice, without its value or with one it
 * does not take; a required one or FILE missing; options that exclude each
 * other.  ${o} is to be freed in both cases.
 */
int options_parse(enum command command, int argc, char *const *argv,
    struct options *o) MUST_CHECK;
void options_free(struct options *o);

#endif
