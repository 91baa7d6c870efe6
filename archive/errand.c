#include "archive/errand.h"

#include <pthread.h>
#include <stdlib.h>

#include "archive/own_thread.h"
#include "archive/warn.h"

struct errand {
	errand_act *act;
	void *cookie;
	pthread_t thread;
	int begun; /* in that thread */
	int rc;
};

static void *
work(void *cookie)
{
	struct errand *e = cookie;

	e->rc = e->act(e->cookie);
	return NULL;
}

struct errand *
errand_start(errand_act *act, void *cookie)
{
	struct errand *e;

	if ((e = malloc(sizeof(*e))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	e->act = act;
	e->cookie = cookie;
	e->begun = own_thread_start(&e->thread, work, e) == 0;
	if (!e->begun)
		(void)work(e);
	return e;
}

int
errand_wait(struct errand *e)
{
	int rc;

	if (e == NULL)
		return 0;
	if (e->begun)
		(void)pthread_join(e->thread, NULL);
	rc = e->rc;
	free(e);
	return rc;
}
