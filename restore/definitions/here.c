#include "restore/definitions/here.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/warn.h"
#include "restore/plan/spool.h"
#include "restore/plan/there.h"

static int
by_name(const void *a, const void *b)
{
	const struct here_object *x = a, *y = b;

	return strcmp(x->o.name, y->o.name);
}

static int
by_uuid(const void *a, const void *b)
{
	const struct here_object *const *x = a, *const *y = b;

	return strcasecmp((*x)->o.uuid, (*y)->o.uuid);
}

static int
name_is(const void *key, const void *element)
{
	const struct here_object *o = element;

	return strcmp(key, o->o.name);
}

static int
uuid_is(const void *key, const void *element)
{
	const struct here_object *const *o = element;

	return strcasecmp(key, (*o)->o.uuid);
}

/* Those of one uuid as they stand in the bundle. */
static int
by_item(const void *a, const void *b)
{
	const struct here_item *x = a, *y = b;
	int c = strcasecmp(x->item->virt->uuid, y->item->virt->uuid);

	return c != 0 ? c : (x->nth > y->nth) - (x->nth < y->nth);
}

void
here_free(struct here *h)
{
	size_t i;

	for (i = 0; i < h->n; i++)
		virt_object_clear(&h->o[i].o);
	free(h->o);
	free(h->uuids);
	free(h->items);
	if (h->aside != NULL)
		fclose(h->aside);
	memset(h, 0, sizeof(*h));
}

/* The definition goes into the file: 0, or -1 said. */
static int
lay_aside(struct here *h, struct here_object *o)
{

	o->len = strlen(o->o.xml);
	if ((o->at = ftello(h->aside)) == -1 ||
	    fwrite(o->o.xml, 1, o->len, h->aside) != o->len) {
		warn_errno("definitions cannot be laid aside");
		return -1;
	}
	explicit_bzero(o->o.xml, o->len);
	free(o->o.xml);
	o->o.xml = NULL;
	return 0;
}

/* there_give */
static int
take(void *cookie, struct virt_object *o)
{
	struct here *h = cookie;
	struct here_object *more;
	size_t cap;

	if (h->n == h->cap) {
		cap = h->cap > 0 ? h->cap * 2 : 64;
		if ((more = reallocarray(h->o, cap, sizeof(*more))) == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		h->o = more;
		h->cap = cap;
	}
	h->o[h->n] = (struct here_object){ *o, 0, 0 };
	memset(o, 0, sizeof(*o));
	h->n++;
	return h->kind == ITEM_SECRET ? 0 : lay_aside(h, &h->o[h->n - 1]);
}

/* The bundle's items of the kind: 0, or -1 said. */
static int
list_items(struct here *h, const struct manifest *m)
{
	const struct item *item;
	size_t i;

	if ((h->items = calloc(m->nitems + 1, sizeof(*h->items))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < m->nitems; i++) {
		item = m->items[i];
		if (item->kind == h->kind && item->virt->uuid != NULL)
			h->items[h->nitems++] = (struct here_item){ item, i };
	}
	if (h->nitems > 1)
		qsort(h->items, h->nitems, sizeof(*h->items), by_item);
	return 0;
}

/* Both orders: 0, or -1 said. */
static int
sort(struct here *h)
{
	size_t i;

	if ((h->uuids = calloc(h->n + 1, sizeof(*h->uuids))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (h->n == 0)
		return 0;
	qsort(h->o, h->n, sizeof(*h->o), by_name);
	for (i = 0; i < h->n; i++)
		h->uuids[i] = &h->o[i];
	qsort(h->uuids, h->n, sizeof(*h->uuids), by_uuid);
	return 0;
}

int
here_load(struct here *h, struct restore *r, enum item_kind kind)
{

	if (h->loaded && h->kind == kind)
		return 0;
	here_free(h);
	h->kind = kind;
	if ((kind == ITEM_SECRET || (h->aside = spool_open()) != NULL) &&
	    there(r)->list(r, kind, take, h) == 0 && sort(h) == 0 &&
	    list_items(h, r->manifest) == 0) {
		h->loaded = 1;
		return 0;
	}
	here_free(h);
	return -1;
}

/* The definition comes back into memory: 0, or -1 said. */
static int
fetch(struct here *h, struct here_object *o)
{
	char *xml;

	if (h->out != NULL && h->out != o) {
		explicit_bzero(h->out->o.xml, h->out->len);
		free(h->out->o.xml);
		h->out->o.xml = NULL;
	}
	h->out = NULL;
	if (h->aside == NULL || o->o.xml != NULL)
		goto done;
	if ((xml = malloc(o->len + 1)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (fseeko(h->aside, o->at, SEEK_SET) == -1 ||
	    fread(xml, 1, o->len, h->aside) != o->len) {
		warn_errno("what was laid aside cannot be read");
		free(xml);
		return -1;
	}
	xml[o->len] = '\0';
	o->o.xml = xml;
done:
	h->out = h->aside != NULL ? o : NULL;
	return 0;
}

int
here_name(struct here *h, const char *name, const struct virt_object **o)
{
	struct here_object *found = NULL;

	*o = NULL;
	if (h->n > 0)
		found = bsearch(name, h->o, h->n, sizeof(*h->o), name_is);
	if (found == NULL)
		return 0;
	if (fetch(h, found))
		return -1;
	*o = &found->o;
	return 1;
}

const struct virt_object *
here_uuid(const struct here *h, const char *uuid)
{
	struct here_object **found;

	if (h->n == 0 || uuid == NULL)
		return NULL;
	found = bsearch(uuid, h->uuids, h->n, sizeof(*h->uuids), uuid_is);
	return found != NULL ? &(*found)->o : NULL;
}

const struct item *
here_item(const struct here *h, const char *uuid)
{
	size_t lo = 0, hi = h->nitems, mid;

	/* The first of those with the uuid. */
	while (uuid != NULL && lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (strcasecmp(h->items[mid].item->virt->uuid, uuid) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return uuid != NULL && lo < h->nitems &&
		       strcasecmp(h->items[lo].item->virt->uuid, uuid) == 0
		   ? h->items[lo].item
		   : NULL;
}
