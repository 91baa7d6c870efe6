#ifndef CMD_PIPE_H
#define CMD_PIPE_H

#include "cmd/options.h"

/**
 * pipe: "-" for a FILE: a bundle that comes by standard input, or goes to
 * standard output.
 */

/* Are these what a bundle can come from and go to?  0; -1 said: a terminal, or
 * a file that others could read. */
int pipe_check(const struct options *o) MUST_CHECK;

/* 1 when the bundle comes by standard input. */
int pipe_comes(const struct options *o);

/**
 * pipe_take_output():
 * Standard output for the bundle alone: a descriptor for the caller to close.
 * From here on what else is written to standard output, by whomever, goes to
 * standard error.  -1 said.
 */
int pipe_take_output(void) MUST_CHECK;

#endif
