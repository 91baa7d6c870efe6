#include <libvirt/virterror.h>

#include <stdlib.h>
#include <string.h>

#include "archive/crew.h"
#include "archive/libvirt/virt_kind.h"
#include "archive/warn.h"

/* One that was listed. */
struct listed {
	void *object;
	struct virt_object o;
	unsigned traits;
	int gone; /* before it was read */
};

struct listing {
	struct virt *v;
	const struct virt_kind *k;
	enum item_kind kind;
	virt_wants_fn *wants; /* NULL: all */
	void *cookie;
	struct listed *e;
	size_t n, cap;
	unsigned trait; /* that is asked for just now */
};

static void
listing_free(struct listing *l)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		l->k->release(l->e[i].object);
		virt_object_clear(&l->e[i].o);
	}
	free(l->e);
}

/* virt_each_fn: keep one that is wanted; -2 said. */
static int
listing_add(void *cookie, void *object)
{
	struct listing *l = cookie;
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
	struct listing *l = cookie;
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
listing_traits(struct listing *l)
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

/* crew_act: one definition. */
static int
listing_read(void *cookie, size_t i)
{
	struct listing *l = cookie;
	struct listed *e = &l->e[i];
	int rc;

	rc = virt_object_read(l->v, e->object, e->traits, &e->o);
	e->gone = rc == 0;
	return rc == -1 ? -2 : 0;
}

static int
by_name(const void *a, const void *b)
{
	const struct virt_object *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Hand over what is not gone: 0, or -2 said. */
static int
listing_give(struct listing *l, struct virt_object **out, size_t *n)
{
	size_t i;

	if (l->n == 0)
		return 0;
	if ((*out = calloc(l->n, sizeof(**out))) == NULL) {
		warn_msg("out of memory");
		return -2;
	}
	for (i = 0; i < l->n; i++)
		if (!l->e[i].gone) {
			(*out)[(*n)++] = l->e[i].o;
			memset(&l->e[i].o, 0, sizeof(l->e[i].o));
		}
	if (*n > 0)
		qsort(*out, *n, sizeof(**out), by_name);
	else {
		free(*out);
		*out = NULL;
	}
	return l->kind == ITEM_NWFILTER && virt_order(*out, *n) ? -2 : 0;
}

int
virt_list(struct virt *v, enum item_kind kind, virt_wants_fn *wants,
    void *cookie, struct virt_object **out, size_t *n)
{
	struct listing l = { .v = v,
		.k = virt_kind(kind),
		.kind = kind,
		.wants = wants,
		.cookie = cookie };
	char words[VIRT_WORDS];
	virErrorPtr e;
	int rc;

	*out = NULL;
	*n = 0;
	if (l.k == NULL)
		return 0;
	if ((rc = l.k->each(v->conn, 0, listing_add, &l)) == 0)
		rc = listing_traits(&l);
	if (rc == -1) {
		e = virGetLastError();
		if (e != NULL && e->code == VIR_ERR_NO_SUPPORT)
			rc = 0;
		else
			warn_msg(
			    "libvirt at %s does not give its %s: %s (--not "
			    "'%s:*' leaves them out)",
			    v->uri, l.k->plural,
			    virt_words(words, sizeof(words)),
			    item_kind_name(kind));
	}
	if (rc == 0 && (rc = crew_run(l.n, listing_read, &l, NULL)) == 0)
		rc = listing_give(&l, out, n);
	listing_free(&l);
	if (rc == 0)
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
