#include "restore/definitions/here.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "archive/warn.h"
#include "restore/plan/there.h"

static int
by_name(const void *a, const void *b)
{
	const struct virt_object *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int
by_uuid(const void *a, const void *b)
{
	const struct virt_object *const *x = a, *const *y = b;

	return strcasecmp((*x)->uuid, (*y)->uuid);
}

static int
name_is(const void *key, const void *element)
{
	const struct virt_object *o = element;

	return strcmp(key, o->name);
}

static int
uuid_is(const void *key, const void *element)
{
	const struct virt_object *const *o = element;

	return strcasecmp(key, (*o)->uuid);
}

void
here_free(struct here *h)
{

	virt_objects_free(h->o, h->n);
	free(h->uuids);
	memset(h, 0, sizeof(*h));
}

int
here_load(struct here *h, struct restore *r, enum item_kind kind)
{
	size_t i;

	if (h->loaded && h->kind == kind)
		return 0;
	here_free(h);
	if (there(r)->list(r, kind, &h->o, &h->n))
		return -1;
	if ((h->uuids = calloc(h->n + 1, sizeof(*h->uuids))) == NULL) {
		warn_msg("out of memory");
		here_free(h);
		return -1;
	}
	h->loaded = 1;
	h->kind = kind;
	if (h->n == 0)
		return 0;
	/* nwfilters came in another order. */
	qsort(h->o, h->n, sizeof(*h->o), by_name);
	for (i = 0; i < h->n; i++)
		h->uuids[i] = &h->o[i];
	qsort(h->uuids, h->n, sizeof(*h->uuids), by_uuid);
	return 0;
}

const struct virt_object *
here_name(const struct here *h, const char *name)
{

	if (h->n == 0)
		return NULL;
	return bsearch(name, h->o, h->n, sizeof(*h->o), name_is);
}

const struct virt_object *
here_uuid(const struct here *h, const char *uuid)
{
	struct virt_object **found;

	if (h->n == 0 || uuid == NULL)
		return NULL;
	found = bsearch(uuid, h->uuids, h->n, sizeof(*h->uuids), uuid_is);
	return found != NULL ? *found : NULL;
}
