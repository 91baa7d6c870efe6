#ifndef ARCHIVE_VIRT_H
#define ARCHIVE_VIRT_H

#include <stddef.h>

#include "archive/buf.h"
#include "archive/manifest/manifest.h"

/**
 * virt: a session with libvirt.  Definitions go in and out as XML; nothing is
 * ever started, stopped or destroyed here.  Once open, several threads may use
 * one session at once.
 */
struct virt;

struct virt_object {
	enum item_kind kind;
	char *name; /* for a secret: its uuid */
	char *uuid;
	char *xml; /* domains: INACTIVE and SECURE */
	int persistent, autostart, active;
	char *value;    /* a secret's value in base64, or NULL */
	int is_private; /* a secret whose value libvirt will not give */
	/* Domains: what they have beside the definition. */
	int has_saved; /* a managed-save image, which it would start from */
	int snapshots, checkpoints; /* how many */
};

/* Open ${uri} (qemu:///embed?root= too: the event loop is set up).  Read-write.
 * NULL and said, naming the URI and --connect / --no-libvirt. */
struct virt *virt_open(const char *uri) MUST_CHECK;
void virt_close(struct virt *v);

/* From here on definitions come without passwords, secrets without values. */
void virt_without_secrets(struct virt *v);

/* Versions as text: "libvirt 9.0.0, QEMU 7.2.0". */
const char *virt_version(const struct virt *v);

/* The host's name as libvirt gives it (malloced), which nova takes for its
 * hypervisor_hostname; NULL when it gives none. */
char *virt_host_name(struct virt *v) MUST_CHECK;

/* 1 when this driver knows the kind at all (embed has domains only). */
int virt_supports(struct virt *v, enum item_kind kind);

/* Is the object of that name asked for?  The others are not read at all. */
typedef int virt_wants_fn(void *cookie, enum item_kind kind, const char *name);

/**
 * virt_list(v, kind, wants, cookie, out, n):
 * Read all objects of a kind that ${wants} (NULL: all), sorted by name;
 * nwfilters: leaves first, then by name.  An unsupported kind gives none, and
 * so does an object that is gone before it is read.  0, or -1 said.
 */
int virt_list(struct virt *v, enum item_kind kind, virt_wants_fn *wants,
    void *cookie, struct virt_object **out, size_t *n) MUST_CHECK;
void virt_objects_free(struct virt_object *o, size_t n);
/* What one holds, and not itself. */
void virt_object_clear(struct virt_object *o);

/**
 * The same one after the other, for of all kinds there may be many: only some
 * definitions are in memory at once.
 *
 *   virt_listing_open   finds them, sorted by name (nwfilters, too); NULL said
 *   virt_listing_names  all of them, of which name and uuid are known: the
 *                       listing's, until the first is read; NULL said
 *   virt_listing_next   1 with the next, which is the listing's until the next
 *                       call, or the caller's who leaves zeros in its place;
 *                       its xml is NULL when it is gone meanwhile; 0 the end;
 *                       -1 said
 *   virt_listing_close
 */
struct virt_listing;
struct virt_listing *virt_listing_open(struct virt *v, enum item_kind kind,
    virt_wants_fn *wants, void *cookie) MUST_CHECK;
const struct virt_object *
virt_listing_names(struct virt_listing *l, size_t *n) MUST_CHECK;
int
virt_listing_next(struct virt_listing *l, struct virt_object **o) MUST_CHECK;
void virt_listing_close(struct virt_listing *l);

/**
 * virt_get(v, kind, name, out):
 * Read one object as virt_list does, but not what a domain has beside its
 * definition.  1 with ${*out} (virt_objects_free with n 1), 0 when there is
 * none of that name, -1 said.
 */
int virt_get(struct virt *v, enum item_kind kind, const char *name,
    struct virt_object **out) MUST_CHECK;

/* The same, but of what is beside the definition only whether it is persistent.
 */
int virt_get_definition(struct virt *v, enum item_kind kind, const char *name,
    struct virt_object **out) MUST_CHECK;

/**
 * virt_define(v, kind, name, xml):
 * Define (or redefine), checked against libvirt's schema where the library can
 * (VALIDATE); ${name} is for the message.  0; 1 when the schema does not allow
 * it: nothing was defined, nothing said; -1 said with libvirt's own words.
 */
int virt_define(struct virt *v, enum item_kind kind, const char *name,
    const char *xml) MUST_CHECK;

/* The same without the schema: libvirt drops what it does not know.  0 or -1.
 */
int virt_define_loosely(struct virt *v, enum item_kind kind, const char *name,
    const char *xml) MUST_CHECK;

/* Mark a domain, network or pool for autostart, or not: 0 or -1. */
int virt_autostart(
    struct virt *v, enum item_kind kind, const char *name, int on) MUST_CHECK;

/* Set a secret's value from base64: 0 or -1. */
int virt_secret_value(
    struct virt *v, const char *uuid, const char *base64) MUST_CHECK;

/* libvirt's capabilities as XML, for free(); NULL: this driver does not tell.
 */
char *virt_capabilities(struct virt *v) MUST_CHECK;

/**
 * virt_domcaps(v, emulator, arch, machine, type, xml):
 * What is offered to a domain of that sort; any may be NULL: libvirt's default.
 * 1 with ${*xml} for free(); 0: it could not be defined; -1: this driver cannot
 * tell.  Says nothing.
 */
int virt_domcaps(struct virt *v, const char *emulator, const char *arch,
    const char *machine, const char *type, char **xml) MUST_CHECK;

/* Forget a definition (for taking back): 0 or -1. */
int
virt_undefine(struct virt *v, enum item_kind kind, const char *name) MUST_CHECK;

#endif
