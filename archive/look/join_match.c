#include <stdlib.h>
#include <string.h>

#include "archive/look/join_private.h"
#include "archive/warn.h"

/* Live instances by the numbers of their rows. */
struct numbered {
	struct join_instance **at;
	size_t n;
};

static int
by_number(const void *a, const void *b)
{
	const struct join_instance *x = *(struct join_instance *const *)a;
	const struct join_instance *y = *(struct join_instance *const *)b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static struct join_instance *
of_uuid(struct join *j, const struct join_domain *d)
{

	return d->uuid == NULL ? NULL : join_find(&j->instances, d->uuid);
}

/* The instance that gives a domain its name: one of the same host, for cells
 * count each for itself. */
static struct join_instance *
of_name(struct join *j, const struct join_domain *d, const struct numbered *all)
{
	const char *name = strchr(d->item, ':') + 1;
	struct join_instance key = { .uuid = NULL }, *p = &key, **hit;
	const char *host = j->files[d->file].host;

	if (strncmp(name, "instance-", 9) != 0 ||
	    strspn(name + 9, "0123456789abcdef") != 8 || name[17] != '\0')
		return NULL;
	key.id = strtoull(name + 9, NULL, 16);
	hit = bsearch(&p, all->at, all->n, sizeof(*all->at), by_number);
	if (hit == NULL)
		return NULL;
	while (hit > all->at && hit[-1]->id == key.id)
		hit--;
	for (; hit < all->at + all->n && (*hit)->id == key.id; hit++)
		if ((*hit)->host != NULL && strcmp((*hit)->host, host) == 0)
			return *hit;
	return NULL;
}

int
join_match(struct join *j)
{
	struct join_instance *i;
	struct numbered all = { NULL, 0 };
	size_t k;

	all.at = calloc(j->instances.n + 1, sizeof(struct join_instance *));
	if (all.at == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (k = 0; k < j->instances.room; k++)
		if ((i = j->instances.slots[k]) != NULL && i->live)
			all.at[all.n++] = i;
	qsort(all.at, all.n, sizeof(struct join_instance *), by_number);
	for (k = 0; k < j->ndomains; k++) {
		i = of_uuid(j, &j->domains[k]);
		if (i == NULL || !i->live)
			i = of_name(j, &j->domains[k], &all);
		if (i != NULL)
			i->defined = j->domains[k].known = 1;
	}
	free(all.at);
	return 0;
}
