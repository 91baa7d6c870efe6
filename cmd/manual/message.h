#ifndef CMD_MANUAL_MESSAGE_H
#define CMD_MANUAL_MESSAGE_H

#include "archive/buf.h"

/**
 * message: a message of novark's, looked up as it stands on the screen.
 *
 * Make collects what the program can say, with the folder of the source that
 * says it (manual_messages); what such a folder is about, and what helps, is in
 * message_table.h.  The message is the one whose own words are most.
 */

/**
 * message_tell(text, b):
 * Add to ${b} what there is on the message ${text}, with "novark: " in front of
 * it or without.  1; 0: novark does not say that; -1 said.
 */
int message_tell(const char *text, struct buf *b) MUST_CHECK;

/* The words of an outcome line, "restore: NOT SAFE: ...", behind the name of
 * the subcommand: ${*len} bytes; NULL: it is none. */
const char *message_outcome(const char *text, size_t *len);

#endif
