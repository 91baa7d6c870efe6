#include <stdlib.h>
#include <string.h>

#include "archive/look/pile_private.h"
#include "archive/warn.h"

/* A window on a run, at least and at most; its longest record fits in any case.
 */
#define WINDOW_LEAST 4096u
#define WINDOW_MOST  65536u

/* Its next record: 1, 0 at the end, -1 said. */
static int
advance(struct pile *p, struct pile_run *r)
{
	size_t left = r->have - r->pos, len;
	uint32_t head[2];
	ssize_t n;

	if (left >= PILE_HEAD)
		memcpy(head, r->window + r->pos, sizeof(head));
	if (left < PILE_HEAD || left - PILE_HEAD < (size_t)head[0] + head[1]) {
		if (left == 0 && r->at == r->end)
			return 0;
		memmove(r->window, r->window + r->pos, left);
		len = r->size - left;
		if (len > r->end - r->at)
			len = (size_t)(r->end - r->at);
		n = aside_read(p->aside, r->window + left, len, r->at);
		if (n == -1)
			return -1;
		r->at += (uint64_t)n;
		r->have = left + (size_t)n;
		r->pos = 0;
	}
	r->pos += pile_parse(r->window + r->pos, &r->now);
	r->rank = pile_rank(&r->now);
	return 1;
}

/* Of the same key that of the earlier run comes first. */
static int
is_before(const struct pile_run *a, const struct pile_run *b)
{
	int rc;

	if (a->rank != b->rank)
		return a->rank < b->rank;
	rc = pile_compare(&a->now, &b->now);
	return rc != 0 ? rc < 0 : a->start < b->start;
}

/* Put the run at ${i} where it belongs below. */
static void
sink(struct pile *p, size_t i)
{
	struct pile_run *r = p->heap[i];
	size_t k;

	while ((k = 2 * i + 1) < p->nheap) {
		if (k + 1 < p->nheap && is_before(p->heap[k + 1], p->heap[k]))
			k++;
		if (is_before(r, p->heap[k]))
			break;
		p->heap[i] = p->heap[k];
		i = k;
	}
	p->heap[i] = r;
}

/* Windows for all runs, in the room that the records had. */
static int
open_windows(struct pile *p)
{
	size_t each = p->nroom * sizeof(struct pile_spot) / p->nruns;
	size_t i, sum = 0;
	char *window;

	if (each > WINDOW_MOST)
		each = WINDOW_MOST;
	if (each < WINDOW_LEAST)
		each = WINDOW_LEAST;
	for (i = 0; i < p->nruns; i++) {
		p->runs[i].size =
		    p->runs[i].longest > each ? p->runs[i].longest : each;
		sum += p->runs[i].size;
	}
	free(p->room);
	p->nroom = sum / sizeof(struct pile_spot) + 1;
	if ((p->room = malloc(p->nroom * sizeof(*p->room))) == NULL ||
	    (p->heap = calloc(p->nruns, sizeof(struct pile_run *))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	window = (char *)p->room;
	for (i = 0; i < p->nruns; i++) {
		p->runs[i].window = window;
		window += p->runs[i].size;
	}
	return 0;
}

int
pile_merge(struct pile *p)
{
	struct pile_run *r;
	size_t i;
	int rc;

	if (p->heap == NULL && open_windows(p) == -1)
		return -1;
	p->nheap = 0;
	p->given = 0;
	for (i = 0; i < p->nruns; i++) {
		r = &p->runs[i];
		r->at = r->start;
		r->have = r->pos = 0;
		if ((rc = advance(p, r)) == -1)
			return -1;
		if (rc == 1)
			p->heap[p->nheap++] = r;
	}
	for (i = p->nheap / 2; i > 0; i--)
		sink(p, i - 1);
	return 0;
}

int
pile_merged(struct pile *p, struct pile_record *r)
{
	int rc;

	if (p->given) {
		p->given = 0;
		if ((rc = advance(p, p->heap[0])) == -1)
			return -1;
		if (rc == 0)
			p->heap[0] = p->heap[--p->nheap];
		if (p->nheap > 0)
			sink(p, 0);
	}
	if (p->nheap == 0)
		return 0;
	*r = p->heap[0]->now;
	p->given = 1;
	return 1;
}
