#include "archive/libvirt/instances.h"

#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"

static void
file_clear(struct instance_file *f)
{

	free(f->name);
	free(f->uuid);
	free(f->path);
	free(f->item);
}

void
instances_free(struct instances *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		file_clear(&list->f[i]);
	free(list->f);
	list->f = NULL;
	list->n = 0;
}

/* What the definition says of itself: 1, 0 no domain definition, -1 memory. */
static int
file_parse(struct instance_file *f, const struct buf *xml)
{
	xmlChar *name = NULL, *uuid = NULL;
	xmlNodePtr top;
	xmlDocPtr doc;
	int rc = 0;

	if ((doc = virt_xml_parse(xml->data, xml->len)) == NULL)
		return 0;
	top = xmlDocGetRootElement(doc);
	if (strcmp((const char *)top->name, "domain") != 0 ||
	    (name = virt_xml_text(top, "name")) == NULL)
		goto done;
	uuid = virt_xml_text(top, "uuid");
	rc = manifest_set(&f->name, (char *)name) ||
		     manifest_set(&f->uuid, (char *)uuid)
		 ? -1
		 : 1;
done:
	xmlFree(uuid);
	xmlFree(name);
	xmlFreeDoc(doc);
	return rc;
}

/* 1 with ${f} filled, 0 nothing there or not usable, -1 said. */
static int
file_read(struct instance_file *f, struct root *root, const char *dir,
    const char *folder, struct manifest *m)
{
	struct buf path = BUF_EMPTY, xml = BUF_EMPTY;
	int rc = -1;

	if (buf_addf(&path, "file:%s/%s/libvirt.xml", dir, folder) ||
	    manifest_set(&f->item, path.data) ||
	    manifest_set(&f->path, path.data + strlen("file:")))
		goto done;
	if ((rc = root_read(root, f->path, &xml)) != 1)
		goto done;
	if ((rc = file_parse(f, &xml)) == 0 &&
	    manifest_warn(m, f->item,
		"no definition of a domain: if libvirt has lost it, it cannot "
		"be brought back from here"))
		rc = -1;
done:
	buf_free(&path);
	buf_wipe(&xml);
	return rc;
}

static int
by_name(const void *a, const void *b)
{
	const struct instance_file *x = a, *y = b;
	int c = strcmp(x->name, y->name);

	return c != 0 ? c : strcmp(x->path, y->path);
}

int
instances_read(struct instances *list, struct root *root, const char *dir,
    struct manifest *m)
{
	char **names = NULL;
	size_t i, n = 0;
	int rc;

	if (dir == NULL)
		return 0;
	if ((rc = root_list(root, dir, &names, &n)) != 1)
		return rc;
	if ((list->f = calloc(n + 1, sizeof(*list->f))) == NULL) {
		warn_msg("out of memory");
		goto err0;
	}
	for (i = 0; i < n; i++) {
		memset(&list->f[list->n], 0, sizeof(*list->f));
		rc = file_read(&list->f[list->n], root, dir, names[i], m);
		if (rc == 1) {
			list->n++;
			continue;
		}
		file_clear(&list->f[list->n]);
		if (rc == -1)
			goto err0;
	}
	root_names_free(names, n);
	if (list->n > 0)
		qsort(list->f, list->n, sizeof(*list->f), by_name);
	return 0;
err0:
	root_names_free(names, n);
	instances_free(list);
	return -1;
}

static int
object_is(const void *key, const void *element)
{
	const struct virt_object *o = element;

	return strcmp(key, o->name);
}

static int
by_uuid(const void *a, const void *b)
{
	const struct virt_object *const *x = a, *const *y = b;

	return strcasecmp((*x)->uuid, (*y)->uuid);
}

static int
uuid_is(const void *key, const void *element)
{
	const struct virt_object *const *o = element;

	return strcasecmp(key, (*o)->uuid);
}

/* Judge one file, given its domain by name (or NULL) and by uuid (or NULL). */
static int
file_match(struct instance_file *f, const struct instance_file *before,
    const struct virt_object *here, const struct virt_object *other,
    struct manifest *m)
{

	if (before != NULL && strcmp(before->name, f->name) == 0)
		return manifest_warn(m, f->item,
		    "describes domain %s, and so does %s, which counts",
		    f->name, before->path);
	if (here != NULL) {
		if (f->uuid != NULL && strcasecmp(f->uuid, here->uuid) != 0)
			return manifest_warn(m, f->item,
			    "gives domain %s the uuid %s, libvirt has it with "
			    "%s",
			    f->name, f->uuid, here->uuid);
		return 0;
	}
	if (other != NULL)
		return manifest_warn(m, f->item,
		    "describes domain %s with the uuid of domain %s: left "
		    "alone",
		    f->name, other->name);
	f->lost = 1;
	return 0;
}

int
instances_match(struct instances *list, const struct virt_object *o, size_t n,
    struct manifest *m)
{
	const struct virt_object **uuids, *here, **other;
	struct instance_file *f;
	size_t i;
	int rc = -1;

	if (list->n == 0)
		return 0;
	if ((uuids = calloc(n + 1, sizeof(*uuids))) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < n; i++)
		uuids[i] = &o[i];
	if (n > 0)
		qsort(uuids, n, sizeof(*uuids), by_uuid);
	for (i = 0; i < list->n; i++) {
		f = &list->f[i];
		here = NULL;
		other = NULL;
		if (n > 0) {
			here = bsearch(f->name, o, n, sizeof(*o), object_is);
			if (f->uuid != NULL)
				other = bsearch(
				    f->uuid, uuids, n, sizeof(*uuids), uuid_is);
		}
		if (file_match(f, i > 0 ? f - 1 : NULL, here,
			other != NULL ? *other : NULL, m))
			goto done;
	}
	rc = 0;
done:
	free(uuids);
	return rc;
}

const struct instance_file *
instances_find(const struct instances *list, const char *name)
{
	size_t lo = 0, hi = list->n, mid;

	/* The first of those with the name. */
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (strcmp(list->f[mid].name, name) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < list->n && strcmp(list->f[lo].name, name) == 0
		   ? &list->f[lo]
		   : NULL;
}
