#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/fnv.h"
#include "restore/plan/decide_merge.h"

/* Would the map change what it made once more, anywhere? */
static int
is_chain(struct merge *m)
{
	struct rewrite_place r;
	struct place p;
	size_t i;

	for (i = 0; i < m->n; i++) {
		p = (struct place){ m->touched[i].name, m->touched[i].after, 0,
			m->touched[i].after_len, PLACE_PLAIN };
		if (rewrite_one(&m->opt, m->in->format, &p, &m->one, &r))
			return -1;
		if (r.matches > 0)
			return 1;
	}
	return 0;
}

/* As merge_place, for text: what counts is what a line says. */
static int
merge_line(void *cookie, const struct place *p)
{
	struct merge *m = cookie;
	struct rewrite_place r;
	struct touched key = { .nth = 0 }, *t;

	if (rewrite_one(&m->opt, m->in->format, p, &m->one, &r))
		return -1;
	key.label = fnv(FNV_START, r.after, r.after_len);
	t = bsearch(&key, m->touched, m->n, sizeof(key), decide_compare);
	if (t != NULL && t->after_len == r.after_len &&
	    memcmp(t->after, r.after, r.after_len) == 0)
		t->found = 1;
	return decide_map_place(m, p, 0);
}

/* Are all touched lines there?  One found stands for all that say the same. */
static int
all_found(struct merge *m)
{
	size_t i, k;
	int found;

	for (i = 0; i < m->n; i = k) {
		found = 0;
		for (k = i; k < m->n &&
			    decide_compare(&m->touched[i], &m->touched[k]) == 0;
		     k++)
			found |= m->touched[k].found;
		if (!found)
			return 0;
	}
	return 1;
}

int
decide_lines(struct merge *m)
{
	const struct decide_input *in = m->in;
	struct buf first = m->out->after;
	int chain;
	size_t i;

	if ((chain = is_chain(m)) != 0)
		return chain > 0 ? 0 : -1;
	for (i = 0; i < m->n; i++) {
		m->touched[i].label = fnv(
		    FNV_START, m->touched[i].after, m->touched[i].after_len);
		m->touched[i].nth = 0;
		m->touched[i].found = 0;
	}
	qsort(m->touched, m->n, sizeof(*m->touched), decide_compare);
	m->out->after = (struct buf)BUF_EMPTY;
	m->done = 0;
	if (decide_walk(m, in->current, in->current_len, merge_line) ||
	    buf_add(&m->out->after, in->current + m->done,
		in->current_len - m->done)) {
		buf_free(&first);
		return -1;
	}
	if (!all_found(m)) {
		buf_free(&m->out->after);
		m->out->after = first;
		return 0;
	}
	buf_free(&first);
	free(m->out->where);
	m->out->where = NULL;
	m->out->why = NULL;
	m->out->drifted = 0;
	return 0;
}
