#ifndef RESTORE_FACTS_H
#define RESTORE_FACTS_H

#include <jansson.h>
#include <stdint.h>

#include "archive/address/address.h"
#include "archive/libvirt/virt.h"
#include "archive/node/root.h"

/**
 * facts: what preflight must know of a destination.  Read from this host, or
 * from the description that a "snapshot --describe" took there, so that one
 * preflight serves both.  Checks read facts, never the host.
 */
struct fact_interface {
	char *name;
	int is_bridge;
	struct address *addresses;
	size_t naddresses;
};

/* A program that runs here and would write, or a libvirt client. */
struct fact_program {
	char *name;   /* nova-compute; for a client whose program cannot be seen
			 what libvirt says of it */
	uint64_t pid; /* or 0 */
	char *unit;   /* systemd's: nova-compute.service; or NULL */
};

/* What stands at a path, links followed below the root. */
enum fact_type {
	FACT_ABSENT,
	FACT_REGULAR,
	FACT_FOLDER,
	FACT_BLOCK,  /* a block device */
	FACT_OTHER,  /* a socket, FIFO or the like */
	FACT_UNKNOWN /* a description does not say, or it may not be looked at
		      */
};

struct fact_file {
	char *path; /* as on the node */
	enum fact_type type;
	uint64_t size;
	/* What its first bytes are; the rest is of a qcow2 image's header. */
	enum fact_image {
		FACT_NO_IMAGE, /* raw, as far as novark knows formats */
		FACT_QCOW2,
		FACT_BROKEN, /* begins as qcow2 does, but does not hold */
		FACT_UNREAD  /* it may not be read, or was not */
	} image;
	char *backing;        /* as it stands in the header, or NULL */
	char *backing_format; /* likewise: never guessed */
	char *data;           /* its external data file, or NULL */
};

/* A definition that is here, as far as domains and others may need it. */
struct fact_object {
	enum item_kind kind; /* ITEM_SECRET to ITEM_POOL */
	char *name;          /* a secret's is its uuid, in lower case */
	char *usage;         /* a secret's: "ceph NAME", or NULL */
	/* nwfilters that a filter refers to; the bridge that a network makes */
	char **refs;
	size_t nrefs;
};

/* What libvirt offers to domains of one sort.  The sort is what was asked
 * for, NULL: libvirt's default; the rest is the answer. */
struct fact_domcaps {
	char *emulator, *arch, *machine, *type;
	char *xml; /* virConnectGetDomainCapabilities, or NULL: not offered */
};

struct facts {
	/* This host, where it is one: what is below is then read when it is
	 * asked for.  NULL: from a description. */
	struct root *root;
	struct virt *virt;
	/* nova's idea of the host's name without a "host" option: the kernel's,
	 * of another root than / what its etc/hostname says.  NULL: unseen. */
	char *host_name;
	char *machine_id; /* or NULL */
	struct fact_interface *interfaces;
	size_t ninterfaces;
	struct fact_program *services, *clients;
	size_t nservices, nclients;
	/* What could not be looked at, with the reason. */
	char **unseen;
	size_t nunseen;
	char *hypervisor_name; /* as libvirt says, or NULL */
	char *libvirt_uuid;    /* of the host, or NULL */
	char *capabilities;    /* virConnectGetCapabilities, or NULL */
	struct fact_domcaps *domcaps;
	size_t ndomcaps;
	struct fact_object *objects; /* by kind and name */
	size_t nobjects;
	int has_objects[ITEM_KINDS]; /* those of the kind are read */
	struct fact_file *files;     /* of a description, by path */
	size_t nfiles;
};

/* Of this host; ${v} may be NULL.  NULL, said. */
struct facts *facts_here(struct root *root, struct virt *v) MUST_CHECK;
void facts_free(struct facts *f);

/* To and from a description (archive/FORMAT.md, "description"). */
json_t *facts_json(const struct facts *f) MUST_CHECK;
struct facts *facts_parse(const json_t *json) MUST_CHECK;

/* 1 when the address is on an interface; wildcards and loopback are on every
 * host. */
int facts_has_address(const struct facts *f, const struct address *a);
const struct fact_interface *
facts_interface(const struct facts *f, const char *name);

/**
 * facts_file(f, path, out):
 * What stands there; an image's header is read, too.  Never blocks, opens
 * regular files and block devices only.  0 with ${out} (facts_file_free), or
 * -1 said (memory): what cannot be looked at is FACT_UNKNOWN.
 */
int
facts_file(struct facts *f, const char *path, struct fact_file *out) MUST_CHECK;
void facts_file_free(struct fact_file *file);

/**
 * facts_files_add(f, folder):
 * For a description: all that stands in ${folder}, as deep as it goes, and what
 * the images in it have behind them, to ${f}->files.  A folder that is not
 * there is told of, too.  0, or -1 said.
 */
int facts_files_add(struct facts *f, const char *folder) MUST_CHECK;

/* The definition of that name (secrets: uuid): 1 with ${*out}; 0: none; -1
 * said.  A kind that this libvirt does not know has none. */
int facts_object(struct facts *f, enum item_kind kind, const char *name,
    const struct fact_object **out) MUST_CHECK;
/* The same for a secret by what it is for, "ceph NAME". */
int facts_secret(struct facts *f, const char *usage,
    const struct fact_object **out) MUST_CHECK;

/* What domains of that sort are offered (any may be NULL): 1 with ${*out}; 0:
 * no such domains here; -1: it cannot be told; -2 said (memory).  libvirt is
 * asked once for each sort; ${*out} lives until the next question. */
int facts_domcaps(struct facts *f, const char *emulator, const char *arch,
    const char *machine, const char *type,
    const struct fact_domcaps **out) MUST_CHECK;

/**
 * Of libvirt, for facts_here: host's name, uuid and capabilities.  What libvirt
 * does not tell stays NULL.  facts_virt_all reads what else a description
 * needs: objects and domcaps.  facts_virt_free frees these and files.  0, or -1
 * said.
 */
int facts_virt(struct facts *f) MUST_CHECK;
int facts_virt_all(struct facts *f) MUST_CHECK;
void facts_virt_free(struct facts *f);

/* libvirt's part of the JSON, and files: into the object that facts_json makes
 * (0, or -1 when memory ends, not said), and out of it (0, or -1 said). */
int facts_virt_json(const struct facts *f, json_t *o) MUST_CHECK;
int facts_virt_parse(struct facts *f, const json_t *o) MUST_CHECK;

#endif
