#ifndef CMD_FINISH_H
#define CMD_FINISH_H

#include "cmd/report.h"
#include "restore/restore.h"

/**
 * finish_restore(r, re, changes):
 * All ${changes} are made, by one run or by several: read everything back, tell
 * what is left to the operator, and end the report.  ${re} has its bundle, and
 * the journal.  The outcome is the verify's.
 */
enum outcome finish_restore(
    struct report *r, struct restore *re, uint64_t changes) MUST_CHECK;

#endif
