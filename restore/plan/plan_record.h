#ifndef RESTORE_PLAN_RECORD_H
#define RESTORE_PLAN_RECORD_H

#include "archive/buf.h"
#include "restore/files/file_record.h"
#include "restore/plan/plan.h"

/**
 * plan_record: one record of a plan as bytes, and back.  Fixed-width numbers of
 * this host, every string with its length (all ones: NULL) and a NUL behind it;
 * the bytes never leave the host.
 */
struct plan_decoded {
	struct plan_record r; /* points into the bytes and what is below */
	struct plan_table table;
	struct plan_cell *cells;
	struct file_record was, will;
	const char **key;
	size_t *key_len;
	size_t cells_cap, key_cap;
};

/* Append ${r} to ${out}: 0, or -1 said. */
int plan_encode(const struct plan_record *r, struct buf *out) MUST_CHECK;

/**
 * plan_decode(bytes, len, d):
 * Read exactly one record; ${d} (zeroed at first, may be used again) points
 * into ${bytes}, which are not written to.  0; -1, silent, when they are
 * anything else or memory ends.
 */
int
plan_decode(const char *bytes, size_t len, struct plan_decoded *d) MUST_CHECK;

/* Free the arrays. */
void plan_decoded_free(struct plan_decoded *d);

#endif
