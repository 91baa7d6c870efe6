#ifndef CMD_CMD_H
#define CMD_CMD_H

#include "archive/outcome.h"
#include "cmd/options.h"

/**
 * cmd_NAME(o):
 * Do what the subcommand NAME is for, with checked options, and report it
 * (cmd/report.h): result, then the outcome line.  The return value is the
 * exit code.
 */
enum outcome cmd_keygen(const struct options *o) MUST_CHECK;
enum outcome cmd_snapshot(const struct options *o) MUST_CHECK;
enum outcome cmd_audit(const struct options *o) MUST_CHECK;
enum outcome cmd_restore(const struct options *o) MUST_CHECK;
/* restore --resume, restore --undo */
enum outcome cmd_again(const struct options *o) MUST_CHECK;
enum outcome cmd_verify(const struct options *o) MUST_CHECK;

/**
 * cmd_help(argc, argv):
 * Show what the words behind "novark help" ask for, on standard output, which
 * the caller looks after; none: an overview.  DONE; USAGE or FAILED, said:
 * there is nothing of that name, or memory ended.
 */
enum outcome cmd_help(int argc, char *const *argv) MUST_CHECK;

#endif
