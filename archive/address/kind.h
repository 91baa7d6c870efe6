#ifndef ARCHIVE_KIND_H
#define ARCHIVE_KIND_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * kind: the kinds of place that novark knows, as one table for review
 * (kind_table.h): a column of the catalogue, an option of a service, a spot in
 * a definition, a file around OpenStack.  So a report can say "VNC listen
 * address" and not only a line number, and the coverage statement can say what
 * was looked at, what was found and what is absent here.
 */
enum kind_group {
	KIND_COLUMN,  /* from the catalogue (catalog.h): its "what" */
	KIND_OPTION,  /* an option of a configuration file */
	KIND_LIBVIRT, /* a spot in a definition */
	KIND_FILE     /* a file or folder of the file set, as a whole */
};

/* How many kinds there are; each has a number below that. */
size_t kind_count(void);
const char *kind_name(size_t kind); /* for people: "VNC listen address" */
enum kind_group kind_group(size_t kind);

/* The kind of a place in an item: ${item} is its name ("file:/etc/nova/...",
 * "domain:NAME"), ${set} a file's row of the file set (or NULL), ${label} as
 * place_walk gives it.  KIND_NONE: not in the table. */
#define KIND_NONE ((size_t)-1)
size_t kind_of(const char *item, const char *set, const char *label);

/* The kind of a column; KIND_NONE outside the catalogue. */
size_t kind_of_column(const char *role, const char *table, const char *column);

#endif
