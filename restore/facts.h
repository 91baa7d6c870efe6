#ifndef RESTORE_FACTS_H
#define RESTORE_FACTS_H

#include <jansson.h>
#include <stdint.h>

#include "archive/address.h"
#include "archive/root.h"
#include "archive/virt.h"

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
	char *name; /* nova-compute */
	uint64_t pid;
};

struct facts {
	/* nova's idea of the host's name without a "host" option: etc/hostname
	 * below the root, else the kernel's. */
	char *host_name;
	char *machine_id; /* or NULL */
	struct fact_interface *interfaces;
	size_t ninterfaces;
	struct fact_program *services, *clients;
	size_t nservices, nclients;
	char *hypervisor_name; /* as libvirt says, or NULL */
	char *libvirt_uuid;    /* of the host, or NULL */
	char *capabilities;    /* virConnectGetCapabilities, or NULL */
	struct fact_domcaps {
		char *emulator, *arch, *machine, *type;
		char *xml; /* virConnectGetDomainCapabilities */
	} * domcaps;
	size_t ndomcaps;
};

/* Of this host; ${v} may be NULL.  NULL, said. */
struct facts *facts_here(struct root *root, struct virt *v) MUST_CHECK;
void facts_free(struct facts *f);

/* To and from a description (archive/FORMAT.md, "description"). */
json_t *facts_json(const struct facts *f) MUST_CHECK;
struct facts *facts_parse(const json_t *json) MUST_CHECK;

/* 1 when the address is on an interface (wildcards are on every host). */
int facts_has_address(const struct facts *f, const struct address *a);
const struct fact_interface *
facts_interface(const struct facts *f, const char *name);

#endif
