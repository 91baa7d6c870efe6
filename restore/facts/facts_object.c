#include "restore/facts/facts_object.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"
#include "restore/definitions/definition.h"
#include "restore/preflight/need.h"

static int
by_name(const void *a, const void *b)
{
	const struct fact_object *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->name, y->name);
}

void
facts_objects_sort(struct facts *f)
{

	if (f->nobjects > 0)
		qsort(f->objects, f->nobjects, sizeof(*f->objects), by_name);
}

static void
object_free(struct fact_object *o)
{
	size_t i;

	for (i = 0; i < o->nrefs; i++)
		free(o->refs[i]);
	free(o->refs);
	free(o->name);
	free(o->usage);
}

void
facts_objects_free(struct facts *f)
{
	size_t i;

	for (i = 0; i < f->nobjects; i++)
		object_free(&f->objects[i]);
	free(f->objects);
	f->objects = NULL;
	f->nobjects = 0;
	memset(f->has_objects, 0, sizeof(f->has_objects));
}

/* need_fn: keep what a filter refers to, and the bridge that a network makes.
 */
static int
add_ref(void *cookie, const struct need *need)
{
	struct fact_object *o = cookie;
	char **more;

	if (need->kind != NEED_NWFILTER && need->kind != NEED_MAKES)
		return 0;
	more = reallocarray(o->refs, o->nrefs + 1, sizeof(*more));
	if (more == NULL)
		goto err0;
	o->refs = more;
	if ((more[o->nrefs] = strdup(need->name)) == NULL)
		goto err0;
	o->nrefs++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

static void
lower(char *s)
{

	for (; *s != '\0'; s++)
		*s = (char)tolower((unsigned char)*s);
}

/* 0, or -1 said. */
static int
add_refs(struct fact_object *o, const char *xml)
{
	xmlDocPtr doc;
	int rc;

	if ((doc = virt_xml_parse(xml, strlen(xml))) == NULL) {
		warn_msg("%s:%s: libvirt gives no XML", item_kind_name(o->kind),
		    o->name);
		return -1;
	}
	rc = need_walk(o->kind, xmlDocGetRootElement(doc), add_ref, o);
	xmlFreeDoc(doc);
	return rc;
}

/* 0, or -1 said. */
static int
object_fill(struct fact_object *o, const struct virt_object *v)
{
	struct buf usage = BUF_EMPTY;
	int rc = -1;

	o->kind = v->kind;
	if ((o->name = strdup(v->name)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (v->kind != ITEM_SECRET)
		return add_refs(o, v->xml);
	lower(o->name);
	if (definition_usage(v->xml, strlen(v->xml), &usage) == 0 &&
	    (usage.len == 0 || (o->usage = buf_steal(&usage)) != NULL))
		rc = 0;
	buf_free(&usage);
	return rc;
}

/* Read those of a kind, once: 0, or -1 said. */
static int
load(struct facts *f, enum item_kind kind)
{
	struct fact_object *more;
	struct virt_object *list;
	size_t i, n;
	int rc = -1;

	if (f->virt == NULL || f->has_objects[kind])
		return 0;
	if (virt_list(f->virt, kind, NULL, NULL, &list, &n))
		return -1;
	more = reallocarray(f->objects, f->nobjects + n + 1, sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		goto done;
	}
	f->objects = more;
	for (i = 0; i < n; i++) {
		memset(&more[f->nobjects], 0, sizeof(*more));
		if (object_fill(&more[f->nobjects++], &list[i]))
			goto done;
	}
	facts_objects_sort(f);
	f->has_objects[kind] = 1;
	rc = 0;
done:
	virt_objects_free(list, n);
	return rc;
}

int
facts_objects_all(struct facts *f)
{
	int kind;

	for (kind = ITEM_SECRET; kind <= ITEM_POOL; kind++)
		if (load(f, (enum item_kind)kind))
			return -1;
	return 0;
}

int
facts_object(struct facts *f, enum item_kind kind, const char *name,
    const struct fact_object **out)
{
	struct fact_object key = { .kind = kind };

	*out = NULL;
	if (load(f, kind))
		return -1;
	if ((key.name = strdup(name)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (kind == ITEM_SECRET)
		lower(key.name);
	if (f->nobjects > 0)
		*out = bsearch(&key, f->objects, f->nobjects,
		    sizeof(*f->objects), by_name);
	free(key.name);
	return *out != NULL;
}

int
facts_secret(struct facts *f, const char *usage, const struct fact_object **out)
{
	size_t i;

	*out = NULL;
	if (load(f, ITEM_SECRET))
		return -1;
	for (i = 0; i < f->nobjects; i++) {
		if (f->objects[i].usage == NULL ||
		    strcmp(f->objects[i].usage, usage) != 0)
			continue;
		*out = &f->objects[i];
		return 1;
	}
	return 0;
}
