#include "restore/plan/script.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"

/* Half the length of a script beyond which the search is given up: it costs the
 * square of this in steps, some tenths of a second. */
#define MOST_EDITS 8192

/* A stretch of both sides, ends not included. */
struct box {
	ptrdiff_t a0, a1, b0, b1;
};

/* The search from one end of a box: how far along a each diagonal has come. */
struct front {
	ptrdiff_t *far;      /* by diagonal, from -most - 1 to most + 1 */
	ptrdiff_t low, high; /* diagonals that left the box, from either side */
};

struct search {
	struct script_side *a, *b;
	ptrdiff_t most, half;  /* edits from one end: at all, in this box */
	struct front front[2]; /* from the start, from the end */
};

static void
front_start(struct front *f, ptrdiff_t most)
{
	ptrdiff_t k;

	for (k = -most - 1; k <= most + 1; k++)
		f->far[k] = -1;
	f->far[1] = 0;
	f->low = 0;
	f->high = 0;
}

/* Along equal lines as far as they go, from the start or from the end. */
static ptrdiff_t
slide(const struct search *s, const struct box *box, int end, ptrdiff_t x,
    ptrdiff_t y)
{
	ptrdiff_t n = box->a1 - box->a0, m = box->b1 - box->b0;

	for (; x < n && y < m; x++, y++) {
		if (end ? s->a->line[box->a1 - 1 - x] !=
			      s->b->line[box->b1 - 1 - y]
			: s->a->line[box->a0 + x] != s->b->line[box->b0 + y])
			break;
	}
	return x;
}

/* Has the other end come to x, counted from here, on its diagonal k? */
static int
meets(const struct search *s, int other, const struct box *box, ptrdiff_t k,
    ptrdiff_t x)
{
	ptrdiff_t n = box->a1 - box->a0, m = box->b1 - box->b0, far;

	if (k < -s->half || k > s->half)
		return 0;
	far = s->front[other].far[k];
	/* Points outside the box are no part of a script. */
	return far >= 0 && far <= n && far - k <= m && x + far >= n;
}

/* Let one end make its d-th edit on every diagonal.  1 when it meets the other:
 * ${cut} gets the point, counted from the start of the sides. */
static int
advance(struct search *s, const struct box *box, int end, ptrdiff_t d,
    struct box *cut)
{
	ptrdiff_t n = box->a1 - box->a0, m = box->b1 - box->b0, delta = n - m;
	struct front *f = &s->front[end];
	ptrdiff_t k, x, y;

	for (k = -d + f->low; k <= d - f->high; k += 2) {
		if (k == -d || (k != d && f->far[k - 1] < f->far[k + 1]))
			x = f->far[k + 1];
		else
			x = f->far[k - 1] + 1;
		x = slide(s, box, end, x, x - k);
		y = x - k;
		f->far[k] = x;
		if (x > n) {
			f->high += 2;
		} else if (y > m) {
			f->low += 2;
		} else if ((delta & 1) == (end ? 0 : 1) &&
			   meets(s, !end, box, delta - k, x)) {
			cut->a0 = end ? box->a1 - x : box->a0 + x;
			cut->b0 = end ? box->b1 - y : box->b0 + y;
			return 1;
		}
	}
	return 0;
}

/* A point that a shortest script goes through: 1, or 0 when it is too long. */
static int
middle(struct search *s, const struct box *box, struct box *cut)
{
	ptrdiff_t d;

	s->half = (box->a1 - box->a0 + box->b1 - box->b0 + 1) / 2;
	if (s->half > s->most)
		s->half = s->most;
	front_start(&s->front[0], s->half);
	front_start(&s->front[1], s->half);
	for (d = 0; d <= s->half; d++) {
		if (advance(s, box, 0, d, cut) || advance(s, box, 1, d, cut))
			return 1;
	}
	return 0;
}

static void
mark(struct search *s, const struct box *box)
{

	memset(s->a->changed + box->a0, 1, (size_t)(box->a1 - box->a0));
	memset(s->b->changed + box->b0, 1, (size_t)(box->b1 - box->b0));
}

/* Each half has half the script, so this is as deep as its logarithm. */
static void
solve(struct search *s, struct box box)
{
	struct box cut = { 0, 0, 0, 0 }, first, second;

	while (box.a0 < box.a1 && box.b0 < box.b1 &&
	       s->a->line[box.a0] == s->b->line[box.b0]) {
		box.a0++;
		box.b0++;
	}
	while (box.a0 < box.a1 && box.b0 < box.b1 &&
	       s->a->line[box.a1 - 1] == s->b->line[box.b1 - 1]) {
		box.a1--;
		box.b1--;
	}
	if (box.a0 == box.a1 || box.b0 == box.b1 || !middle(s, &box, &cut)) {
		mark(s, &box);
		return;
	}
	first = (struct box){ box.a0, cut.a0, box.b0, cut.b0 };
	second = (struct box){ cut.a0, box.a1, cut.b0, box.b1 };
	solve(s, first);
	solve(s, second);
}

int
script_find(struct script_side *a, struct script_side *b)
{
	struct search s = { .a = a, .b = b, .most = MOST_EDITS };
	struct box all = { 0, (ptrdiff_t)a->n, 0, (ptrdiff_t)b->n };
	size_t room;
	ptrdiff_t *mem;

	if ((ptrdiff_t)((a->n + b->n + 1) / 2) < s.most)
		s.most = (ptrdiff_t)((a->n + b->n + 1) / 2);
	room = 2 * (size_t)s.most + 3;
	if ((mem = calloc(2 * room, sizeof(*mem))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	s.front[0].far = mem + s.most + 1;
	s.front[1].far = mem + room + s.most + 1;
	solve(&s, all);
	free(mem);
	return 0;
}
