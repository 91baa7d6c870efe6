#include <libvirt/virterror.h>
#include <openssl/evp.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_kind.h"
#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"

struct listing {
	struct virt *v;
	const struct virt_kind *k;
	enum item_kind kind;
	virt_wants_fn *wants; /* NULL: all */
	void *cookie;
	struct virt_object *o;
	size_t n, cap;
};

static void
object_clear(struct virt_object *o)
{

	free(o->name);
	free(o->uuid);
	/* A definition may hold the password of a console. */
	if (o->xml != NULL)
		explicit_bzero(o->xml, strlen(o->xml));
	free(o->xml);
	if (o->value != NULL)
		explicit_bzero(o->value, strlen(o->value));
	free(o->value);
}

void
virt_objects_free(struct virt_object *o, size_t n)
{
	size_t i;

	if (o == NULL)
		return;
	for (i = 0; i < n; i++)
		object_clear(&o[i]);
	free(o);
}

/* 1 when the secret's definition says private='yes', 0 or -1 (said). */
static int
secret_private(const struct virt_object *o)
{
	xmlDocPtr doc;
	xmlChar *is;
	int rc;

	if ((doc = virt_xml_parse(o->xml, strlen(o->xml))) == NULL) {
		warn_msg("secret:%s: libvirt gives no XML", o->name);
		return -1;
	}
	is = virt_xml_attr(xmlDocGetRootElement(doc), "private");
	rc = is != NULL && strcmp((char *)is, "yes") == 0;
	xmlFree(is);
	xmlFreeDoc(doc);
	return rc;
}

/* The value of a secret as base64; none when it is private or not set. */
static int
secret_value(virSecretPtr secret, int without, struct virt_object *o)
{
	unsigned char *raw;
	char words[VIRT_WORDS];
	size_t len;
	int rc = -1;

	if ((o->is_private = secret_private(o)) != 0)
		return o->is_private == -1 ? -1 : 0;
	if (without)
		return 0;
	if ((raw = virSecretGetValue(secret, &len, 0)) == NULL) {
		if (virt_absent())
			return 0;
		warn_msg("secret:%s: libvirt does not give its value: %s",
		    o->name, virt_words(words, sizeof(words)));
		return -1;
	}
	if (len > INT_MAX / 2 ||
	    (o->value = malloc((len + 2) / 3 * 4 + 1)) == NULL) {
		warn_msg("out of memory");
		goto done;
	}
	(void)EVP_EncodeBlock((unsigned char *)o->value, raw, (int)len);
	rc = 0;
done:
	explicit_bzero(raw, len);
	free(raw);
	return rc;
}

/* 1 filled, 0 gone meanwhile, -1 libvirt's error, -2 said. */
static int
object_fill(struct listing *l, void *object, struct virt_object *o)
{

	if ((o->xml = l->k->xml(object, !l->v->no_secrets)) == NULL)
		return -1;
	o->persistent = 1;
	if (l->k->persistent != NULL &&
	    (o->persistent = l->k->persistent(object)) == -1)
		return -1;
	if (l->k->active != NULL && (o->active = l->k->active(object)) == -1)
		return -1;
	/* A transient object has no such setting. */
	if (o->persistent && l->k->autostart != NULL &&
	    l->k->autostart(object, &o->autostart))
		return -1;
	if (l->k->beside != NULL)
		l->k->beside(object, o);
	if (l->kind == ITEM_SECRET && secret_value(object, l->v->no_secrets, o))
		return -2;
	return 1;
}

/* Name and uuid, which every object tells without asking the driver. */
static int
object_name(struct listing *l, void *object, struct virt_object *o)
{
	char uuid[VIR_UUID_STRING_BUFLEN];
	const char *name = uuid;

	if (l->k->uuid(object, uuid) ||
	    (l->k->name != NULL && (name = l->k->name(object)) == NULL))
		return -1;
	o->kind = l->kind;
	o->name = strdup(name);
	o->uuid = strdup(uuid);
	return o->name != NULL && o->uuid != NULL ? 0 : -1;
}

/* Append one object, or nothing when it is gone meanwhile; -2 said.  libvirt's
 * error is told here: releasing the object forgets it. */
static int
listing_add(void *cookie, void *object)
{
	struct listing *l = cookie;
	struct virt_object *more, *o;
	char words[VIRT_WORDS];
	size_t cap;
	int rc;

	if (l->n == l->cap) {
		cap = l->cap ? l->cap * 2 : 16;
		if (cap > SIZE_MAX / sizeof(*more) ||
		    (more = realloc(l->o, cap * sizeof(*more))) == NULL) {
			warn_msg("out of memory");
			return -2;
		}
		l->o = more;
		l->cap = cap;
	}
	o = &l->o[l->n];
	memset(o, 0, sizeof(*o));
	if (object_name(l, object, o)) {
		warn_msg("out of memory");
		rc = -2;
	} else if (l->wants != NULL && !l->wants(l->cookie, l->kind, o->name))
		rc = 0;
	else if ((rc = object_fill(l, object, o)) == 1) {
		l->n++;
		return 0;
	} else if (rc == -1 && virt_absent())
		rc = 0;
	else if (rc == -1) {
		warn_msg("libvirt at %s does not give %s:%s: %s", l->v->uri,
		    item_kind_name(l->kind), o->name,
		    virt_words(words, sizeof(words)));
		rc = -2;
	}
	object_clear(o);
	return rc;
}

static int
by_name(const void *a, const void *b)
{
	const struct virt_object *x = a, *y = b;

	return strcmp(x->name, y->name);
}

int
virt_list(struct virt *v, enum item_kind kind, virt_wants_fn *wants,
    void *cookie, struct virt_object **out, size_t *n)
{
	struct listing l = { v, virt_kind(kind), kind, wants, cookie, NULL, 0,
		0 };
	char words[VIRT_WORDS];
	virErrorPtr e;
	int rc;

	*out = NULL;
	*n = 0;
	if (l.k == NULL)
		return 0;
	if ((rc = l.k->each(v->conn, listing_add, &l)) == -1) {
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
	if (rc)
		goto err0;
	if (l.n > 0)
		qsort(l.o, l.n, sizeof(*l.o), by_name);
	if (kind == ITEM_NWFILTER && virt_order(l.o, l.n))
		goto err0;
	*out = l.o;
	*n = l.n;
	return 0;
err0:
	virt_objects_free(l.o, l.n);
	return -1;
}

int
virt_get(struct virt *v, enum item_kind kind, const char *name,
    struct virt_object **out)
{
	struct listing l = { v, virt_kind(kind), kind, NULL, NULL, NULL, 0, 0 };
	char words[VIRT_WORDS];
	void *object;
	int rc;

	*out = NULL;
	if (l.k == NULL)
		return 0;
	if ((object = l.k->find(v->conn, name)) == NULL) {
		if (virt_absent())
			return 0;
		warn_msg("libvirt at %s does not give %s:%s: %s", v->uri,
		    item_kind_name(kind), name,
		    virt_words(words, sizeof(words)));
		return -1;
	}
	rc = listing_add(&l, object);
	l.k->release(object);
	if (rc != 0 || l.n == 0) {
		virt_objects_free(l.o, l.n);
		return rc != 0 ? -1 : 0;
	}
	*out = l.o;
	return 1;
}
