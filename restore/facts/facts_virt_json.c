#include <stdlib.h>
#include <string.h>

#include "restore/facts/facts_object.h"

const char *const fact_types[FACT_TYPES] = { "absent", "file", "folder",
	"block", "other", "unknown" };
const char *const fact_images[FACT_IMAGES] = { "none", "qcow2", "broken",
	"unread" };

/* NULL: no member of that name. */
static int
put(json_t *o, const char *key, const char *text)
{

	return text == NULL ? 0
			    : json_object_set_new(o, key, json_string(text));
}

/* An empty object at the end of a list, or NULL. */
static json_t *
append(json_t *list)
{
	json_t *o = json_object();

	return o != NULL && json_array_append_new(list, o) == 0 ? o : NULL;
}

static json_t *
list_new(json_t *o, const char *key)
{
	json_t *list = json_array();

	return list != NULL && json_object_set_new(o, key, list) == 0 ? list
								      : NULL;
}

static int
put_domcaps(json_t *o, const struct fact_domcaps *d)
{

	return o == NULL || put(o, "arch", d->arch) ||
	       put(o, "emulator", d->emulator) ||
	       put(o, "machine", d->machine) || put(o, "type", d->type) ||
	       put(o, "xml", d->xml);
}

static int
put_object(json_t *o, const struct fact_object *d)
{
	json_t *refs;
	size_t i;

	if (o == NULL || put(o, "kind", item_kind_name(d->kind)) ||
	    put(o, "name", d->name) || put(o, "usage", d->usage) ||
	    (refs = list_new(o, "refs")) == NULL)
		return -1;
	for (i = 0; i < d->nrefs; i++)
		if (json_array_append_new(refs, json_string(d->refs[i])))
			return -1;
	return 0;
}

static int
put_file(json_t *o, const struct fact_file *f)
{

	return o == NULL || put(o, "path", f->path) ||
	       put(o, "type", fact_types[f->type]) ||
	       json_object_set_new(
		   o, "size", json_integer((json_int_t)f->size)) ||
	       put(o, "image", fact_images[f->image]) ||
	       put(o, "backing", f->backing) ||
	       put(o, "backing_format", f->backing_format) ||
	       put(o, "data", f->data);
}

int
facts_virt_json(const struct facts *f, json_t *o)
{
	json_t *list;
	size_t i;

	if (put(o, "hypervisor_name", f->hypervisor_name) ||
	    put(o, "libvirt_uuid", f->libvirt_uuid) ||
	    put(o, "capabilities", f->capabilities) ||
	    (list = list_new(o, "domain_capabilities")) == NULL)
		return -1;
	for (i = 0; i < f->ndomcaps; i++)
		if (put_domcaps(append(list), &f->domcaps[i]))
			return -1;
	if ((list = list_new(o, "definitions")) == NULL)
		return -1;
	for (i = 0; i < f->nobjects; i++)
		if (put_object(append(list), &f->objects[i]))
			return -1;
	if ((list = list_new(o, "files")) == NULL)
		return -1;
	for (i = 0; i < f->nfiles; i++)
		if (put_file(append(list), &f->files[i]))
			return -1;
	return 0;
}
