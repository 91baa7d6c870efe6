#include "archive/look/join.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "archive/look/join_private.h"
#include "archive/warn.h"

struct join *
join_new(void)
{
	struct join *j = calloc(1, sizeof(*j));

	if (j == NULL)
		warn_msg("out of memory");
	return j;
}

static void
free_instance(void *p)
{
	struct join_instance *i = p;

	free(i->uuid);
	free(i->host);
	free(i->state);
	free(i);
}

static void
free_volume(void *p)
{
	struct join_volume *v = p;

	free(v->id);
	free(v->attachment);
	free(v);
}

static void
free_host(void *p)
{
	struct join_host *h = p;

	free(h->name);
	free(h->service);
	free(h);
}

void
join_free(struct join *j)
{
	size_t i;

	if (j == NULL)
		return;
	for (i = 0; i < j->nfiles; i++) {
		free(j->files[i].name);
		free(j->files[i].created);
		free(j->files[i].host);
	}
	for (i = 0; i < j->ndomains; i++) {
		free(j->domains[i].item);
		free(j->domains[i].uuid);
	}
	free(j->files);
	free(j->domains);
	tdestroy(j->instances, free_instance);
	tdestroy(j->volumes, free_volume);
	tdestroy(j->hosts, free_host);
	free(j);
}

/* All that is kept in trees begins with its name. */
static int
by_name(const void *a, const void *b)
{

	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Find or make; ${size} is that of the whole. */
static void *
find(void **tree, size_t *n, const char *name, size_t size)
{
	char *key = NULL;
	void *made, **node;

	if ((node = tfind(&name, tree, by_name)) != NULL)
		return *node;
	if ((made = calloc(1, size)) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	if (manifest_set(&key, name) == -1)
		goto err0;
	memcpy(made, &key, sizeof(key));
	if (tsearch(made, tree, by_name) == NULL) {
		warn_msg("out of memory");
		goto err1;
	}
	(*n)++;
	return made;

err1:
	free(key);
err0:
	free(made);
	return NULL;
}

struct join_instance *
join_instance(struct join *j, const char *uuid)
{

	return find(
	    &j->instances, &j->ninstances, uuid, sizeof(struct join_instance));
}

struct join_volume *
join_volume(struct join *j, const char *id)
{

	return find(&j->volumes, &j->nvolumes, id, sizeof(struct join_volume));
}

struct join_host *
join_host(struct join *j, const char *name)
{

	return find(&j->hosts, &j->nhosts, name, sizeof(struct join_host));
}

int
join_newer(const struct join *j, size_t file, size_t known)
{

	return strcmp(j->files[file].created, j->files[known].created) > 0;
}

static int
add_domain(struct join *j, const struct item *item)
{
	struct join_domain *more, *d;

	more = realloc(j->domains, (j->ndomains + 1) * sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	j->domains = more;
	d = memset(&more[j->ndomains++], 0, sizeof(*d));
	d->file = j->nfiles - 1;
	return manifest_set(&d->item, item->name) == -1 ||
		       manifest_set(&d->uuid, item->virt->uuid) == -1
		   ? -1
		   : 0;
}

/* What a bundle of some hosts says of the others. */
static int
add_elsewhere(struct join *j, const struct elsewhere_host *e)
{
	struct join_instance *i;
	struct join_host *h;
	size_t k;

	if ((h = join_host(j, e->host)) == NULL)
		return -1;
	h->compute = 1;
	for (k = 0; k < e->ninstances; k++) {
		if ((i = join_instance(j, e->instances[k].uuid)) == NULL)
			return -1;
		if (i->row ||
		    (i->host != NULL && !join_newer(j, j->nfiles - 1, i->file)))
			continue;
		i->id = e->instances[k].id;
		i->wants = i->live = 1;
		i->file = j->nfiles - 1;
		if (manifest_set(&i->host, e->host) == -1)
			return -1;
	}
	return 0;
}

static int
add_file(struct join *j, const char *file, const struct manifest *m)
{
	struct join_file *more, *f;

	more = realloc(j->files, (j->nfiles + 1) * sizeof(*more));
	if (more == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	j->files = more;
	f = memset(&more[j->nfiles++], 0, sizeof(*f));
	return manifest_set(&f->name, file) == -1 ||
		       manifest_set(&f->created, m->created) == -1 ||
		       manifest_set(&f->host, m->host) == -1
		   ? -1
		   : 0;
}

enum outcome
join_add(struct join *j, const char *file, struct bundle *b)
{
	const struct manifest *m = bundle_manifest(b);
	struct join_host *h;
	size_t i;

	if (add_file(j, file, m) || (h = join_host(j, m->host)) == NULL)
		return OUTCOME_FAILED;
	h->bundles++;
	for (i = 0; i < m->nitems; i++)
		if (m->items[i]->kind == ITEM_DOMAIN &&
		    add_domain(j, m->items[i]))
			return OUTCOME_FAILED;
	for (i = 0; i < m->nelsewhere; i++)
		if (add_elsewhere(j, &m->elsewhere[i]))
			return OUTCOME_FAILED;
	return join_rows(j, b);
}

void
join_count(const struct join *j, struct join_counts *counts)
{

	counts->bundles = j->nfiles;
	counts->instances = j->ninstances;
	counts->definitions = j->ndomains;
	counts->volumes = j->nvolumes;
	counts->hosts = j->nhosts;
	counts->rows = j->has_instances;
}
