#include <stdlib.h>
#include <string.h>

#include "archive/address/address.h"
#include "archive/address/place.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_kinds.h"
#include "archive/manifest/manifest_private.h"

struct counting {
	struct pending *counts;
	struct manifest *m;
	const struct item *item; /* its kinds are counted; NULL: none */
	int failed;
};

static int
count_place(void *cookie, const struct place *place)
{
	struct counting *c = cookie;

	c->failed =
	    pending_add_bytes(c->counts, place->bytes, place->len) == -1 ||
	    (c->item != NULL && kinds_tally_place(c->m, c->item, place) == -1);
	return c->failed;
}

/* Lines, or a value, where every byte is in a place and no address spans two.
 */
static int
count_plain(
    struct manifest *m, const struct item *item, const char *bytes, size_t len)
{

	if (item != NULL && kinds_tally_lines(m, item, bytes, len) == -1)
		return -1;
	return pending_add_bytes(&m->private->pending, bytes, len);
}

/* Place by place; all of it is counted, or nothing. */
static int
count_walk(struct manifest *m, const struct item *item,
    enum place_format format, const char *bytes, size_t len)
{
	struct pending counts = { NULL, 0, 0 };
	struct counting c = { &counts, m, item, 0 };
	int rc;

	rc = place_walk_bare(format, bytes, len, count_place, &c) == 0
		 ? pending_merge(&m->private->pending, &counts)
		 : -1;
	pending_free(&counts);
	return rc;
}

static int
count_in(struct manifest *m, const struct item *item, enum place_format format,
    const char *bytes, size_t len)
{
	int rc;

	if (format == PLACE_OPAQUE)
		return 0;
	if (format == PLACE_TEXT || format == PLACE_VALUE)
		return count_plain(m, item, bytes, len);
	if (format == PLACE_JSON && item == NULL &&
	    (rc = pending_add_json(&m->private->pending, bytes, len)) != 0)
		return rc == -1 ? -1 : 0;
	rc = 1;
	if (item == NULL || item->file == NULL || !item->file->fits)
		rc = place_fits(format, bytes, len);
	if (rc == -1)
		return -1;
	return rc ? count_walk(m, item, format, bytes, len)
		  : count_plain(m, item, bytes, len);
}

int
manifest_count(
    struct manifest *m, enum place_format format, const char *bytes, size_t len)
{

	return count_in(m, NULL, format, bytes, len);
}

int
manifest_count_item(struct manifest *m, const struct item *item,
    enum place_format format, const char *bytes, size_t len)
{

	if (kinds_tally_place(m, item, NULL) == -1)
		return -1;
	return count_in(m, item, format, bytes, len);
}

int
manifest_settle(struct manifest *m, size_t item)
{
	const struct pending *p = &m->private->pending;
	size_t i, before = m->nindex;

	for (i = 0; i < p->nslots; i++) {
		if (p->slots[i].n != 0 &&
		    manifest_add_count(
			m, &p->slots[i].addr, item, p->slots[i].n) == -1) {
			m->nindex = before;
			return -1;
		}
	}
	if (m->nindex > before)
		manifest_sort_by_item(m->index + before, m->nindex - before);
	manifest_forget(m);
	return 0;
}

void
manifest_forget(struct manifest *m)
{

	pending_free(&m->private->pending);
}

int
manifest_add_count(
    struct manifest *m, const struct address *a, size_t item, uint64_t count)
{

	if (manifest_grow(&m->index, m->nindex, sizeof(*m->index)) == -1)
		return -1;
	m->index[m->nindex++] = (struct address_count){ *a, item, count };
	return 0;
}

static int
item_first(const void *a, const void *b)
{
	const struct address_count *x = a, *y = b;

	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return address_compare(&x->addr, &y->addr);
}

static int
address_first(const void *a, const void *b)
{
	const struct address_count *x = a, *y = b;
	int c;

	if ((c = address_compare(&x->addr, &y->addr)) != 0)
		return c;
	return (x->item > y->item) - (x->item < y->item);
}

void
manifest_sort_by_item(struct address_count *index, size_t n)
{

	if (n > 0)
		qsort(index, n, sizeof(*index), item_first);
}

void
manifest_sort_by_address(struct address_count *index, size_t n)
{

	if (n > 0)
		qsort(index, n, sizeof(*index), address_first);
}
