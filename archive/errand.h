#ifndef ARCHIVE_ERRAND_H
#define ARCHIVE_ERRAND_H

#include "archive/outcome.h"

/**
 * errand: one act that goes on in a thread of its own, while whoever started it
 * does something else.  errand_wait has to follow errand_start, and the thread
 * has ended when it returns.  Between the two, what the act touches is the
 * act's alone.  Where there is no room for a thread, errand_start does it.
 */
struct errand;
typedef int errand_act(void *cookie);

/* NULL when memory ends (said): nothing was begun. */
struct errand *errand_start(errand_act *act, void *cookie) MUST_CHECK;

/* Wait until it is done, and free it: what it returned.  NULL gives 0. */
int errand_wait(struct errand *e) MUST_CHECK;

#endif
