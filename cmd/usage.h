#ifndef CMD_USAGE_H
#define CMD_USAGE_H

#include <stdio.h>

#include "cmd/options.h"

/* usage: help as text, from the tables of options.h. */

/* The help of one subcommand. */
void usage_command(enum command c, FILE *f);

/* What novark is, and its subcommands. */
void usage_overview(FILE *f);

#endif
