#include <libvirt/virterror.h>

#include <stdlib.h>
#include <string.h>

#include "archive/crew.h"
#include "archive/libvirt/virt_kind.h"
#include "archive/warn.h"

/* So many definitions are read ahead. */
#define AHEAD 64

/* One that was listed. */
struct listed {
	void *object;
	struct virt_object o;
	unsigned traits;
};

struct virt_listing {
	struct virt *v;
	const struct virt_kind *k;
	enum item_kind kind;
	virt_wants_fn *wants; /* NULL: all */
	void *cookie;
	struct listed *e;
	size_t n, cap;
	unsigned trait; /* that is asked for just now */
	size_t at;      /* the next to be given */
	size_t read;    /* so many of them have been read */
	struct virt_object *names;
};

/* virt_each_fn: keep one that is wanted; -2 said. */
static int
listing_add(void *cookie, void *object)
{
	struct virt_listing *l = cookie;
	struct listed *more, *e;
	size_t cap;

	if (l->n == l->cap) {
		cap = l->cap ? l->cap * 2 : 16;
		if ((more = reallocarray(l->e, cap, sizeof(*more))) == NULL) {
			warn_msg("out of memory");
			return -2;
		}
		l->e = more;
		l->cap = cap;
	}
	e = &l->e[l->n];
	memset(e, 0, sizeof(*e));
	if (virt_object_name(l->kind, object, &e->o))
		return -2;
	if ((l->wants != NULL && !l->wants(l->cookie, l->kind, e->o.name)) ||
	    l->k->keep(object)) {
		virt_object_clear(&e->o);
		return 0;
	}
	e->object = object;
	l->n++;
	return 0;
}

static int
by_uuid(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	return strcmp(x->o.uuid, y->o.uuid);
}

static int
uuid_is(const void *key, const void *element)
{
	const struct listed *e = element;

	return strcmp(key, e->o.uuid);
}

/* virt_each_fn: this one has the trait. */
static int
listing_mark(void *cookie, void *object)
{
	struct virt_listing *l = cookie;
	char uuid[VIR_UUID_STRING_BUFLEN];
	struct listed *e;

	if (l->n == 0 || l->k->uuid(object, uuid))
		return 0;
	e = bsearch(uuid, l->e, l->n, sizeof(*l->e), uuid_is);
	if (e != NULL)
		e->traits |= l->trait;
	return 0;
}

/* What runs and what starts by itself: a list of those that do, for all at
 * once, where the driver knows such lists.  0, or -1 libvirt's error. */
static int
listing_traits(struct virt_listing *l)
{
	const struct virt_trait *t = l->k->traits;
	virErrorPtr e;
	size_t i;

	if (t == NULL || l->n == 0)
		return 0;
	qsort(l->e, l->n, sizeof(*l->e), by_uuid);
	for (; t->flag != 0; t++) {
		l->trait = t->trait;
		if (l->k->each(l->v->conn, t->flag, listing_mark, l) == 0)
			continue;
		e = virGetLastError();
		if (e == NULL || (e->code != VIR_ERR_INVALID_ARG &&
				     e->code != VIR_ERR_NO_SUPPORT))
			return -1;
		for (i = 0; i < l->n; i++)
			l->e[i].traits = VIRT_ASK | VIRT_BESIDE;
		break;
	}
	return 0;
}

static int
by_name(const void *a, const void *b)
{
	const struct listed *x = a, *y = b;

	return strcmp(x->o.name, y->o.name);
}

/* What libvirt has of the kind: 0, or -1 said. */
static int
listing_fill(struct virt_listing *l)
{
	char words[VIRT_WORDS];
	virErrorPtr e;
	int rc;

	if ((rc = l->k->each(l->v->conn, 0, listing_add, l)) == 0)
		rc = listing_traits(l);
	if (rc == -1) {
		e = virGetLastError();
		if (e != NULL && e->code == VIR_ERR_NO_SUPPORT)
			return 0;
		warn_msg("libvirt at %s does not give its %s: %s (--not "
			 "'%s:*' leaves them out)",
		    l->v->uri, l->k->plural, virt_words(words, sizeof(words)),
		    item_kind_name(l->kind));
	}
	if (rc == 0 && l->n > 0)
		qsort(l->e, l->n, sizeof(*l->e), by_name);
	return rc == 0 ? 0 : -1;
}

struct virt_listing *
virt_listing_open(
    struct virt *v, enum item_kind kind, virt_wants_fn *wants, void *cookie)
{
	struct virt_listing *l;

	if ((l = calloc(1, sizeof(*l))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	l->v = v;
	l->k = virt_kind(kind);
	l->kind = kind;
	l->wants = wants;
	l->cookie = cookie;
	if (l->k == NULL || listing_fill(l) == 0)
		return l;
	virt_listing_close(l);
	return NULL;
}

static void
listed_clear(const struct virt_listing *l, struct listed *e)
{

	if (e->object != NULL)
		l->k->release(e->object);
	virt_object_clear(&e->o);
	memset(e, 0, sizeof(*e));
}

void
virt_listing_close(struct virt_listing *l)
{
	size_t i;

	if (l == NULL)
		return;
	for (i = 0; i < l->n; i++)
		listed_clear(l, &l->e[i]);
	free(l->e);
	free(l->names);
	free(l);
}

const struct virt_object *
virt_listing_names(struct virt_listing *l, size_t *n)
{
	size_t i;

	free(l->names);
	if ((l->names = calloc(l->n + 1, sizeof(*l->names))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	for (i = 0; i < l->n; i++)
		l->names[i] = l->e[i].o;
	*n = l->n;
	return l->names;
}

/* crew_act: one definition. */
static int
listing_read(void *cookie, size_t i)
{
	struct virt_listing *l = cookie;
	struct listed *e = &l->e[l->read + i];

	return virt_object_read(l->v, e->object, e->traits, &e->o) == -1 ? -2
									 : 0;
}

int
virt_listing_next(struct virt_listing *l, struct virt_object **o)
{
	size_t n = l->n - l->read;

	if (l->at > 0)
		listed_clear(l, &l->e[l->at - 1]);
	if (l->at == l->n)
		return 0;
	if (l->at == l->read) {
		n = n < AHEAD ? n : AHEAD;
		if (crew_run(n, listing_read, l, NULL) != 0)
			return -1;
		l->read += n;
	}
	*o = &l->e[l->at++].o;
	return 1;
}

int
virt_list(struct virt *v, enum item_kind kind, virt_wants_fn *wants,
    void *cookie, struct virt_object **out, size_t *n)
{
	struct virt_listing *l;
	struct virt_object *o;
	int more = -1;

	*out = NULL;
	*n = 0;
	if ((l = virt_listing_open(v, kind, wants, cookie)) == NULL)
		return -1;
	if (l->n == 0) {
		virt_listing_close(l);
		return 0;
	}
	if ((*out = calloc(l->n, sizeof(**out))) == NULL)
		warn_msg("out of memory");
	else
		while ((more = virt_listing_next(l, &o)) == 1) {
			if (o->xml == NULL)
				continue;
			(*out)[(*n)++] = *o;
			memset(o, 0, sizeof(*o));
		}
	virt_listing_close(l);
	if (more == 0 && kind == ITEM_NWFILTER)
		more = virt_order(*out, *n);
	if (more == 0)
		return 0;
	virt_objects_free(*out, *n);
	*out = NULL;
	*n = 0;
	return -1;
}

/* As virt_get, ${traits} of it. */
static int
get(struct virt *v, enum item_kind kind, const char *name, unsigned traits,
    struct virt_object **out)
{
	const struct virt_kind *k = virt_kind(kind);
	char words[VIRT_WORDS];
	struct virt_object *o;
	void *object;
	int rc = -1;

	*out = NULL;
	if (k == NULL)
		return 0;
	if ((object = k->find(v->conn, name)) == NULL) {
		if (virt_absent())
			return 0;
		warn_msg("libvirt at %s does not give %s:%s: %s", v->uri,
		    item_kind_name(kind), name,
		    virt_words(words, sizeof(words)));
		return -1;
	}
	if ((o = calloc(1, sizeof(*o))) == NULL)
		warn_msg("out of memory");
	else if (virt_object_name(kind, object, o) == 0)
		rc = virt_object_read(v, object, traits, o);
	k->release(object);
	if (rc == 1)
		*out = o;
	else
		virt_objects_free(o, o != NULL);
	return rc;
}

int
virt_get(struct virt *v, enum item_kind kind, const char *name,
    struct virt_object **out)
{

	return get(v, kind, name, VIRT_ASK, out);
}

int
virt_get_definition(struct virt *v, enum item_kind kind, const char *name,
    struct virt_object **out)
{

	return get(v, kind, name, VIRT_STAYS, out);
}
