#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "archive/address/address.h"
#include "archive/address/place.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_kinds.h"
#include "archive/manifest/manifest_private.h"
#include "archive/warn.h"

/* A node of a tree of counts. */
struct count {
	struct address addr;
	uint64_t n;
};

static int
by_address(const void *a, const void *b)
{
	const struct count *x = a, *y = b;

	return address_compare(&x->addr, &y->addr);
}

/* ${n} more of an address into a tree. */
static int
tree_add(void **tree, const struct address *a, uint64_t n)
{
	struct count *c, **node;

	if ((c = malloc(sizeof(*c))) == NULL)
		goto err0;
	c->addr = *a;
	c->n = n;
	if ((node = tsearch(c, tree, by_address)) == NULL)
		goto err1;
	if (*node != c) {
		(*node)->n += n;
		free(c);
	}
	return 0;

err1:
	free(c);
err0:
	warn_msg("out of memory");
	return -1;
}

/* Every address of some bytes into a tree. */
static int
count_bytes(void **tree, const char *bytes, size_t len)
{
	struct address_token token;
	size_t pos = 0;

	while (address_next(bytes, len, &pos, &token))
		if (tree_add(tree, &token.addr, 1) == -1)
			return -1;
	return 0;
}

struct counting {
	void **tree;
	struct manifest *m;
	const struct item *item; /* its kinds are counted; NULL: none */
	int failed;
};

static int
count_place(void *cookie, const struct place *place)
{
	struct counting *c = cookie;

	c->failed =
	    count_bytes(c->tree, place->bytes, place->len) == -1 ||
	    (c->item != NULL && kinds_tally_place(c->m, c->item, place) == -1);
	return c->failed;
}

/* tree_merge and count_item are walkers of a tree: one visit a node. */
struct merging {
	void **to;
	struct manifest *m;
	size_t item;
	int failed;
};

static void
tree_merge(const void *node, VISIT visit, void *cookie)
{
	const struct count *const *c = node;
	struct merging *g = cookie;

	if ((visit == postorder || visit == leaf) && !g->failed)
		g->failed = tree_add(g->to, &(*c)->addr, (*c)->n) == -1;
}

/* Lines, or a value, where every byte is in a place and no address spans two.
 */
static int
count_plain(
    struct manifest *m, const struct item *item, const char *bytes, size_t len)
{

	if (item != NULL && kinds_tally_lines(m, item, bytes, len) == -1)
		return -1;
	return count_bytes(&m->private->pending, bytes, len);
}

static int
count_in(struct manifest *m, const struct item *item, enum place_format format,
    const char *bytes, size_t len)
{
	void *tree = NULL;
	struct counting c = { &tree, m, item, 0 };
	struct merging g = { &m->private->pending, m, 0, 0 };
	int fits;

	if (format == PLACE_OPAQUE)
		return 0;
	if (format == PLACE_TEXT || format == PLACE_VALUE)
		return count_plain(m, item, bytes, len);
	if ((fits = place_fits(format, bytes, len)) == -1)
		return -1;
	if (!fits)
		return count_plain(m, item, bytes, len);
	if (place_walk(format, bytes, len, count_place, &c) != 0) {
		tdestroy(tree, free);
		return -1;
	}
	twalk_r(tree, tree_merge, &g);
	tdestroy(tree, free);
	return g.failed ? -1 : 0;
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

static void
count_item(const void *node, VISIT visit, void *cookie)
{
	const struct count *const *c = node;
	struct merging *g = cookie;

	if ((visit == postorder || visit == leaf) && !g->failed)
		g->failed = manifest_add_count(
				g->m, &(*c)->addr, g->item, (*c)->n) == -1;
}

int
manifest_settle(struct manifest *m, size_t item)
{
	struct merging g = { NULL, m, item, 0 };
	size_t before = m->nindex;

	twalk_r(m->private->pending, count_item, &g);
	if (g.failed) {
		m->nindex = before;
		return -1;
	}
	manifest_forget(m);
	return 0;
}

void
manifest_forget(struct manifest *m)
{

	tdestroy(m->private->pending, free);
	m->private->pending = NULL;
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
