#include "archive/own_thread.h"

#include <signal.h>
#include <stddef.h>

int
own_thread_start(pthread_t *thread, void *(*work)(void *), void *cookie)
{
	sigset_t all, old;
	int rc;

	sigfillset(&all);
	if (pthread_sigmask(SIG_SETMASK, &all, &old) != 0)
		return -1;
	rc = pthread_create(thread, NULL, work, cookie);
	/* Of a set that was given there is nothing to be refused. */
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	return rc == 0 ? 0 : -1;
}
