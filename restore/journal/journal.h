#ifndef RESTORE_JOURNAL_H
#define RESTORE_JOURNAL_H

#include <jansson.h>
#include <stdint.h>

#include "archive/outcome.h"
#include "restore/plan/plan.h"

/**
 * journal: one restore on disk: what was asked, every change that it will make
 * (what was there, what will be), and how far it came.  Nothing is changed on
 * the host before its record is durable.
 *
 * DIR/ID/journal, DIR being the state folder: folders 0700, file 0600, ID
 * "20261122T161547Z-" and eight hex digits, so that names sort by time.
 *
 * The file is a row of records, each with a mark, its type, a number that
 * counts up, its length (in front and behind, so that it can be read
 * backwards), how many bytes of the file were durable when it was written, and
 * a SHA-256 over all that.  A hole of zeros, a torn or a foreign record never
 * verifies.  The first record that does not ends the file: what follows was
 * never durable, so nothing was done under it.  When a later record tells that
 * those bytes were durable, the journal is damaged, and refused.
 *
 *   asked     once: JSON, see asked.h
 *   change    one for each change of the plan, in its order; their numbers
 *             count from 0
 *   sealed    once: how many changes, and a digest over them; durable before
 *             the first intent
 *   way       forward or back from here on; durable
 *   intent    changes up to this number, none behind, may be under way;
 *             durable before the first of them is made
 *   done      changes up to this number are made (or taken back, down to it)
 *   end       all is done this way; durable
 *
 * Memory does not grow with the number of changes.
 */
struct journal;

enum journal_way { JOURNAL_FORWARD, JOURNAL_BACK };

enum journal_state {
	JOURNAL_UNSEALED,   /* cut before anything was changed */
	JOURNAL_UNFINISHED, /* resume or undo ends it */
	JOURNAL_APPLIED,    /* may be undone */
	JOURNAL_UNDONE
};

/* Begin a new one below ${dir} (made, with its parents, when absent); ${asked}
 * is borrowed.  NULL, said. */
struct journal *journal_create(const char *dir, const json_t *asked) MUST_CHECK;

/* Before it is sealed: append a PLAN_CREATE or PLAN_CHANGE: 0, or -1 said. */
int journal_change(struct journal *j, const struct plan_record *rec) MUST_CHECK;
int journal_seal(struct journal *j) MUST_CHECK;

/**
 * journal_find(dir, id, unfinished, found):
 * The restore named ${id} (whole or the start of one, if only one starts so);
 * with NULL the unfinished one or, unless ${unfinished}, else the newest that
 * is not undone.  1 with ${*found} (malloced), 0 when there is none (nothing
 * said), -1 said.  Unsealed ones are passed.
 */
int journal_find(
    const char *dir, const char *id, int unfinished, char **found) MUST_CHECK;

/* Each of them, the oldest first, and how far it is: 0, what ${tell} returned,
 * or -1 said. */
typedef int
journal_tell(void *cookie, const char *id, enum journal_state state);
int journal_list(const char *dir, journal_tell *tell, void *cookie) MUST_CHECK;

/* Remove those that were cut before they were sealed; under the lock only.  0,
 * or -1 said. */
int journal_sweep(const char *dir) MUST_CHECK;

/* Open an existing one, and cut off a tail that was never durable.  NULL and
 * said: not there, damaged, not ours (owner or mode), unsealed. */
struct journal *journal_open(const char *dir, const char *id) MUST_CHECK;
void journal_close(struct journal *j);

/* Remove one under which nothing was intended, and its folder; others are only
 * closed.  After a failure before the first change. */
void journal_discard(struct journal *j);

const char *journal_id(const struct journal *j);
/* DIR/ID, for messages and for the receipt beside the journal. */
const char *journal_dir(const struct journal *j);
const json_t *journal_asked(const struct journal *j);
enum journal_state journal_state(const struct journal *j);
enum journal_way journal_way(const struct journal *j);
uint64_t journal_changes(const struct journal *j);
/* SHA-256 over all changes, lower-case hex. */
const char *journal_digest(const struct journal *j);

/* How many changes, from the first on, may have been made at all (intents). */
uint64_t journal_intended(const struct journal *j);

/* Of them, how many have been told to be made (done, or the end forward): an
 * undo knows by it what was once there. */
uint64_t journal_made(const struct journal *j);

/* Turn to a way (also the one it has): durable.  0, or -1 said. */
int journal_turn(struct journal *j, enum journal_way way) MUST_CHECK;
/* Changes up to ${n} (not included) may be under way from now on: durable. */
int journal_intend(struct journal *j, uint64_t n) MUST_CHECK;
/* Changes from ${n} on were not begun after all, for it stopped in front of
 * them: durable.  What is not intended is not looked at going back; -1 (said)
 * only means that more is. */
int journal_retract(struct journal *j, uint64_t n);
/* Forward: changes below ${n} are made.  Back: changes from ${n} on are taken
 * back.  Not durable by itself: it only saves looking. */
int journal_done(struct journal *j, uint64_t n) MUST_CHECK;
uint64_t journal_done_to(const struct journal *j);
/* Make that durable. */
int journal_sync(struct journal *j) MUST_CHECK;
int journal_end(struct journal *j) MUST_CHECK;

/* Read the changes: from the first on, or back from the last.  1 with ${rec}
 * (borrowed until the next call) and its number, 0 at the end, -1 said. */
int journal_rewind(struct journal *j, enum journal_way way) MUST_CHECK;
int journal_next(
    struct journal *j, const struct plan_record **rec, uint64_t *n) MUST_CHECK;

#endif
