#ifndef CMD_INTERRUPT_H
#define CMD_INTERRUPT_H

/**
 * interrupt: what a SIGINT, SIGTERM or SIGHUP does.  Until interrupt_hold the
 * program ends with exit code 1 and says so in its last line; nothing that it
 * made has a name yet, so nothing is left.  SIGPIPE is ignored: a write that
 * fails is an error like any other.
 */

/* From now on; ${command} is a constant.  With ${json}, the document with the
 * outcome goes out too: only for a subcommand that puts nothing before its
 * end. */
void interrupt_catch(const char *command, int json);

/* Let signals wait while something is changed that must be changed whole, and
 * let them through again. */
void interrupt_hold(void);
void interrupt_release(void);

/* 1 when one waits. */
int interrupt_waits(void);

#endif
