#ifndef RESTORE_MAY_WRITE_H
#define RESTORE_MAY_WRITE_H

#include "restore/rows/target.h"

/**
 * may_write: do the servers let the planned rows be written?  Tables are noted
 * while they are walked, and asked for behind the last one, outside of the
 * reading transaction: by EXPLAIN, which changes nothing.
 */
struct may_write;

struct may_write *may_write_new(void) MUST_CHECK;
void may_write_free(struct may_write *m);

/* Rows of the table are to be made, changed: 0, or -1 said. */
int may_write_note(struct may_write *m, const struct target *t,
    uint64_t created, uint64_t changed) MUST_CHECK;

/* Findings "read-only" (once a server) and "privilege": 0, or -1 said. */
int may_write_tell(struct may_write *m, struct restore *r) MUST_CHECK;

#endif
