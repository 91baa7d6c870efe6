#include "restore/files/moved.h"

#include <stdlib.h>
#include <string.h>

#include "archive/node/fileset.h"
#include "archive/warn.h"
#include "restore/files/files.h"
#include "restore/files/names.h"

struct one {
	const char *item; /* of the manifest */
	char *now;
};

struct moved {
	struct one *from, *to; /* the same, by item and by now */
	size_t n, cap;
};

static int
by_item(const void *a, const void *b)
{
	const struct one *x = a, *y = b;

	return strcmp(x->item, y->item);
}

static int
by_now(const void *a, const void *b)
{
	const struct one *x = a, *y = b;

	return strcmp(x->now, y->now);
}

static int
add(struct moved *m, const char *item, struct buf *now)
{
	struct one *more;
	size_t cap;

	if (m->n == m->cap) {
		cap = m->cap ? m->cap * 2 : 64;
		more = reallocarray(m->from, cap, sizeof(*more));
		if (more == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		m->from = more;
		m->cap = cap;
	}
	m->from[m->n].item = item;
	if ((m->from[m->n].now = buf_steal(now)) == NULL)
		return -1;
	m->n++;
	return 0;
}

/* The item, when its name changes. */
static int
look_at(struct restore *r, struct moved *m, const struct item *item)
{
	const char *path = files_path(item->name);
	struct buf now = BUF_EMPTY;
	int rc = 0;

	if (fileset_kept(path) == strlen(path))
		return 0;
	if (names_new(r, item->name, &now))
		rc = -1;
	else if (strcmp(now.data, item->name) != 0)
		rc = add(m, item->name, &now);
	buf_free(&now);
	return rc;
}

struct moved *
moved_new(struct restore *r)
{
	struct moved *m;
	size_t i;

	if ((m = calloc(1, sizeof(*m))) == NULL)
		goto err0;
	for (i = 0; i < r->manifest->nitems; i++)
		if (r->manifest->items[i]->kind == ITEM_FILE &&
		    look_at(r, m, r->manifest->items[i]))
			goto err1;
	if ((m->to = calloc(m->n + 1, sizeof(*m->to))) == NULL)
		goto err1;
	if (m->n > 0) {
		memcpy(m->to, m->from, m->n * sizeof(*m->to));
		qsort(m->from, m->n, sizeof(*m->from), by_item);
		qsort(m->to, m->n, sizeof(*m->to), by_now);
	}
	return m;

err1:
	moved_free(m);
err0:
	warn_msg("cannot tell which names change: out of memory");
	return NULL;
}

void
moved_free(struct moved *m)
{

	if (m == NULL)
		return;
	while (m->n > 0)
		free(m->from[--m->n].now);
	free(m->from);
	free(m->to);
	free(m);
}

const char *
moved_to(const struct moved *m, const char *item)
{
	const struct one key = { item, NULL };
	const struct one *found;

	if (m->n == 0)
		return item;
	found = bsearch(&key, m->from, m->n, sizeof(key), by_item);
	return found == NULL ? item : found->now;
}

const char *
moved_from(const struct moved *m, const char *item)
{
	struct one key = { NULL, NULL };
	const struct one *found;

	if (m->n == 0)
		return item;
	key.now = (char *)(uintptr_t)item;
	found = bsearch(&key, m->to, m->n, sizeof(key), by_now);
	return found == NULL ? item : found->item;
}

/* rewrite_fn: the plan told of the held ones of the bundle. */
static int
found(void *cookie, const struct rewrite_place *place)
{
	const struct held_cookie *held = cookie;
	struct restore *r = held->r;

	if (place->matches > 0)
		return plan_say(r->plan, PLAN_LEFTOVER, ITEM_FILE, held->item,
		    "name", "leftover", "%.*s", (int)place->before_len,
		    place->before);
	return manifest_find(r->manifest, held->item) != NULL
		   ? 0
		   : restore_held(cookie, place);
}

int
moved_leftover(struct restore *r, const char *item)
{
	struct held_cookie held = { r, ITEM_FILE, item, item };
	const char *path = files_path(item), *name = strrchr(path, '/') + 1;
	struct buf out = BUF_EMPTY;
	int rc;

	if (fileset_kept(path) == strlen(path))
		return 0;
	rc = files_map(
	    r, item, PLACE_VALUE, name, strlen(name), &out, found, &held);
	buf_free(&out);
	return rc;
}
