#ifndef RESTORE_ACCOUNT_MAP_H
#define RESTORE_ACCOUNT_MAP_H

#include "restore/restore.h"

/* Why an account is left alone although the map touches its host. */
#define HELD_PATTERN "a pattern wider than the rule"
#define HELD_PARTS   "a pattern of which other rules keep or move a part"
#define HELD_SPELLED "a pattern that no rule can be laid over"

/* The short stable name of such a reason: "parts" and what rewrite holds are
 * released by --also, "pattern" is not. */
const char *account_held_name(const char *held);

/**
 * account_map(r, account, host, count, out, held):
 * The host part of an account through the map: an address and a name by their
 * rules; a pattern or a network by one rule for a range that covers all of it
 * (where finer rules lead elsewhere, only when --also names the account).
 * ${out} (cleared first) is what it becomes, also when that is ${host} itself;
 * ${*held}: why it stays although the map touches it, or NULL.  ${count} counts
 * the rules as used.  1 when it changes, 0, -1 said.
 */
int account_map(struct restore *r, const char *account, const char *host,
    int count, struct buf *out, const char **held) MUST_CHECK;

#endif
