#ifndef CMD_MANUAL_MDOC_H
#define CMD_MANUAL_MDOC_H

#include "archive/buf.h"

/**
 * mdoc: text for a terminal from the man page, so that "novark help" needs no
 * man.  It knows the macros that novark.8.in uses, and no others; lines have at
 * most MDOC_WIDTH columns, but for those that stand as they are (.Bd -literal).
 */
#define MDOC_WIDTH 78

/* What is shown for a reference to the section ${title} (.Sx). */
typedef const char *mdoc_refer(const char *title);

/**
 * mdoc_text(s, len, indent, refer, b):
 * Add the ${len} bytes at ${s}, whole lines of mdoc, to ${b} as text, ${indent}
 * columns from the left.  0; -1 said: memory ended, or there is a macro that is
 * not known.
 */
int mdoc_text(const char *s, size_t len, size_t indent, mdoc_refer *refer,
    struct buf *b) MUST_CHECK;

#endif
