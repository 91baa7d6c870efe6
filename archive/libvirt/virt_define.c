#include <libvirt/virterror.h>
#include <openssl/evp.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/virt_kind.h"
#include "archive/warn.h"

/* Say that an act on an object failed, in libvirt's words. */
static int
failed(struct virt *v, const char *what, enum item_kind kind, const char *name)
{
	char words[VIRT_WORDS];

	(void)v;
	warn_msg("libvirt does not %s %s:%s: %s", what, item_kind_name(kind),
	    name, virt_words(words, sizeof(words)));
	return -1;
}

/* The object of that name, or NULL (said). */
static void *
find(struct virt *v, const struct virt_kind *k, enum item_kind kind,
    const char *name)
{
	void *o;

	if ((o = k->find(v->conn, name)) == NULL)
		(void)failed(v, "find", kind, name);
	return o;
}

int
virt_define(
    struct virt *v, enum item_kind kind, const char *name, const char *xml)
{
	const struct virt_kind *k = virt_kind(kind);
	virErrorPtr e;
	void *o;

	if (v->libversion < k->validates)
		return virt_define_loosely(v, kind, name, xml);
	if ((o = k->define(v->conn, xml, 1)) == NULL) {
		e = virGetLastError();
		if (e != NULL && e->code == VIR_ERR_XML_INVALID_SCHEMA)
			return 1;
		return failed(v, "define", kind, name);
	}
	k->release(o);
	return 0;
}

int
virt_define_loosely(
    struct virt *v, enum item_kind kind, const char *name, const char *xml)
{
	const struct virt_kind *k = virt_kind(kind);
	void *o;

	if ((o = k->define(v->conn, xml, 0)) == NULL)
		return failed(v, "define", kind, name);
	k->release(o);
	return 0;
}

int
virt_autostart(struct virt *v, enum item_kind kind, const char *name, int on)
{
	const struct virt_kind *k = virt_kind(kind);
	void *o;
	int rc;

	if (k->set_autostart == NULL) {
		warn_msg("%s:%s cannot be started at all", item_kind_name(kind),
		    name);
		return -1;
	}
	if ((o = find(v, k, kind, name)) == NULL)
		return -1;
	if ((rc = k->set_autostart(o, on)) != 0)
		rc = failed(v, "set autostart of", kind, name);
	k->release(o);
	return rc;
}

int
virt_secret_value(struct virt *v, const char *uuid, const char *base64)
{
	const struct virt_kind *k = virt_kind(ITEM_SECRET);
	size_t len = strlen(base64);
	unsigned char *raw;
	void *o;
	int n, rc = -1;

	if ((o = find(v, k, ITEM_SECRET, uuid)) == NULL)
		goto err0;
	if (len > INT_MAX || (raw = malloc(len / 4 * 3 + 4)) == NULL) {
		warn_msg("out of memory");
		goto err1;
	}
	n = len % 4 == 0
		? EVP_DecodeBlock(raw, (const unsigned char *)base64, (int)len)
		: -1;
	/* The padding is decoded as zero bytes. */
	if (n > 0 && base64[len - 1] == '=')
		n -= base64[len - 2] == '=' ? 2 : 1;
	if (n < 0) {
		warn_msg("secret:%s: its value is no base64", uuid);
		goto err2;
	}
	if (virSecretSetValue(o, raw, (size_t)n, 0)) {
		(void)failed(v, "set the value of", ITEM_SECRET, uuid);
		goto err2;
	}
	rc = 0;
err2:
	explicit_bzero(raw, len / 4 * 3 + 4);
	free(raw);
err1:
	k->release(o);
err0:
	return rc;
}

int
virt_undefine(struct virt *v, enum item_kind kind, const char *name)
{
	const struct virt_kind *k = virt_kind(kind);
	void *o;
	int rc;

	if ((o = find(v, k, kind, name)) == NULL)
		return -1;
	if ((rc = k->undefine(o)) != 0)
		rc = failed(v, "undefine", kind, name);
	k->release(o);
	return rc;
}
