#ifndef ARCHIVE_SITE_H
#define ARCHIVE_SITE_H

#include "archive/node/oslo.h"
#include "archive/node/root.h"

/**
 * site: what the configuration of a node says about where things are: its
 * instances folder, its libvirt, its databases.  From nova.conf and its
 * neighbours, by the rows of one table (which file, which option, which
 * default, which role).
 */
struct site_database {
	char *role;   /* nova, cinder, keystone, glance, neutron ... */
	char *url;    /* SQLAlchemy URL, with its password: never shown */
	char *source; /* "file:/etc/nova/nova.conf [database] connection" */
	char *leave;  /* --not this leaves it out, NULL: nothing of the kind */
};

/* An address of the node itself, as an option says it. */
struct site_address {
	char *text;  /* as it stands: may be a name */
	char *where; /* "nova.conf my_ip", "nova.conf [vnc] ..." */
};

struct site {
	char *host;           /* nova's "host", else this machine's name */
	int host_is_set;      /* it is by nova's option */
	char *my_ip;          /* or NULL */
	char *instances_path; /* default $state_path/instances */
	char *state_path;
	char *
	    libvirt_uri; /* from virt_type / libvirt_uri, else qemu:///system */
	struct site_database *databases;
	size_t ndatabases;
	struct site_address *addresses;
	size_t naddresses;
	char **files; /* configuration files that were read */
	size_t nfiles;
	char **mounts; /* folders below which shares are mounted */
	size_t nmounts;
	int has_nova; /* a nova.conf was there */
};

/* The configuration as it stands on disk below ${r}, which must outlive it. */
struct oslo_source site_source(struct root *r);

/**
 * site_load(source, out):
 * Find and read the configuration.  0 with ${*out} (caller's), or -1 said.  No
 * nova.conf at all is no error: ${has_nova} is 0 and defaults stand.
 */
int site_load(const struct oslo_source *source, struct site **out) MUST_CHECK;
void site_free(struct site *s);

/* Add a database that no file names (all is copied): 0, or -1 said. */
int site_add_database(struct site *s, const char *role, const char *url,
    const char *source, const char *leave) MUST_CHECK;
/* Take the last one away again. */
void site_drop_database(struct site *s);

#endif
