#ifndef ARCHIVE_AHEAD_H
#define ARCHIVE_AHEAD_H

#include <stddef.h>
#include <zstd.h>

#include "archive/outcome.h"

/**
 * ahead: a zstd frame is unpacked in a thread of its own, a little ahead of
 * who reads it.
 *
 * Purpose: whoever reads a large part has work of his own to do with its bytes.
 *
 * Calling sequence: ahead_start; then as often as needed ahead_room and
 * ahead_give (stored bytes; of length 0: there are no more), and ahead_take;
 * ahead_stop, which ends the thread.
 *
 * Who owns what: the context is the thread's from ahead_start to ahead_stop.
 * Stored bytes are the caller's until ahead_give, unpacked ones are his between
 * two calls of ahead_take.  The thread reads no file and says nothing: what
 * went wrong is told by ahead_take, in the caller's thread, behind all that was
 * unpacked in front of it.  All signals are blocked in it.
 *
 * Memory: 256 KiB of stored bytes and 1 MiB of unpacked ones, wiped at the end.
 */
struct ahead;

/* A stored piece is at most so long. */
#define AHEAD_PIECE (128u << 10)

enum ahead_state {
	AHEAD_BYTES,  /* there are some */
	AHEAD_HUNGRY, /* give it more first */
	AHEAD_END,    /* the frame has ended */
	AHEAD_CUT,    /* no more is stored, but the frame has not ended */
	AHEAD_WRONG   /* zstd cannot read it: ahead_why */
};

/* NULL (silent) when there is no memory or no thread: then ${ctx} is still the
 * caller's alone. */
struct ahead *ahead_start(ZSTD_DCtx *ctx) MUST_CHECK;

/* Where up to AHEAD_PIECE stored bytes may be put now; NULL: not now. */
char *ahead_room(struct ahead *a) MUST_CHECK;
void ahead_give(struct ahead *a, size_t len);

/* What follows, as far as it is unpacked; waits for it unless it needs more
 * stored bytes, or could take more. */
enum ahead_state
ahead_take(struct ahead *a, const char **bytes, size_t *len) MUST_CHECK;

/* Of the caller's bytes, so many are used up. */
void ahead_used(struct ahead *a, size_t len);

/* Behind AHEAD_END: 1 when stored bytes were given that the frame does not
 * have. */
int ahead_rest(struct ahead *a) MUST_CHECK;

/* Behind AHEAD_WRONG: what zstd says (static). */
const char *ahead_why(struct ahead *a);

/* End the thread and wipe what was unpacked.  NULL is fine. */
void ahead_stop(struct ahead *a);

#endif
