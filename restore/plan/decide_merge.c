#include "restore/plan/decide_merge.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/fnv.h"
#include "archive/look/tally.h"
#include "archive/warn.h"

#define WHY_OTHER  "the place that the map changes holds something else"
#define WHY_ABSENT "the place that the map changes is not there"
#define WHY_FORMAT "what is there cannot be read as what was captured"

/* A label as a number; [1] counts for nothing in XML, where it only tells that
 * the element has brothers. */
static uint64_t
hash_label(const struct merge *m, const char *label)
{
	uint64_t h = FNV_START;

	for (; *label != '\0'; label++) {
		if (m->in->format == PLACE_XML &&
		    strncmp(label, "[1]", 3) == 0) {
			label += 2;
			continue;
		}
		h = fnv(h, label, 1);
	}
	return h;
}

int
decide_compare(const void *a, const void *b)
{
	const struct touched *x = a, *y = b;

	if (x->label != y->label)
		return x->label < y->label ? -1 : 1;
	return x->nth < y->nth ? -1 : x->nth > y->nth;
}

static struct touched *
room(struct merge *m)
{
	size_t cap = m->cap ? m->cap * 2 : 8;
	struct touched *more;

	if (m->n == m->cap) {
		if ((more = realloc(m->touched, cap * sizeof(*more))) == NULL) {
			warn_msg("out of memory");
			return NULL;
		}
		m->touched = more;
		m->cap = cap;
	}
	return &m->touched[m->n];
}

/* Walk over captured: keep the places that the map changes. */
static int
collect(void *cookie, const struct place *p)
{
	struct merge *m = cookie;
	struct rewrite_place r;
	struct touched *t;
	uint64_t label = hash_label(m, p->label);
	size_t nth;

	if ((nth = tally_add(m->labels, (size_t)label, "", 0)) == 0 ||
	    rewrite_one(&m->opt, m->in->format, p, &m->one, &r))
		return -1;
	if (r.matches == 0)
		return 0;
	if ((t = room(m)) == NULL)
		return -1;
	*t = (struct touched){ label, nth, strdup(p->label), p->bytes, p->len,
		NULL, r.after_len, 0 };
	m->n++;
	if (t->name == NULL || (t->after = malloc(r.after_len + 1)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	memcpy(t->after, r.after, r.after_len);
	return 0;
}

static int
drift(struct merge *m, const char *why, const char *label)
{
	struct decide_output *out = m->out;

	if (out->drifted)
		return 0;
	out->drifted = 1;
	out->why = why;
	if (label != NULL && (out->where = strdup(label)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	return 0;
}

static int
equal(const struct place *p, const char *bytes, size_t len)
{

	return p->len == len && memcmp(p->bytes, bytes, len) == 0;
}

/* The place of current becomes these bytes. */
static int
put(struct merge *m, const struct place *p, const char *bytes, size_t len)
{
	struct buf *after = &m->out->after;

	if (buf_add(after, m->in->current + m->done, p->off - m->done) ||
	    buf_add(after, bytes, len))
		return -1;
	m->done = p->off + p->len;
	return 0;
}

int
decide_map_place(struct merge *m, const struct place *p, int always)
{
	struct rewrite_place r, second;
	struct place next = *p;

	if (rewrite_one(&m->opt, m->in->format, p, &m->one, &r))
		return -1;
	if (r.matches == 0)
		return 0;
	next.bytes = r.after;
	next.len = r.after_len;
	if (!always) {
		if (rewrite_one(
			&m->opt, m->in->format, &next, &m->again, &second))
			return -1;
		if (second.matches > 0)
			return 0;
	}
	return put(m, p, r.after, r.after_len);
}

/* Walk over current: change what is to be changed, and see drift. */
static int
merge_place(void *cookie, const struct place *p)
{
	struct merge *m = cookie;
	struct touched key, *t = NULL;

	key.label = hash_label(m, p->label);
	if ((key.nth = tally_add(m->labels, (size_t)key.label, "", 0)) == 0)
		return -1;
	if (m->n > 0)
		t = bsearch(
		    &key, m->touched, m->n, sizeof(key), decide_compare);
	if (t == NULL)
		return decide_map_place(m, p, 0);
	t->found = 1;
	if (equal(p, t->after, t->after_len))
		return 0;
	if (equal(p, t->before, t->before_len))
		return put(m, p, t->after, t->after_len);
	if (drift(m, WHY_OTHER, p->label))
		return -1;
	return decide_map_place(m, p, 1);
}

int
decide_walk(struct merge *m, const char *bytes, size_t len, place_fn *fn)
{
	int rc;

	if ((m->labels = tally_new()) == NULL)
		return -1;
	rc = place_walk(m->in->format, bytes, len, fn, m);
	tally_free(m->labels);
	m->labels = NULL;
	return rc;
}

/* Compare current with captured place by place; out->after is current, mapped.
 */
static int
merge_current(struct merge *m)
{
	const struct decide_input *in = m->in;
	size_t i;
	int fits;

	if ((fits = place_fits(in->format, in->current, in->current_len)) == -1)
		return -1;
	if (!fits)
		return drift(m, WHY_FORMAT, NULL);
	if (decide_walk(m, in->current, in->current_len, merge_place) ||
	    buf_add(&m->out->after, in->current + m->done,
		in->current_len - m->done))
		return -1;
	for (i = 0; i < m->n; i++)
		if (!m->touched[i].found &&
		    drift(m, WHY_ABSENT, m->touched[i].name))
			return -1;
	return 0;
}

/* The end of a comparison: what the merge and the policy make of it. */
static enum decision
conclude(struct merge *m)
{
	const struct decide_input *in = m->in;
	struct decide_output *out = m->out;
	int readable = out->why == NULL || strcmp(out->why, WHY_FORMAT) != 0;

	if (out->drifted &&
	    (in->policy == ON_DRIFT_STOP ||
		(in->policy == ON_DRIFT_REWRITE && !readable))) {
		buf_clear(&out->after);
		return DECIDE_DRIFT;
	}
	if (out->drifted && in->policy == ON_DRIFT_KEEP) {
		buf_clear(&out->after);
		return DECIDE_SAME;
	}
	if (out->drifted && in->policy == ON_DRIFT_REPLAY) {
		buf_clear(&out->after);
		if (buf_add(&out->after, out->wanted.data, out->wanted.len))
			return DECIDE_FAILED;
		return DECIDE_CHANGE;
	}
	if (out->after.len == in->current_len &&
	    memcmp(out->after.data, in->current, in->current_len) == 0) {
		buf_clear(&out->after);
		return DECIDE_SAME;
	}
	return DECIDE_CHANGE;
}

enum decision
decide_merge(const struct decide_input *in, struct decide_output *out)
{
	struct merge m = { .opt = *in->rewrite, .in = in, .out = out };
	enum decision d = DECIDE_FAILED;
	size_t i;

	m.opt.count = 0;
	if (decide_walk(&m, in->captured, in->captured_len, collect))
		goto out;
	if (m.n == 0) {
		d = DECIDE_SAME;
		goto out;
	}
	qsort(m.touched, m.n, sizeof(*m.touched), decide_compare);
	if (merge_current(&m))
		goto out;
	if (out->drifted && in->format == PLACE_TEXT && decide_lines(&m))
		goto out;
	d = conclude(&m);
out:
	for (i = 0; i < m.n; i++) {
		free(m.touched[i].name);
		free(m.touched[i].after);
	}
	free(m.touched);
	buf_free(&m.one);
	buf_free(&m.again);
	return d;
}
