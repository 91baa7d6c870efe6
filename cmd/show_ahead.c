#include "cmd/show_ahead.h"

#include <stdlib.h>
#include <string.h>

#include "archive/crew.h"
#include "archive/warn.h"
#include "restore/plan/plan_record.h"

/* One load. */
#define MOST_CHANGES 256
#define MOST_BYTES   (512u << 10)

struct change {
	size_t start, len; /* of its record in the load's bytes */
	struct plan_decoded d;
	size_t ncells; /* it has so many */
	struct show_sides *sides;
	size_t cap;
};

struct show_ahead {
	struct plan *plan;
	const struct manifest *m;
	struct buf bytes;
	struct change change[MOST_CHANGES];
	size_t n, at; /* of the load; given out */
	int more;     /* what plan_next said last */
};

struct show_ahead *
show_ahead_new(struct plan *plan, const struct manifest *m)
{
	struct show_ahead *a;

	if (plan_rewind(plan) == -1)
		return NULL;
	if ((a = calloc(1, sizeof(*a))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	a->plan = plan;
	a->m = m;
	a->more = 1;
	return a;
}

static int
is_new_row(const struct plan_record *rec)
{

	return rec->type == PLAN_CREATE && rec->kind == ITEM_TABLE;
}

/* The record of a change, as it was read; of a new row, no value. */
static int
take(struct show_ahead *a, const struct plan_record *rec)
{
	struct change *c = &a->change[a->n];
	struct plan_record copy = *rec;

	c->start = a->bytes.len;
	c->ncells = rec->ncells;
	if (is_new_row(rec))
		copy.ncells = 0;
	if (plan_encode(&copy, &a->bytes) == -1)
		return -1;
	c->len = a->bytes.len - c->start;
	a->n++;
	return 0;
}

static int
read_load(struct show_ahead *a)
{
	const struct plan_record *rec;

	a->n = a->at = 0;
	buf_clear(&a->bytes);
	while (a->n < MOST_CHANGES && a->bytes.len < MOST_BYTES &&
	       (a->more = plan_next(a->plan, &rec)) == 1)
		if ((rec->type == PLAN_CREATE || rec->type == PLAN_CHANGE) &&
		    take(a, rec) == -1)
			return -1;
	return a->more == -1 ? -1 : 0;
}

/* Room for both sides of each cell. */
static int
make_room(struct change *c)
{
	size_t n = c->d.r.ncells, i;
	struct show_sides *more;

	if (n <= c->cap)
		return 0;
	if ((more = reallocarray(c->sides, n, sizeof(*more))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = c->cap; i < n; i++)
		more[i].before = more[i].after = (struct buf)BUF_EMPTY;
	c->sides = more;
	c->cap = n;
	return 0;
}

/* crew_act: what belongs to one change, alone. */
static int
mask(void *cookie, size_t i)
{
	struct show_ahead *a = cookie;
	struct change *c = &a->change[i];
	const struct plan_record *rec = &c->d.r;
	const struct plan_cell *cell;
	struct show_sides *s;
	size_t k;

	if (is_new_row(rec))
		return 0;
	if (make_room(c) == -1)
		return -1;
	for (k = 0; k < rec->ncells; k++) {
		cell = &rec->cells[k];
		s = &c->sides[k];
		buf_clear(&s->before);
		buf_clear(&s->after);
		show_cell(a->m, rec, cell, &s->cell);
		if (s->cell.whole || show_unchanged(cell))
			continue;
		if (show_masked(&s->cell, cell->before, cell->before_len,
			&s->before) == -1 ||
		    show_masked(&s->cell, cell->after, cell->after_len,
			&s->after) == -1 ||
		    buf_reserve(&s->before, 0) == NULL ||
		    buf_reserve(&s->after, 0) == NULL)
			return -1;
	}
	return 0;
}

/* The next load: 0 or -1. */
static int
load(struct show_ahead *a)
{
	struct change *c;
	size_t i;

	if (read_load(a) == -1)
		return -1;
	/* The bytes stay where they are from here on. */
	for (i = 0; i < a->n; i++) {
		c = &a->change[i];
		if (plan_decode(a->bytes.data + c->start, c->len, &c->d) ==
		    -1) {
			warn_msg("out of memory");
			return -1;
		}
	}
	return crew_run(a->n, mask, a, NULL);
}

int
show_ahead_next(struct show_ahead *a, const struct plan_record **rec,
    const struct show_sides **sides, size_t *ncells)
{

	while (a->at == a->n) {
		if (a->more == 0)
			return 0;
		if (load(a) == -1)
			return -1;
	}
	*rec = &a->change[a->at].d.r;
	*sides = a->change[a->at].sides;
	*ncells = a->change[a->at++].ncells;
	return 1;
}

void
show_ahead_free(struct show_ahead *a)
{
	struct change *c;
	size_t i, k;

	if (a == NULL)
		return;
	for (i = 0; i < MOST_CHANGES; i++) {
		c = &a->change[i];
		for (k = 0; k < c->cap; k++) {
			buf_free(&c->sides[k].before);
			buf_free(&c->sides[k].after);
		}
		free(c->sides);
		plan_decoded_free(&c->d);
	}
	buf_wipe(&a->bytes);
	free(a);
}
