#include "archive/crew.h"

#include <pthread.h>

#include "archive/own_thread.h"

struct crew {
	pthread_mutex_t lock; /* of what is below it */
	size_t next;          /* to be begun */
	size_t failed;        /* the first of those that did; n: none */
	int rc;               /* its result */
	size_t n;
	crew_act *act;
	void *cookie;
};

/* One of them, until there is nothing left to begin. */
static void *
work(void *cookie)
{
	struct crew *c = cookie;
	size_t i;
	int rc;

	(void)pthread_mutex_lock(&c->lock);
	while (c->next < c->n && c->failed == c->n) {
		i = c->next++;
		(void)pthread_mutex_unlock(&c->lock);
		rc = c->act(c->cookie, i);
		(void)pthread_mutex_lock(&c->lock);
		if (rc != 0 && i < c->failed) {
			c->failed = i;
			c->rc = rc;
		}
	}
	(void)pthread_mutex_unlock(&c->lock);
	return NULL;
}

int
crew_run(size_t n, crew_act *act, void *cookie, size_t *begun)
{
	struct crew c = { .n = n, .failed = n, .act = act, .cookie = cookie };
	pthread_t others[CREW_SIZE - 1];
	size_t i, have = 0;

	(void)pthread_mutex_init(&c.lock, NULL);
	while (have < CREW_SIZE - 1 && have + 1 < n &&
	       own_thread_start(&others[have], work, &c) == 0)
		have++;
	(void)work(&c);
	for (i = 0; i < have; i++)
		(void)pthread_join(others[i], NULL);
	(void)pthread_mutex_destroy(&c.lock);
	if (begun != NULL)
		*begun = c.next;
	return c.rc;
}
