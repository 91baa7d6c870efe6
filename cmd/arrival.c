#include "cmd/arrival.h"

#include <stdlib.h>
#include <string.h>

#include "archive/node/interfaces.h"
#include "archive/warn.h"

struct arrival {
	struct arrival_address *all;
	size_t n;
};

struct arrival *
arrival_empty(void)
{
	struct arrival *h;

	if ((h = calloc(1, sizeof(*h))) == NULL)
		warn_msg("out of memory");
	return h;
}

int
arrival_add(struct arrival *h, const char *interface, const struct address *a,
    int prefix)
{
	struct arrival_address *more;

	more = reallocarray(h->all, h->n + 1, sizeof(*more));
	if (more == NULL)
		goto err0;
	h->all = more;
	if ((more[h->n].interface = strdup(interface)) == NULL)
		goto err0;
	more[h->n].addr = *a;
	more[h->n++].prefix = prefix;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

static int
add(void *h, const char *interface, const struct address *a, int prefix)
{

	return arrival_add(h, interface, a, prefix);
}

struct arrival *
arrival_new(void)
{
	struct arrival *h;

	if ((h = arrival_empty()) == NULL)
		return NULL;
	if (interfaces_each(add, h) == 0)
		return h;
	arrival_free(h);
	return NULL;
}

void
arrival_free(struct arrival *h)
{
	size_t i;

	if (h == NULL)
		return;
	for (i = 0; i < h->n; i++)
		free(h->all[i].interface);
	free(h->all);
	free(h);
}

const struct arrival_address *
arrival_all(const struct arrival *h, size_t *n)
{

	*n = h->n;
	return h->all;
}

/* The interface that an own address was on, or NULL: the configuration's word.
 */
static const char *
interface_of(const struct own_address *own)
{
	static const char before[] = "interface ";

	return strncmp(own->where, before, sizeof(before) - 1) == 0
		   ? own->where + sizeof(before) - 1
		   : NULL;
}

/* How many addresses of a family the node had: on ${interface}, or in all. */
static size_t
count_old(const struct manifest *m, int family, const char *interface)
{
	const char *name;
	size_t i, j, n = 0;

	for (i = 0; i < m->nown; i++) {
		name = interface_of(&m->own[i]);
		if (m->own[i].addr.family != family ||
		    (interface != NULL &&
			(name == NULL || strcmp(name, interface) != 0)))
			continue;
		/* One may be an interface's and an option's: it is one. */
		for (j = 0; interface == NULL && j < i; j++)
			if (address_compare(&m->own[i].addr, &m->own[j].addr) ==
			    0)
				break;
		n += interface != NULL || j == i;
	}
	return n;
}

/* The only one of a family: on ${interface}, or in all (NULL).  NULL: none, or
 * several. */
static const struct arrival_address *
only(const struct arrival *h, int family, const char *interface)
{
	const struct arrival_address *found = NULL;
	size_t i;

	for (i = 0; i < h->n; i++) {
		if (h->all[i].addr.family != family ||
		    (interface != NULL &&
			strcmp(h->all[i].interface, interface) != 0))
			continue;
		if (found != NULL)
			return NULL;
		found = &h->all[i];
	}
	return found;
}

const struct arrival_address *
arrival_for(
    const struct arrival *h, const struct manifest *m, const struct address *a)
{
	const struct arrival_address *found;
	const char *name;
	size_t i;

	for (i = 0; i < h->n; i++)
		if (address_compare(&h->all[i].addr, a) == 0)
			return &h->all[i];
	for (i = 0; i < m->nown; i++) {
		if (address_compare(&m->own[i].addr, a) != 0 ||
		    (name = interface_of(&m->own[i])) == NULL ||
		    count_old(m, a->family, name) != 1)
			continue;
		if ((found = only(h, a->family, name)) != NULL)
			return found;
	}
	return count_old(m, a->family, NULL) == 1 ? only(h, a->family, NULL)
						  : NULL;
}
