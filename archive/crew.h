#ifndef ARCHIVE_CREW_H
#define ARCHIVE_CREW_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * crew: one act for each of many things, some of them at once: for calls that
 * mostly wait for another process, or that take two processors.
 *
 * The threads belong to crew_run and have ended when it returns.  An act may
 * change what belongs to its own thing; what it shares with others it may only
 * read, or it has a lock of its own (warn, a session with libvirt).
 */
typedef int crew_act(void *cookie, size_t i);

/* So many at once: libvirtd takes five calls of a client. */
#define CREW_SIZE 4

/**
 * crew_run(n, act, cookie, begun):
 * Call ${act} with 0 to ${n} - 1, begun in that order.  None is begun behind
 * one that returned other than 0; ${*begun} (may be NULL): how many were.  The
 * result is 0, or that of the first in order that failed.  Where there is no
 * room for threads, the caller works alone.
 */
int crew_run(size_t n, crew_act *act, void *cookie, size_t *begun) MUST_CHECK;

#endif
