#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "archive/look/compare.h"
#include "archive/warn.h"

/*
 * Both tables are read in step.  A row whose key the other side has not shown
 * yet waits in a tree; when the other side shows it, the two are compared.
 * What still waits at the end is only on one side.  So order does not matter,
 * and in tables that are much alike little waits.
 */

/* A row that waits. */
struct waiting {
	struct buf
	    key; /* the row's name, or all of it in a table without keys */
	struct db_value *cells;
	struct buf bytes;
	uint64_t number, copies; /* arrival; rows of the same key */
};

struct side {
	struct rows *rows;
	void *tree; /* of struct waiting */
	const struct db_value *cells;
	struct buf key;
	uint64_t number;
	size_t nwaiting;
	int more;
};

struct step {
	struct side first, second;
	const struct item *a, *b;
	size_t ncells;
	compare_fn *fn;
	void *cookie;
	int stopped;
};

static int
by_key(const void *a, const void *b)
{
	const struct waiting *x = a, *y = b;
	size_t n = x->key.len < y->key.len ? x->key.len : y->key.len;
	int c = memcmp(x->key.data, y->key.data, n);

	return c != 0 ? c
		      : (x->key.len > y->key.len) - (x->key.len < y->key.len);
}

static int
by_number(const void *a, const void *b)
{
	const struct waiting *x = *(struct waiting *const *)a;
	const struct waiting *y = *(struct waiting *const *)b;

	return (x->number > y->number) - (x->number < y->number);
}

static void
waiting_free(struct waiting *w)
{

	if (w == NULL)
		return;
	buf_wipe(&w->bytes);
	buf_wipe(&w->key);
	free(w->cells);
	free(w);
}

/* A copy of the row at hand, or NULL. */
static struct waiting *
waiting_new(const struct side *s, size_t ncells)
{
	struct waiting *w;
	size_t i, at = 0;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		return NULL;
	w->number = s->number;
	w->copies = 1;
	w->cells = calloc(ncells + 1, sizeof(*w->cells));
	if (w->cells == NULL || buf_add(&w->key, s->key.data, s->key.len))
		goto err0;
	for (i = 0; i < ncells; i++) {
		if (s->cells[i].len > 0 &&
		    buf_add(&w->bytes, s->cells[i].data, s->cells[i].len))
			goto err0;
	}
	for (i = 0; i < ncells; i++) {
		w->cells[i].len = s->cells[i].len;
		if (s->cells[i].data != NULL)
			w->cells[i].data =
			    s->cells[i].len > 0 ? w->bytes.data + at : "";
		at += s->cells[i].len;
	}
	return w;

err0:
	waiting_free(w);
	return NULL;
}

static int
same_cells(const struct db_value *a, const struct db_value *b, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if ((a[i].data == NULL) != (b[i].data == NULL) ||
		    a[i].len != b[i].len ||
		    (a[i].len > 0 &&
			memcmp(a[i].data, b[i].data, a[i].len) != 0))
			return 0;
	}
	return 1;
}

static int
tell(struct step *s, const struct buf *key, const struct db_value *old,
    const struct db_value *new)
{
	struct compare_event e;

	memset(&e, 0, sizeof(e));
	e.type = old == NULL   ? COMPARE_ROW_NEW
		 : new == NULL ? COMPARE_ROW_GONE
			       : COMPARE_ROW_CHANGED;
	e.first = s->a;
	e.second = s->b;
	e.name = rows_keyed(s->first.rows) ? key->data : s->a->name;
	e.rows = s->first.rows;
	e.ncells = s->ncells;
	e.old = old;
	e.new = new;
	if (s->fn(s->cookie, &e) == 0)
		return 0;
	s->stopped = 1;
	return -1;
}

/* What stands for the key of a row without one: all its cells. */
static int
whole_row(const struct side *s, size_t ncells, struct buf *out)
{
	const struct db_value *v;
	size_t i;

	for (i = 0; i < ncells; i++) {
		v = &s->cells[i];
		if (v->data == NULL ? buf_adds(out, "-,")
				    : buf_addf(out, "%zu:", v->len))
			return -1;
		if (v->data != NULL && buf_add(out, v->data, v->len))
			return -1;
	}
	return 0;
}

/* The next row of a side: 0, or -1. */
static int
advance(struct step *s, struct side *side)
{
	int rc;

	if ((rc = rows_next(side->rows, &side->cells)) < 1) {
		side->more = 0;
		return rc;
	}
	buf_clear(&side->key);
	side->number++;
	rc = rows_keyed(side->rows)
		 ? rows_name(side->rows, side->cells, &side->key)
		 : whole_row(side, s->ncells, &side->key);
	if (rc != 0)
		s->stopped = 1;
	return rc;
}

/* The row at hand waits. */
static int
wait_for(struct step *s, struct side *side)
{
	struct waiting key = { .key = side->key }, *w;
	struct waiting *const *node;

	if ((node = tfind(&key, &side->tree, by_key)) != NULL) {
		(*node)->copies++;
		return 0;
	}
	if ((w = waiting_new(side, s->ncells)) == NULL)
		goto err0;
	if (tsearch(w, &side->tree, by_key) == NULL)
		goto err1;
	side->nwaiting++;
	return 0;

err1:
	waiting_free(w);
err0:
	warn_msg("out of memory");
	s->stopped = 1;
	return -1;
}

/* Match the row at hand with one that waits on the other side, or let it wait.
 * swapped: the row at hand is of the second bundle. */
static int
match(struct step *s, struct side *side, struct side *other, int swapped)
{
	struct waiting key = { .key = side->key }, *w;
	struct waiting *const *node;
	int rc = 0;

	if ((node = tfind(&key, &other->tree, by_key)) == NULL)
		return wait_for(s, side);
	w = *node;
	if (!same_cells(w->cells, side->cells, s->ncells))
		rc = tell(s, &w->key, swapped ? w->cells : side->cells,
		    swapped ? side->cells : w->cells);
	if (--w->copies == 0) {
		tdelete(w, &other->tree, by_key);
		other->nwaiting--;
		waiting_free(w);
	}
	return rc;
}

static int
read_both(struct step *s)
{

	s->first.more = s->second.more = 1;
	while (s->first.more || s->second.more) {
		if (s->first.more &&
		    (advance(s, &s->first) ||
			(s->first.more && match(s, &s->first, &s->second, 0))))
			return -1;
		if (s->second.more &&
		    (advance(s, &s->second) ||
			(s->second.more && match(s, &s->second, &s->first, 1))))
			return -1;
	}
	return 0;
}

/* Take everything out of the tree, in order of arrival; NULL when none waits
 * or memory ends, and then it is freed. */
static struct waiting **
empty_tree(struct step *s, struct side *side)
{
	struct waiting **all, *w;
	size_t n = 0;

	all = side->nwaiting == 0 ? NULL : calloc(side->nwaiting, sizeof(*all));
	if (side->nwaiting > 0 && all == NULL) {
		warn_msg("out of memory");
		s->stopped = 1;
	}
	while (side->tree != NULL) {
		w = *(struct waiting **)side->tree;
		tdelete(w, &side->tree, by_key);
		if (all != NULL)
			all[n++] = w;
		else
			waiting_free(w);
	}
	if (all != NULL)
		qsort(all, n, sizeof(*all), by_number);
	return all;
}

/* Tell what still waits, if rc is 0, and free it. */
static int
drain(struct step *s, struct side *side, int swapped, int rc)
{
	struct waiting **all = empty_tree(s, side), *w;
	size_t i;

	if (all == NULL)
		return s->stopped ? -1 : rc;
	for (i = 0; i < side->nwaiting; i++) {
		w = all[i];
		for (; rc == 0 && w->copies > 0; w->copies--)
			rc = tell(s, &w->key, swapped ? NULL : w->cells,
			    swapped ? w->cells : NULL);
		waiting_free(w);
	}
	free(all);
	return rc;
}

int
compare_rows(struct bundle_part *first, struct bundle_part *second,
    const struct item *a, const struct item *b, compare_fn *fn, void *cookie,
    int *stopped)
{
	struct step s = { .a = a, .b = b, .fn = fn, .cookie = cookie };
	int rc = -1;

	s.first.rows = rows_open(first, a);
	s.second.rows = rows_open(second, b);
	if (s.first.rows != NULL && s.second.rows != NULL) {
		s.ncells = rows_width(s.first.rows);
		rc = read_both(&s);
	} else
		s.stopped = 1;
	rc = drain(&s, &s.first, 0, rc);
	rc = drain(&s, &s.second, 1, rc);
	buf_free(&s.first.key);
	buf_free(&s.second.key);
	rows_close(s.first.rows);
	rows_close(s.second.rows);
	*stopped = s.stopped;
	return rc;
}
