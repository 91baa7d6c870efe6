#include <stdlib.h>
#include <string.h>

#include "archive/database/rows.h"
#include "archive/fnv.h"
#include "archive/look/whose_private.h"
#include "archive/num.h"
#include "archive/warn.h"

struct whose *
whose_new(void)
{
	struct whose *w;

	if ((w = calloc(1, sizeof(*w))) == NULL)
		warn_msg("out of memory");
	return w;
}

void
whose_clear(struct whose_one *i)
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
		whose_clear(&w->all[i]);
	whose_clear(&w->now);
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
add(struct whose *w, struct whose_one *i)
{
	void *all = w->all;
	int rc = 0;

	if (i->uuid == NULL || w->n >= WHOSE_MOST) {
		w->beyond += i->uuid != NULL;
		whose_clear(i);
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
int
whose_end_row(struct whose *w)
{

	if (w->past)
		whose_clear(&w->now);
	w->past = 0;
	buf_clear(&w->row);
	return add(w, &w->now);
}

int
whose_bundle(struct whose *w, const struct manifest *m)
{
	static const char kind[] = "domain:";
	struct whose_one i = { NULL, NULL, NULL, 0 };
	const struct item *item;
	size_t k;

	if (whose_end_row(w) == -1)
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
			whose_clear(&i);
			return -1;
		}
	}
	return 0;
}

uint64_t
whose_hash(const char *bytes, size_t len)
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
	w->rows[w->nrows].row = whose_hash(p->name, strlen(p->name));
	w->rows[w->nrows++].of = whose_hash(p->bytes, p->len);
	return 0;
}

static int
on_instance(struct whose *w, const struct sweep_place *p)
{
	char number[24];

	if (w->row.len == 0 || strcmp(w->row.data, p->name) != 0) {
		if (whose_end_row(w) == -1 ||
		    buf_adds(&w->row, p->name) == -1 ||
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
