#include "archive/lane.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "archive/own_thread.h"
#include "archive/warn.h"

#define CHUNK  (128u << 10)
#define CHUNKS 4

struct chunk {
	size_t len;
	char bytes[CHUNK];
};

struct lane {
	lane_sink *sink;
	void *cookie;
	pthread_t thread;
	int alone; /* there is none */
	pthread_mutex_t lock;
	pthread_cond_t moved; /* something of what follows has changed */
	size_t first, n;      /* chunks that wait: they are the sink's, all
			       * others the writer's */
	int over;             /* nothing more comes */
	int failed;
	struct chunk chunks[CHUNKS];
};

static void *
work(void *cookie)
{
	struct lane *l = cookie;
	struct chunk *c;
	int rc;

	(void)pthread_mutex_lock(&l->lock);
	while (!l->failed) {
		if (l->n == 0) {
			if (l->over)
				break;
			(void)pthread_cond_wait(&l->moved, &l->lock);
			continue;
		}
		c = &l->chunks[l->first];
		(void)pthread_mutex_unlock(&l->lock);
		rc = l->sink(l->cookie, c->bytes, c->len);
		(void)pthread_mutex_lock(&l->lock);
		l->failed = rc != 0;
		l->first = (l->first + 1) % CHUNKS;
		l->n--;
		(void)pthread_cond_signal(&l->moved);
	}
	(void)pthread_mutex_unlock(&l->lock);
	return NULL;
}

struct lane *
lane_open(lane_sink *sink, void *cookie)
{
	struct lane *l;

	if ((l = malloc(sizeof(*l))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	l->sink = sink;
	l->cookie = cookie;
	l->first = l->n = 0;
	l->over = l->failed = 0;
	(void)pthread_mutex_init(&l->lock, NULL);
	(void)pthread_cond_init(&l->moved, NULL);
	l->alone = own_thread_start(&l->thread, work, l) == -1;
	return l;
}

/* Wait for a chunk to fill: NULL when the sink has failed. */
static struct chunk *
free_chunk(struct lane *l)
{
	struct chunk *c = NULL;

	(void)pthread_mutex_lock(&l->lock);
	while (l->n == CHUNKS && !l->failed)
		(void)pthread_cond_wait(&l->moved, &l->lock);
	if (!l->failed)
		c = &l->chunks[(l->first + l->n) % CHUNKS];
	(void)pthread_mutex_unlock(&l->lock);
	return c;
}

int
lane_write(struct lane *l, const void *bytes, size_t len)
{
	const char *from = bytes;
	struct chunk *c;
	size_t step;

	if (l->alone) {
		if (!l->failed)
			l->failed = l->sink(l->cookie, bytes, len) != 0;
		return l->failed ? -1 : 0;
	}
	for (; len > 0; len -= step, from += step) {
		step = len < CHUNK ? len : CHUNK;
		if ((c = free_chunk(l)) == NULL)
			return -1;
		memcpy(c->bytes, from, step);
		c->len = step;
		(void)pthread_mutex_lock(&l->lock);
		l->n++;
		(void)pthread_cond_signal(&l->moved);
		(void)pthread_mutex_unlock(&l->lock);
	}
	return 0;
}

int
lane_end(struct lane *l)
{
	int rc;

	if (l == NULL)
		return 0;
	if (!l->alone) {
		(void)pthread_mutex_lock(&l->lock);
		l->over = 1;
		(void)pthread_cond_signal(&l->moved);
		(void)pthread_mutex_unlock(&l->lock);
		(void)pthread_join(l->thread, NULL);
	}
	rc = l->failed ? -1 : 0;
	(void)pthread_cond_destroy(&l->moved);
	(void)pthread_mutex_destroy(&l->lock);
	explicit_bzero(l->chunks, sizeof(l->chunks));
	free(l);
	return rc;
}
