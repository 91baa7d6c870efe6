#ifndef CMD_FINISH_H
#define CMD_FINISH_H

#include "cmd/options.h"
#include "cmd/report.h"
#include "restore/restore.h"

/**
 * finish_restore(o, r, re, changes):
 * All ${changes} are made, by one run or by several: read everything back, tell
 * what is left to the operator, write the receipt, and end the report.  ${re}
 * has its bundle, and the journal.  The outcome is the verify's.
 */
enum outcome finish_restore(const struct options *o, struct report *r,
    struct restore *re, uint64_t changes) MUST_CHECK;

/* All changes are made, but there is no bundle any more to verify them with. */
enum outcome finish_unverified(
    const struct options *o, struct report *r, struct restore *re) MUST_CHECK;

/* All changes are taken back. */
enum outcome finish_undo(
    const struct options *o, struct report *r, struct restore *re) MUST_CHECK;

#endif
