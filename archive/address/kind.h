#ifndef ARCHIVE_KIND_H
#define ARCHIVE_KIND_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * kind: the kinds of place that novark knows, as one table for review
 * (kind_table.h): an option of a service, a spot in a definition, a file around
 * OpenStack; and a column of the catalogue (catalog_table.h).  So a report can
 * say "VNC listen address" and not only a line number, and the coverage
 * statement can say what was looked at, what was found and what is absent here.
 */
enum kind_group {
	KIND_OPTION,  /* an option of a configuration file */
	KIND_LIBVIRT, /* a spot in a definition */
	KIND_FILE,    /* a file of the file set, as a whole */
	KIND_COLUMN   /* of a database: a column's "what" in the catalogue
		       * (catalog.h); an account */
};
#define KIND_GROUPS 4

/* "option", "libvirt", "file", "column". */
const char *kind_group_name(enum kind_group group);

/* Kinds have numbers below kind_count; not every number has one. */
size_t kind_count(void);
/* For people: "VNC listen address"; NULL: no kind has that number. */
const char *kind_name(size_t kind);
enum kind_group kind_group(size_t kind);

#define KIND_NONE ((size_t)-1)

/**
 * kind_of(item, set, label, bytes, len):
 * The kind of a place in a file, a definition or an account: ${item} is its
 * name
 * ("file:/etc/nova/nova.conf", "domain:NAME"), ${set} a file's row of the file
 * set (or NULL), ${label} and the bytes as place_walk gives them; a label of
 * NULL means the file as a whole.  A place in a file that has no kind of its
 * own has that of the file.  KIND_NONE: not in the table.  Untrusted input:
 * yes.  Allocates: nothing.
 */
size_t kind_of(const char *item, const char *set, const char *label,
    const char *bytes, size_t len);

/* No place in files of this set (may be NULL) has a kind: 1 or 0. */
int kind_is_none_of(const char *set);

/* As kind_of, of a label that begins with a slash, as those in XML do, where
 * that is not so: item and bytes count for nothing. */
size_t kind_of_path(const char *label);

/* Does an option of this kind name a file of certificates? */
int kind_is_certificate(size_t kind);

/* The kind of a column; KIND_NONE outside the catalogue. */
size_t kind_of_column(const char *role, const char *table, const char *column);

#endif
