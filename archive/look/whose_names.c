#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/look/whose_private.h"
#include "archive/warn.h"

static int
by_row(const void *a, const void *b)
{
	const struct whose_of *x = a, *y = b;

	return x->row < y->row ? -1 : x->row > y->row;
}

static int
by_hash(const void *a, const void *b)
{
	const struct whose_key *x = a, *y = b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static int
by_uuid(const void *a, const void *b)
{
	const struct whose_one *x = a, *y = b;
	int rc = strcmp(x->uuid, y->uuid);

	/* The one of a row is before the one of a domain. */
	return rc != 0 ? rc : (x->name != NULL) - (y->name != NULL);
}

/* One of a row and one of a domain are one; and of several bundles' too. */
static void
merge(struct whose *w)
{
	struct whose_one *to;
	size_t i, n = 0;

	for (i = 0; i < w->n; i++) {
		to = n > 0 ? &w->all[n - 1] : NULL;
		if (to == NULL || strcmp(to->uuid, w->all[i].uuid) != 0) {
			if (n++ != i) {
				w->all[n - 1] = w->all[i];
				memset(&w->all[i], 0, sizeof(w->all[i]));
			}
			continue;
		}
		if (to->name == NULL) {
			to->name = w->all[i].name;
			w->all[i].name = NULL;
		}
		whose_clear(&w->all[i]);
	}
	w->n = n;
}

static int
by_name(const void *a, const void *b)
{
	const struct whose_one *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Nova's own name for what no domain of these bundles is, and the order. */
static int
name_all(struct whose *w)
{
	struct whose_one *one;
	size_t i;

	for (i = 0; i < w->n; i++) {
		one = &w->all[i];
		if (one->name == NULL &&
		    asprintf(&one->name, "instance-%08" PRIx64, one->number) <
			0) {
			one->name = NULL;
			warn_msg("out of memory");
			return -1;
		}
	}
	if (w->n > 0)
		qsort(w->all, w->n, sizeof(*w->all), by_name);
	return 0;
}

static int
set_keys(struct whose *w)
{
	const struct whose_one *one;
	char number[24];
	size_t i;

	w->keys = calloc(2 * w->n + 1, sizeof(*w->keys));
	if (w->keys == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < w->n; i++) {
		one = &w->all[i];
		w->keys[w->nkeys].at = i;
		w->keys[w->nkeys++].hash =
		    whose_hash(one->uuid, strlen(one->uuid));
		if (one->number == 0)
			continue;
		snprintf(number, sizeof(number), "%" PRIu64, one->number);
		w->keys[w->nkeys].at = i;
		w->keys[w->nkeys++].hash = whose_hash(number, strlen(number));
	}
	qsort(w->keys, w->nkeys, sizeof(*w->keys), by_hash);
	return 0;
}

int
whose_end(struct whose *w)
{

	if (whose_end_row(w) == -1)
		return -1;
	if (w->n > 0)
		qsort(w->all, w->n, sizeof(*w->all), by_uuid);
	merge(w);
	if (w->nrows > 0)
		qsort(w->rows, w->nrows, sizeof(*w->rows), by_row);
	return name_all(w) == -1 ? -1 : set_keys(w);
}

uint64_t
whose_count(const struct whose *w)
{

	return w->keys == NULL ? 0 : w->n + w->beyond;
}

size_t
whose_held(const struct whose *w)
{

	return w->keys == NULL ? 0 : w->n;
}

void
whose_get(const struct whose *w, size_t i, struct whose_instance *out)
{

	out->uuid = w->all[i].uuid;
	out->name = w->all[i].name;
	out->shown = w->all[i].shown;
}

int
whose_row(const struct whose *w, const char *row, struct whose_instance *out)
{
	struct whose_of of = { whose_hash(row, strlen(row)), 0 }, *found;
	struct whose_key key = { 0, 0 }, *to;

	if (w->nrows == 0 || w->nkeys == 0)
		return 0;
	found = bsearch(&of, w->rows, w->nrows, sizeof(of), by_row);
	if (found == NULL)
		return 0;
	key.hash = found->of;
	to = bsearch(&key, w->keys, w->nkeys, sizeof(key), by_hash);
	if (to == NULL)
		return 0;
	whose_get(w, to->at, out);
	return 1;
}
