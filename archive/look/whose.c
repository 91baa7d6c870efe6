#include "archive/look/whose.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/database/rows.h"
#include "archive/fnv.h"
#include "archive/num.h"
#include "archive/warn.h"

struct instance {
	char *uuid, *shown;
	char *name; /* of its domain, or NULL: nova's own of its number */
	uint64_t number;
};

/* The row of hash ${row} is of the instance that ${of} names, by its uuid or
 * its number. */
struct of {
	uint64_t row, of;
};

/* An instance by the hash of its uuid or its number. */
struct key {
	uint64_t hash;
	size_t at;
};

struct whose {
	struct instance *all;
	size_t n, cap;
	uint64_t beyond; /* instances that are not held */
	struct of *rows;
	size_t nrows, rows_cap;
	struct key *keys;
	size_t nkeys;
	/* The row of nova's instances that is being looked at. */
	struct buf row;
	struct instance now;
	int past;
};

struct whose *
whose_new(void)
{
	struct whose *w;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		warn_msg("out of memory");
	return w;
}

static void
instance_clear(struct instance *i)
{

	free(i->uuid);
	free(i->shown);
	free(i->name);
	memset(i, 0, sizeof(*i));
}

void
whose_free(struct whose *w)
{
	size_t i;

	if (w == NULL)
		return;
	for (i = 0; i < w->n; i++)
		instance_clear(&w->all[i]);
	instance_clear(&w->now);
	buf_free(&w->row);
	free(w->all);
	free(w->rows);
	free(w->keys);
	free(w);
}

/* A place at the end of an array for one more: 0, or -1 said. */
static int
grow(void **array, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap == 0 ? 64 : *cap * 2;
	void *to;

	if (n < *cap)
		return 0;
	if ((to = reallocarray(*array, more, size)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	*array = to;
	*cap = more;
	return 0;
}

/* Take over what is in ${i}, which is empty then. */
static int
add(struct whose *w, struct instance *i)
{
	void *all = w->all;
	int rc = 0;

	if (i->uuid == NULL || w->n >= WHOSE_MOST) {
		w->beyond += i->uuid != NULL;
		instance_clear(i);
		return 0;
	}
	if ((rc = grow(&all, w->n, &w->cap, sizeof(*w->all))) == 0) {
		w->all = all;
		w->all[w->n++] = *i;
		memset(i, 0, sizeof(*i));
	}
	return rc;
}

static int
set(char **to, const char *bytes, size_t len)
{

	free(*to);
	if ((*to = strndup(bytes, len)) != NULL)
		return 0;
	warn_msg("out of memory");
	return -1;
}

/* The row of nova's instances that was looked at is over. */
static int
end_row(struct whose *w)
{

	if (w->past)
		instance_clear(&w->now);
	w->past = 0;
	buf_clear(&w->row);
	return add(w, &w->now);
}

int
whose_bundle(struct whose *w, const struct manifest *m)
{
	static const char kind[] = "domain:";
	struct instance i = { NULL, NULL, NULL, 0 };
	const struct item *item;
	size_t k;

	if (end_row(w) == -1)
		return -1;
	for (k = 0; k < m->nitems; k++) {
		item = m->items[k];
		if (item->kind != ITEM_DOMAIN || item->virt->uuid == NULL)
			continue;
		if (set(&i.uuid, item->virt->uuid, strlen(item->virt->uuid)) ==
			-1 ||
		    set(&i.name, item->name + strlen(kind),
			strlen(item->name) - strlen(kind)) == -1 ||
		    add(w, &i) == -1) {
			instance_clear(&i);
			return -1;
		}
	}
	return 0;
}

static uint64_t
hash_of(const char *bytes, size_t len)
{

	return fnv(FNV_START, bytes, len);
}

/* Columns that name an instance; a number is one of nova's. */
static int
names_instance(const struct item_table *t, const char *column)
{

	if (strcmp(column, "instance_uuid") == 0 ||
	    strcmp(column, "device_id") == 0)
		return 1;
	return strcmp(column, "instance_id") == 0 &&
	       strcmp(t->role, "nova") == 0;
}

static int
add_row(struct whose *w, const struct sweep_place *p)
{
	void *rows = w->rows;

	if (w->nrows >= WHOSE_ROWS)
		return 0;
	if (grow(&rows, w->nrows, &w->rows_cap, sizeof(*w->rows)) == -1)
		return -1;
	w->rows = rows;
	w->rows[w->nrows].row = hash_of(p->name, strlen(p->name));
	w->rows[w->nrows++].of = hash_of(p->bytes, p->len);
	return 0;
}

static int
on_instance(struct whose *w, const struct sweep_place *p)
{
	char number[24];

	if (w->row.len == 0 || strcmp(w->row.data, p->name) != 0) {
		if (end_row(w) == -1 || buf_adds(&w->row, p->name) == -1 ||
		    buf_addc(&w->row, '\0') == -1)
			return -1;
	}
	w->past |= p->held != NULL && rows_is_past(p->held);
	if (strcmp(p->label, "uuid") == 0)
		return add_row(w, p) == -1
			   ? -1
			   : set(&w->now.uuid, p->bytes, p->len);
	if (strcmp(p->label, "display_name") == 0)
		return set(&w->now.shown, p->bytes, p->len);
	if (strcmp(p->label, "id") != 0 || p->len >= sizeof(number))
		return 0;
	memcpy(number, p->bytes, p->len);
	number[p->len] = '\0';
	if (num_u64(number, UINT64_MAX, &w->now.number))
		w->now.number = 0;
	return 0;
}

int
whose_place(void *whose, const struct sweep_place *p)
{
	const struct item_table *t = p->item->table;
	struct whose *w = whose;

	if (t == NULL || p->label == NULL || p->inner != NULL)
		return 0;
	if (strcmp(t->role, "nova") == 0 && strcmp(t->table, "instances") == 0)
		return on_instance(w, p);
	if (p->len > 0 && names_instance(t, p->label))
		return add_row(w, p);
	return 0;
}

static int
by_row(const void *a, const void *b)
{
	const struct of *x = a, *y = b;

	return x->row < y->row ? -1 : x->row > y->row;
}

static int
by_hash(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static int
by_uuid(const void *a, const void *b)
{
	const struct instance *x = a, *y = b;
	int rc = strcmp(x->uuid, y->uuid);

	/* The one of a row is before the one of a domain. */
	return rc != 0 ? rc : (x->name != NULL) - (y->name != NULL);
}

/* One of a row and one of a domain are one; and of several bundles' too. */
static void
merge(struct whose *w)
{
	struct instance *to;
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
		instance_clear(&w->all[i]);
	}
	w->n = n;
}

static int
by_name(const void *a, const void *b)
{
	const struct instance *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Nova's own name for what no domain of these bundles is, and the order. */
static int
name_all(struct whose *w)
{
	struct instance *one;
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
	const struct instance *one;
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
		    hash_of(one->uuid, strlen(one->uuid));
		if (one->number == 0)
			continue;
		snprintf(number, sizeof(number), "%" PRIu64, one->number);
		w->keys[w->nkeys].at = i;
		w->keys[w->nkeys++].hash = hash_of(number, strlen(number));
	}
	qsort(w->keys, w->nkeys, sizeof(*w->keys), by_hash);
	return 0;
}

int
whose_end(struct whose *w)
{

	if (end_row(w) == -1)
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
	struct of of = { hash_of(row, strlen(row)), 0 }, *found;
	struct key key = { 0, 0 }, *to;

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
