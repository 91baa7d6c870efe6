#ifndef CMD_MANUAL_FILL_H
#define CMD_MANUAL_FILL_H

#include "archive/buf.h"

/**
 * fill: the man page and the completions, from a text with marks and the tables
 * of options, findings and releases.
 *
 * A line of the text that has "@NAME@" behind the sign of a comment is a mark
 * (fill_table.h): what the tables say stands there in the result.
 */

/**
 * fill(text, b):
 * Add ${text} to ${b}, with what belongs there for every mark.  0, or -1 said:
 * memory ended, or there is no such mark.
 */
int fill(const char *text, struct buf *b) MUST_CHECK;

#endif
