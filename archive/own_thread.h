#ifndef ARCHIVE_OWN_THREAD_H
#define ARCHIVE_OWN_THREAD_H

#include <pthread.h>

#include "archive/outcome.h"

/**
 * own_thread_start(thread, work, cookie):
 * A thread in which all signals are blocked: they are for who started it, who
 * may hold them back.  0, or -1 (silent) when there is no room for one.
 */
int own_thread_start(
    pthread_t *thread, void *(*work)(void *), void *cookie) MUST_CHECK;

#endif
