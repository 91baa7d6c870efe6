#ifndef ARCHIVE_LANE_H
#define ARCHIVE_LANE_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * lane: bytes on their way to work that is done in another thread, in order.
 *
 *   lane_open(sink, cookie)
 *   lane_write, as often as needed
 *   lane_end
 *
 * The thread is the lane's (own_thread.h), and has ended when lane_end returns.
 * Between lane_open and lane_end ${sink} runs in it alone: what it touches is
 * not touched by anybody else meanwhile.  What waits is bounded: whoever writes
 * faster than the sink works waits, too.  It is wiped at the end.  Where there
 * is no room for a thread, lane_write calls the sink itself.
 *
 * When the sink fails (0 or -1, said by the sink) nothing more is given to it,
 * and the next lane_write, and lane_end, tell so.
 */
struct lane;
typedef int lane_sink(void *cookie, const void *bytes, size_t len);

/* NULL when memory ends (said). */
struct lane *lane_open(lane_sink *sink, void *cookie) MUST_CHECK;

/* The bytes are copied: 0, or -1 when the sink has failed. */
int lane_write(struct lane *l, const void *bytes, size_t len) MUST_CHECK;

/* Wait until the sink has had it all, and free the lane: 0, or -1 when it has
 * failed.  NULL is fine. */
int lane_end(struct lane *l) MUST_CHECK;

#endif
