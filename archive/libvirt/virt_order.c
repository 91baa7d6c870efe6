#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_kind.h"
#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"

/**
 * A filter refers to others by name (filterref), and libvirt wants those first.
 * libvirt lets no circle in; were one there, it would be cut where it is met.
 */
struct order {
	struct virt_object *o; /* by name */
	size_t n;
	unsigned char *seen;
	size_t *at; /* the order: indexes into o */
	size_t nat;
};

static int
name_is(const void *key, const void *element)
{
	const struct virt_object *o = element;

	return strcmp(key, o->name);
}

static int
visit(struct order *w, size_t i, int depth)
{
	struct virt_object *found;
	xmlNodePtr top, ref = NULL;
	xmlChar *name;
	xmlDocPtr doc;
	int rc = 0;

	/* libvirt itself allows no such depth. */
	if (w->seen[i] || depth > 256)
		return 0;
	w->seen[i] = 1;
	doc = virt_xml_parse(w->o[i].xml, strlen(w->o[i].xml));
	if (doc == NULL) {
		warn_msg("nwfilter:%s: libvirt gives no XML", w->o[i].name);
		return -1;
	}
	top = xmlDocGetRootElement(doc);
	while (
	    rc == 0 && (ref = virt_xml_child(top, "filterref", ref)) != NULL) {
		if ((name = virt_xml_attr(ref, "filter")) == NULL)
			continue;
		found = bsearch(name, w->o, w->n, sizeof(*w->o), name_is);
		xmlFree(name);
		if (found != NULL)
			rc = visit(w, (size_t)(found - w->o), depth + 1);
	}
	xmlFreeDoc(doc);
	w->at[w->nat++] = i;
	return rc;
}

int
virt_order(struct virt_object *o, size_t n)
{
	struct order w = { o, n, NULL, NULL, 0 };
	struct virt_object *copy;
	size_t i;
	int rc = -1;

	if (n == 0)
		return 0;
	w.seen = calloc(n, 1);
	w.at = calloc(n, sizeof(*w.at));
	copy = calloc(n, sizeof(*copy));
	if (w.seen == NULL || w.at == NULL || copy == NULL) {
		warn_msg("out of memory");
		goto done;
	}
	for (i = 0; i < n; i++)
		if (visit(&w, i, 0))
			goto done;
	for (i = 0; i < n; i++)
		copy[i] = o[w.at[i]];
	memcpy(o, copy, n * sizeof(*o));
	rc = 0;
done:
	free(copy);
	free(w.at);
	free(w.seen);
	return rc;
}
