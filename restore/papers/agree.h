#ifndef RESTORE_AGREE_H
#define RESTORE_AGREE_H

#include "restore/rows/target.h"

/**
 * agree(r, say, t):
 * Does ${t}->here agree with the captured table?  Fills ${t}->columns with
 * here's columns in the captured order.  1; 0 when it differs: every difference
 * is a finding if ${say}; -1 said.
 */
int agree(struct restore *r, int say, struct target *t) MUST_CHECK;

/* The finding that the table is not here: 0, or -1 said. */
int agree_missing(struct restore *r, const struct target *t) MUST_CHECK;

/**
 * agree_charset(from, to, bytes, len):
 * May these bytes, text in the character set ${from}, stand as they are in a
 * column of ${to}?  1 or 0.  Either may be NULL: no text.
 */
int
agree_charset(const char *from, const char *to, const char *bytes, size_t len);

#endif
