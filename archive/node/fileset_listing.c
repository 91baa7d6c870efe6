#include <stdlib.h>
#include <string.h>

#include "archive/node/fileset_internal.h"
#include "archive/warn.h"

int
fileset_listings_add(
    struct fileset_listings *to, const char *folder, char **names, size_t n)
{
	struct fileset_listing *more;
	char **fewer;
	size_t cap;

	/* There are many folders, and few names are left of each. */
	fewer = reallocarray(names, n > 0 ? n : 1, sizeof(*names));
	if (fewer != NULL)
		names = fewer;
	if (to->n == to->cap) {
		cap = to->cap > 0 ? to->cap * 2 : 16;
		more = reallocarray(to->all, cap, sizeof(*more));
		if (more == NULL)
			goto err0;
		to->all = more;
		to->cap = cap;
	}
	more = &to->all[to->n];
	if ((more->folder = strdup(folder)) == NULL)
		goto err0;
	more->names = names;
	more->n = n;
	to->n++;
	return 0;

err0:
	warn_msg("out of memory");
	root_names_free(names, n);
	return -1;
}

static int
by_folder(const void *a, const void *b)
{
	const struct fileset_listing *x = a, *y = b;

	return strcmp(x->folder, y->folder);
}

void
fileset_listings_sort(struct fileset_listings *l)
{

	if (l->n > 1)
		qsort(l->all, l->n, sizeof(*l->all), by_folder);
}

static int
is_of(const void *path, const void *listing)
{

	return strcmp(path, ((const struct fileset_listing *)listing)->folder);
}

char *const *
fileset_listed(const struct fileset *fs, const char *path, size_t *n)
{
	const struct fileset_listings *l = &fs->listings;
	const struct fileset_listing *found;

	if (l->n == 0 || (found = bsearch(path, l->all, l->n, sizeof(*l->all),
			      is_of)) == NULL)
		return NULL;
	*n = found->n;
	return found->names;
}

void
fileset_listings_free(struct fileset_listings *l)
{

	while (l->n > 0) {
		l->n--;
		root_names_free(l->all[l->n].names, l->all[l->n].n);
		free(l->all[l->n].folder);
	}
	free(l->all);
}
