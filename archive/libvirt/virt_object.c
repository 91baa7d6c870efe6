#include <libvirt/virterror.h>
#include <openssl/evp.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_kind.h"
#include "archive/libvirt/virt_xml.h"
#include "archive/warn.h"

void
virt_object_clear(struct virt_object *o)
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
		virt_object_clear(&o[i]);
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

/* What a running kind tells of one object: 0, or -1 libvirt's error. */
static int
ask_traits(const struct virt_kind *k, void *object, unsigned traits,
    struct virt_object *o)
{

	if (k->persistent != NULL &&
	    (o->persistent = k->persistent(object)) == -1)
		return -1;
	if ((traits & VIRT_STAYS) != 0)
		return 0;
	if (k->active != NULL && (o->active = k->active(object)) == -1)
		return -1;
	/* A transient object has no such setting. */
	if (o->persistent && k->autostart != NULL &&
	    k->autostart(object, &o->autostart))
		return -1;
	return 0;
}

/* As virt_object_read, but libvirt's own error is -1 and not said, -2 is. */
static int
read_all(struct virt *v, const struct virt_kind *k, void *object,
    unsigned traits, struct virt_object *o)
{

	if ((o->xml = k->xml(object, !v->no_secrets)) == NULL)
		return -1;
	o->persistent = 1;
	if ((traits & (VIRT_ASK | VIRT_STAYS)) != 0) {
		if (ask_traits(k, object, traits, o))
			return -1;
	} else if (k->traits != NULL) {
		o->persistent = (traits & VIRT_PERSISTENT) != 0;
		o->active = (traits & VIRT_ACTIVE) != 0;
		o->autostart = (traits & VIRT_AUTOSTART) != 0;
	}
	if (k->beside != NULL && (traits & VIRT_BESIDE) != 0)
		k->beside(object, o);
	if (o->kind == ITEM_SECRET && secret_value(object, v->no_secrets, o))
		return -2;
	return 1;
}

int
virt_object_read(
    struct virt *v, void *object, unsigned traits, struct virt_object *o)
{
	char words[VIRT_WORDS];
	int rc;

	if ((rc = read_all(v, virt_kind(o->kind), object, traits, o)) == 1)
		return 1;
	if (rc == -1 && virt_absent())
		return 0;
	/* Told here: releasing the object forgets it. */
	if (rc == -1)
		warn_msg("libvirt at %s does not give %s:%s: %s", v->uri,
		    item_kind_name(o->kind), o->name,
		    virt_words(words, sizeof(words)));
	return -1;
}

int
virt_object_name(enum item_kind kind, void *object, struct virt_object *o)
{
	const struct virt_kind *k = virt_kind(kind);
	char uuid[VIR_UUID_STRING_BUFLEN];
	const char *name = uuid;

	memset(o, 0, sizeof(*o));
	o->kind = kind;
	if (k->uuid(object, uuid) == 0 &&
	    (k->name == NULL || (name = k->name(object)) != NULL)) {
		o->name = strdup(name);
		o->uuid = strdup(uuid);
	}
	if (o->name != NULL && o->uuid != NULL)
		return 0;
	warn_msg("out of memory");
	virt_object_clear(o);
	return -1;
}
