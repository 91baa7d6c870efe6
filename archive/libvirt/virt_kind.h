#ifndef ARCHIVE_VIRT_KIND_H
#define ARCHIVE_VIRT_KIND_H

#include <libvirt/libvirt.h>

#include "archive/libvirt/virt.h"

/**
 * virt_kind: which libvirt call does what for which kind, as one table.  For
 * the virt rooms alone; everyone else sees virt.h.  An object is passed as
 * void *: what the kind's own calls gave, and nothing else takes it.
 */
struct virt {
	virConnectPtr conn;
	char *uri;
	char *version;
	int no_secrets;
	unsigned long libversion; /* of the driver's side: 9000000 is 9.0.0 */
};

/* 0 to go on; anything else ends the walk and is its result. */
typedef int virt_each_fn(void *cookie, void *object);

/* What an object is beside its definition: as bits, known for all at once from
 * lists of those that are so. */
#define VIRT_PERSISTENT 1u
#define VIRT_ACTIVE     2u
#define VIRT_AUTOSTART  4u
#define VIRT_BESIDE     8u  /* there is something that beside tells of */
#define VIRT_ASK        16u /* not known: each is asked for */
#define VIRT_STAYS      32u /* nothing but whether it is persistent is */

struct virt_trait {
	unsigned flag; /* of the call that lists; 0 ends a table */
	unsigned trait;
};

struct virt_kind {
	const char *plural;
	/* VALIDATE is understood from this libvirt on. */
	unsigned long validates;
	/* How many there are, or -1 (libvirt's last error tells why). */
	int (*count)(virConnectPtr c);
	/* ${fn} for each object that the list with ${flags} has, which is
	 * released afterwards.  -1: libvirt's. */
	int (*each)(
	    virConnectPtr c, unsigned flags, virt_each_fn *fn, void *cookie);
	const struct virt_trait *traits; /* NULL: it has none */
	/* NULL: libvirt's last error tells why. */
	void *(*find)(virConnectPtr c, const char *name);
	int (*keep)(void *object); /* to be released once more: 0, -1 */
	void (*release)(void *object);
	const char *(*name)(void *object); /* NULL: the uuid is the name */
	int (*uuid)(void *object, char *uuid);
	/* ${secrets}: with passwords, where the kind has any. */
	char *(*xml)(void *object, int secrets);
	/* NULL: always so.  Else 1, 0 or -1. */
	int (*persistent)(void *object);
	/* NULL: never so.  Else 1, 0 or -1. */
	int (*active)(void *object);
	int (*autostart)(void *object, int *on);
	int (*set_autostart)(void *object, int on);
	/* The object, to be released, or NULL. */
	void *(*define)(virConnectPtr c, const char *xml, int validate);
	int (*undefine)(void *object);
	/* What an object has beside its definition; NULL: nothing. */
	void (*beside)(void *object, struct virt_object *o);
};

/**
 * virt_object_name(kind, object, o):
 * Begin ${o}: what it is called, without asking the driver.  0, or -1 said.
 */
int virt_object_name(
    enum item_kind kind, void *object, struct virt_object *o) MUST_CHECK;

/**
 * virt_object_read(v, object, traits, o):
 * Read the rest.  1; 0 when it is gone meanwhile; -1 said.  Safe in several
 * threads at once, for different objects.
 */
int virt_object_read(struct virt *v, void *object, unsigned traits,
    struct virt_object *o) MUST_CHECK;

/* The row of a kind; NULL for files and tables. */
const struct virt_kind *virt_kind(enum item_kind kind);

/* 1 when libvirt's last error says that there is no such object. */
int virt_absent(void);

/**
 * virt_words(text, len):
 * libvirt's own words on its last error, in one line, into ${text}.
 */
const char *virt_words(char *text, size_t len);
#define VIRT_WORDS 512

/* Put nwfilters behind those that they refer to, else by name: 0 or -1. */
int virt_order(struct virt_object *o, size_t n) MUST_CHECK;

#endif
