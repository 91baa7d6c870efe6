#ifndef RESTORE_SAVED_PLAN_H
#define RESTORE_SAVED_PLAN_H

#include "restore/restore.h"

/**
 * saved_plan: a plan bound to its bundle, its map, its options and the state of
 * its destination, so that what somebody has looked at is what is applied, or
 * nothing.
 *
 * The file (mode 0600, see paper.h) has, besides what was asked (asked.h, but
 * without the logins of the databases) and the destination, one entry for each
 * change (change.h), all with keyed digests.  The key is made of a salt in the
 * file and of the bundle's signature, so the file alone tells nothing of a
 * value, not even of a short one, to who does not have the bundle.
 */
struct saved_plan;

/* Write the plan of ${r} to ${file}; replace one that is there only if
 * ${force}.  0, or -1 said. */
int saved_plan_write(struct restore *r, const char *file, int force) MUST_CHECK;

/* Read and check one whole: NULL, said once. */
struct saved_plan *saved_plan_open(const char *file) MUST_CHECK;
void saved_plan_close(struct saved_plan *s);

/* Fill in what ${opt} does not say (with ${drift}: it says what to do on
 * drift), borrowed from ${s}. */
void saved_plan_options(
    const struct saved_plan *s, struct restore_options *opt, int drift);

/* SHA-256 of the changes, as the file says. */
const char *saved_plan_digest(const struct saved_plan *s);

/**
 * saved_plan_compare(s, r, tell, cookie, moved):
 * Call ${tell} for each thing that is not as it was when the plan was saved,
 * and count them in ${*moved}.  ${name}: "bundle", "signer", "map", "option",
 * "destination", "new" (a change that the saved plan has not), "gone" (one that
 * it has, and now is none), "current" (what stands here now), "wanted" (what
 * would be made of it).  ${item}: an item, rule or option, or NULL.  0, or -1
 * said.
 */
typedef void saved_plan_tell(
    void *cookie, const char *name, const char *item, const char *text);
int saved_plan_compare(struct saved_plan *s, struct restore *r,
    saved_plan_tell *tell, void *cookie, uint64_t *moved) MUST_CHECK;

#endif
