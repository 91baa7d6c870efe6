#include "archive/snapshot/snapshot_batch.h"

#include <stdlib.h>

#include "archive/errand.h"
#include "archive/snapshot/snapshot_file.h"
#include "archive/warn.h"

struct load {
	struct snapshot *s;
	struct snapshot_read files[BATCH_FILES];
	size_t n, bytes;
};

struct snapshot_batch {
	struct load loads[2];
	struct load *filling; /* the other one is the errand's */
	struct errand *errand;
};

struct snapshot_batch *
snapshot_batch_new(struct snapshot *s)
{
	struct snapshot_batch *b;

	if ((b = calloc(1, sizeof(*b))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	b->loads[0].s = b->loads[1].s = s;
	b->filling = &b->loads[0];
	return b;
}

static void
empty(struct load *l)
{

	while (l->n > 0)
		snapshot_read_free(&l->files[--l->n]);
	l->bytes = 0;
}

/* The errand: all of a load into the bundle. */
static int
put_all(void *cookie)
{
	struct load *l = cookie;
	size_t i;
	int rc = 0;

	for (i = 0; i < l->n && rc == 0; i++)
		rc = snapshot_put(l->s, &l->files[i]);
	empty(l);
	return rc ? -1 : 0;
}

/* Wait for the load before: 0, or -1 said. */
static int
settle(struct snapshot_batch *b)
{
	struct errand *errand = b->errand;

	b->errand = NULL;
	return errand_wait(errand);
}

/* What is filled is the errand's from here. */
static int
hand_over(struct snapshot_batch *b)
{

	if (settle(b) == -1 ||
	    (b->errand = errand_start(put_all, b->filling)) == NULL)
		return -1;
	b->filling = &b->loads[b->filling == &b->loads[0]];
	return 0;
}

int
snapshot_batch_file(void *cookie, const struct fileset_entry *e)
{
	struct snapshot_batch *b = cookie;
	struct load *l = b->filling;
	int rc;

	if ((rc = snapshot_read(l->s, e, &l->files[l->n])) <= 0)
		return rc;
	l->bytes += l->files[l->n++].bytes.len;
	if (l->n < BATCH_FILES && l->bytes < BATCH_BYTES)
		return 0;
	return hand_over(b);
}

int
snapshot_batch_end(struct snapshot_batch *b)
{

	return hand_over(b) == -1 ? -1 : settle(b);
}

void
snapshot_batch_free(struct snapshot_batch *b)
{

	if (b == NULL)
		return;
	/* What fails here was not to be waited for. */
	if (settle(b) == -1)
		b->filling->bytes = 0;
	empty(&b->loads[0]);
	empty(&b->loads[1]);
	free(b);
}
