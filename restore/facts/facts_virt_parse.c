#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/facts/facts_object.h"

static int
wrong(const char *what)
{

	warn_msg("the description's facts are not of their form: %s", what);
	return -1;
}

static int
no_memory(void)
{

	warn_msg("out of memory");
	return -1;
}

/* A member that may not be there: 0, or -1 said. */
static int
take(const json_t *o, const char *key, char **to)
{
	const json_t *v = json_object_get(o, key);

	if (v == NULL)
		return 0;
	if (!json_is_string(v))
		return wrong(key);
	return (*to = strdup(json_string_value(v))) != NULL ? 0 : no_memory();
}

static int
need(const json_t *o, const char *key, char **to)
{

	if (take(o, key, to))
		return -1;
	return *to != NULL ? 0 : wrong(key);
}

/* The number of a word: 0 with ${*n}, or -1 said. */
static int
word(const json_t *o, const char *key, const char *const *words, size_t nwords,
    size_t *n)
{
	const char *s = json_string_value(json_object_get(o, key));

	for (*n = 0; s != NULL && *n < nwords; (*n)++)
		if (strcmp(words[*n], s) == 0)
			return 0;
	return wrong(key);
}

/* The members of a list that must be there, and as many zeroed things. */
static int
list_of(const json_t *o, const char *key, size_t size, const json_t **list,
    void *out)
{
	void *things;

	*list = json_object_get(o, key);
	if (!json_is_array(*list))
		return wrong(key);
	if ((things = calloc(json_array_size(*list) + 1, size)) == NULL)
		return no_memory();
	memcpy(out, &things, sizeof(things));
	return 0;
}

static int
take_domcaps(struct facts *f, const json_t *o)
{
	struct fact_domcaps *d;
	const json_t *list, *one;
	size_t i;

	if (list_of(o, "domain_capabilities", sizeof(*d), &list, &f->domcaps))
		return -1;
	json_array_foreach(list, i, one)
	{
		d = &f->domcaps[f->ndomcaps++];
		if (take(one, "arch", &d->arch) ||
		    take(one, "emulator", &d->emulator) ||
		    take(one, "machine", &d->machine) ||
		    take(one, "type", &d->type) || take(one, "xml", &d->xml))
			return -1;
	}
	return 0;
}

static int
take_refs(struct fact_object *d, const json_t *o)
{
	const json_t *list, *one;
	size_t i;

	if (list_of(o, "refs", sizeof(*d->refs), &list, &d->refs))
		return -1;
	json_array_foreach(list, i, one)
	{
		if (!json_is_string(one))
			return wrong("refs");
		d->refs[i] = strdup(json_string_value(one));
		if (d->refs[i] == NULL)
			return no_memory();
		d->nrefs++;
	}
	return 0;
}

static int
take_objects(struct facts *f, const json_t *o)
{
	struct fact_object *d;
	const json_t *list, *one;
	const char *kind;
	size_t i;
	int n;

	if (list_of(o, "definitions", sizeof(*d), &list, &f->objects))
		return -1;
	json_array_foreach(list, i, one)
	{
		d = &f->objects[f->nobjects++];
		kind = json_string_value(json_object_get(one, "kind"));
		n = kind != NULL ? item_kind_parse(kind) : -1;
		if (need(one, "name", &d->name) ||
		    take(one, "usage", &d->usage) || take_refs(d, one))
			return -1;
		if (n < ITEM_SECRET || n > ITEM_POOL)
			return wrong("kind");
		d->kind = (enum item_kind)n;
	}
	facts_objects_sort(f);
	return 0;
}

static int
by_path(const void *a, const void *b)
{
	const struct fact_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static int
take_files(struct facts *f, const json_t *o)
{
	struct fact_file *d;
	const json_t *list, *one, *size;
	size_t i, type, image;

	if (list_of(o, "files", sizeof(*d), &list, &f->files))
		return -1;
	json_array_foreach(list, i, one)
	{
		d = &f->files[f->nfiles++];
		size = json_object_get(one, "size");
		if (need(one, "path", &d->path) ||
		    word(one, "type", fact_types, FACT_TYPES, &type) ||
		    word(one, "image", fact_images, FACT_IMAGES, &image) ||
		    take(one, "backing", &d->backing) ||
		    take(one, "backing_format", &d->backing_format) ||
		    take(one, "data", &d->data))
			return -1;
		if (!json_is_integer(size) || json_integer_value(size) < 0)
			return wrong("size");
		d->type = (enum fact_type)type;
		d->image = (enum fact_image)image;
		d->size = (uint64_t)json_integer_value(size);
	}
	qsort(f->files, f->nfiles, sizeof(*f->files), by_path);
	return 0;
}

int
facts_virt_parse(struct facts *f, const json_t *o)
{

	if (take(o, "hypervisor_name", &f->hypervisor_name) ||
	    take(o, "libvirt_uuid", &f->libvirt_uuid) ||
	    take(o, "capabilities", &f->capabilities))
		return -1;
	return take_domcaps(f, o) || take_objects(f, o) || take_files(f, o) ? -1
									    : 0;
}
