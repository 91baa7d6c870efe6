#include "archive/bundle/ahead.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "archive/own_thread.h"

#define STORED   2
#define UNPACKED 4
#define CHUNK    (256u << 10)

/* Both rings: slots [taken, given) are full; who takes moves taken, who gives
 * moves given.  Nobody touches a slot of the other one. */
struct ahead {
	ZSTD_DCtx *ctx;
	pthread_t thread;
	pthread_mutex_t lock; /* of all that follows but the bytes */
	pthread_cond_t moved;
	size_t stored_given, stored_taken;
	size_t unpacked_given, unpacked_taken;
	size_t stored_len[STORED], unpacked_len[UNPACKED];
	int over;               /* no more will be given */
	int stop;               /* the thread is to end */
	int rest;               /* stored bytes were left */
	enum ahead_state state; /* BYTES while it works */
	size_t error;
	size_t used; /* of the slot that is taken next; the caller's */
	char stored[STORED][AHEAD_PIECE];
	char unpacked[UNPACKED][CHUNK];
};

/* Wait for a stored piece: 1 with it, 0 when there are no more or it is to
 * stop.  Locked. */
static int
wait_stored(struct ahead *a, ZSTD_inBuffer *in)
{
	size_t slot;

	while (!a->stop && a->stored_given == a->stored_taken && !a->over)
		pthread_cond_wait(&a->moved, &a->lock);
	if (a->stop || a->stored_given == a->stored_taken)
		return 0;
	slot = a->stored_taken % STORED;
	*in = (ZSTD_inBuffer){ a->stored[slot], a->stored_len[slot], 0 };
	return 1;
}

/* Wait for room: 1 with it, 0 when it is to stop.  Locked. */
static int
wait_room(struct ahead *a, ZSTD_outBuffer *out)
{

	while (!a->stop && a->unpacked_given - a->unpacked_taken == UNPACKED)
		pthread_cond_wait(&a->moved, &a->lock);
	*out = (ZSTD_outBuffer){ a->unpacked[a->unpacked_given % UNPACKED],
		CHUNK, 0 };
	return !a->stop;
}

/* What was unpacked is the caller's now.  Locked. */
static void
hand_over(struct ahead *a, ZSTD_outBuffer *out)
{

	if (out->pos == 0)
		return;
	a->unpacked_len[a->unpacked_given++ % UNPACKED] = out->pos;
	pthread_cond_signal(&a->moved);
	out->pos = 0;
}

/* Unpack into a slot until it is full or nothing is left to unpack: how it
 * goes on.  Locked, but not while it unpacks. */
static enum ahead_state
fill(struct ahead *a, ZSTD_inBuffer *in, ZSTD_outBuffer *out)
{
	size_t left, before;
	int more = 1;

	while (out->pos < out->size) {
		if (in->pos == in->size) {
			if (in->src != NULL) {
				a->stored_taken++;
				pthread_cond_signal(&a->moved);
			}
			*in = (ZSTD_inBuffer){ NULL, 0, 0 };
			more = wait_stored(a, in);
			if (a->stop)
				return AHEAD_CUT;
		}
		before = out->pos;
		pthread_mutex_unlock(&a->lock);
		left = ZSTD_decompressStream(a->ctx, out, in);
		pthread_mutex_lock(&a->lock);
		if (ZSTD_isError(left)) {
			a->error = left;
			return AHEAD_WRONG;
		}
		if (left == 0)
			return AHEAD_END;
		if (!more && out->pos == before)
			return AHEAD_CUT;
	}
	return AHEAD_BYTES;
}

static void *
unpack(void *cookie)
{
	struct ahead *a = cookie;
	ZSTD_inBuffer in = { NULL, 0, 0 };
	ZSTD_outBuffer out = { NULL, 0, 0 };
	enum ahead_state state = AHEAD_BYTES;

	pthread_mutex_lock(&a->lock);
	while (state == AHEAD_BYTES && wait_room(a, &out)) {
		state = fill(a, &in, &out);
		hand_over(a, &out);
	}
	a->rest = in.pos < in.size;
	if (in.src != NULL)
		a->stored_taken++;
	a->state = state;
	pthread_cond_signal(&a->moved);
	pthread_mutex_unlock(&a->lock);
	return NULL;
}

struct ahead *
ahead_start(ZSTD_DCtx *ctx)
{
	struct ahead *a;

	if ((a = malloc(sizeof(*a))) == NULL)
		goto err0;
	/* The bytes need no zeros. */
	memset(a, 0, offsetof(struct ahead, stored));
	a->ctx = ctx;
	a->state = AHEAD_BYTES;
	if (pthread_mutex_init(&a->lock, NULL) != 0)
		goto err1;
	if (pthread_cond_init(&a->moved, NULL) != 0)
		goto err2;
	if (own_thread_start(&a->thread, unpack, a) == -1)
		goto err3;
	return a;

err3:
	pthread_cond_destroy(&a->moved);
err2:
	pthread_mutex_destroy(&a->lock);
err1:
	free(a);
err0:
	return NULL;
}

char *
ahead_room(struct ahead *a)
{
	char *room = NULL;

	pthread_mutex_lock(&a->lock);
	if (!a->over && a->stored_given - a->stored_taken < STORED)
		room = a->stored[a->stored_given % STORED];
	pthread_mutex_unlock(&a->lock);
	return room;
}

void
ahead_give(struct ahead *a, size_t len)
{

	pthread_mutex_lock(&a->lock);
	if (len > 0)
		a->stored_len[a->stored_given++ % STORED] = len;
	else
		a->over = 1;
	pthread_cond_signal(&a->moved);
	pthread_mutex_unlock(&a->lock);
}

enum ahead_state
ahead_take(struct ahead *a, const char **bytes, size_t *len)
{
	enum ahead_state state = AHEAD_BYTES;
	size_t slot;

	pthread_mutex_lock(&a->lock);
	while (a->unpacked_given == a->unpacked_taken &&
	       a->state == AHEAD_BYTES &&
	       (a->over || a->stored_given - a->stored_taken == STORED))
		pthread_cond_wait(&a->moved, &a->lock);
	if (a->unpacked_given != a->unpacked_taken) {
		slot = a->unpacked_taken % UNPACKED;
		*bytes = a->unpacked[slot] + a->used;
		*len = a->unpacked_len[slot] - a->used;
	} else {
		state = a->state == AHEAD_BYTES ? AHEAD_HUNGRY : a->state;
	}
	pthread_mutex_unlock(&a->lock);
	return state;
}

void
ahead_used(struct ahead *a, size_t len)
{

	pthread_mutex_lock(&a->lock);
	a->used += len;
	if (a->used == a->unpacked_len[a->unpacked_taken % UNPACKED]) {
		a->used = 0;
		a->unpacked_taken++;
		pthread_cond_signal(&a->moved);
	}
	pthread_mutex_unlock(&a->lock);
}

int
ahead_rest(struct ahead *a)
{
	int rest;

	pthread_mutex_lock(&a->lock);
	rest = a->rest || a->stored_given != a->stored_taken;
	pthread_mutex_unlock(&a->lock);
	return rest;
}

const char *
ahead_why(struct ahead *a)
{

	return ZSTD_getErrorName(a->error);
}

void
ahead_stop(struct ahead *a)
{

	if (a == NULL)
		return;
	pthread_mutex_lock(&a->lock);
	a->stop = 1;
	pthread_cond_signal(&a->moved);
	pthread_mutex_unlock(&a->lock);
	pthread_join(a->thread, NULL);
	explicit_bzero(a->unpacked, sizeof(a->unpacked));
	pthread_cond_destroy(&a->moved);
	pthread_mutex_destroy(&a->lock);
	free(a);
}
