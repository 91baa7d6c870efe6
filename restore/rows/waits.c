#include "restore/rows/waits.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"

struct wait {
	char *row, *other;
	unsigned int key;
	int ends;
};

struct waits {
	struct wait *wait;
	size_t n, cap;
};

struct waits *
waits_new(void)
{
	struct waits *w;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		warn_msg("out of memory");
	return w;
}

void
waits_free(struct waits *w)
{
	size_t i;

	if (w == NULL)
		return;
	for (i = 0; i < w->n; i++) {
		free(w->wait[i].row);
		free(w->wait[i].other);
	}
	free(w->wait);
	free(w);
}

int
waits_add(struct waits *w, unsigned int key, const char *row, const char *other)
{
	size_t cap = w->cap == 0 ? 64 : w->cap * 2;
	struct wait *more;

	if (w->n == w->cap) {
		more = reallocarray(w->wait, cap, sizeof(*more));
		if (more == NULL)
			goto err0;
		w->wait = more;
		w->cap = cap;
	}
	more = &w->wait[w->n];
	more->key = key;
	more->ends = 0;
	more->row = strdup(row);
	more->other = strdup(other);
	if (more->row == NULL || more->other == NULL) {
		free(more->row);
		free(more->other);
		goto err0;
	}
	w->n++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

static int
by_row(const void *a, const void *b)
{
	const struct wait *x = a, *y = b;
	int d = strcmp(x->row, y->row);

	return d != 0 ? d : strcmp(x->other, y->other);
}

/* Does a row wait for none any more? */
static int
is_free(const struct waits *w, const char *row)
{
	size_t low = 0, high = w->n, at;

	/* The first of its waits. */
	while (low < high) {
		at = low + (high - low) / 2;
		if (strcmp(w->wait[at].row, row) < 0)
			low = at + 1;
		else
			high = at;
	}
	for (; low < w->n && strcmp(w->wait[low].row, row) == 0; low++)
		if (!w->wait[low].ends)
			return 0;
	return 1;
}

int
waits_tell(struct waits *w, waits_fn *fn, void *cookie)
{
	int again = 1, rc = 0;
	struct wait *wait;
	size_t i;

	if (w->n > 0)
		qsort(w->wait, w->n, sizeof(*w->wait), by_row);
	while (again) {
		again = 0;
		for (i = 0; i < w->n; i++) {
			wait = &w->wait[i];
			if (wait->ends || !is_free(w, wait->other))
				continue;
			wait->ends = again = 1;
		}
	}
	for (i = 0; rc == 0 && i < w->n; i++) {
		wait = &w->wait[i];
		if (!wait->ends)
			rc = fn(cookie, wait->key, wait->row, wait->other);
	}
	return rc;
}
