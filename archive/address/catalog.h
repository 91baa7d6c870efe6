#ifndef ARCHIVE_CATALOG_H
#define ARCHIVE_CATALOG_H

#include <stddef.h>

#include "archive/address/place.h"

/**
 * catalog: which tables tie instances to the place, and what their columns hold
 * (places.md section 1).  A data table (catalog_table.h) that an operator can
 * review: role, table, column, class, form.  Columns that it does not name are
 * "outside the catalogue": shown, held.
 */
enum catalog_class {
	CATALOG_OUTSIDE, /* not named: held */
	CATALOG_ADDRESS, /* A and B: the map applies */
	CATALOG_TENANT,  /* C: a tenant's own data: held */
	CATALOG_HOST     /* H: nova host names: names held, addresses too */
};

/* Do names of hosts stand here, as the whole value or in front of "@"?  Then a
 * "host" rule may apply. */
enum catalog_hosts {
	CATALOG_NO_HOSTS,
	CATALOG_HOSTS,    /* in JSON those by their key */
	CATALOG_CONNECTOR /* in JSON that of an os-brick connector */
};

struct catalog_column {
	const char *role, *table, *column;
	enum catalog_class class;
	enum place_format form; /* PLACE_VALUE or PLACE_JSON */
	enum place_role place;  /* PLACE_PLAIN, PLACE_BRIDGE, ... */
	const char *what; /* kind of place, for people: "VNC listen address" */
	enum catalog_hosts hosts;
};

/* The tables to capture for a role, parents first, NULL at the end (an unknown
 * role has none). */
const char *const *catalog_tables(const char *role);

/* The row for a column, or NULL: outside. */
const struct catalog_column *
catalog_column(const char *role, const char *table, const char *column);

/* Every row, in the order of the table: row 0 and on, NULL behind the last. */
const struct catalog_column *catalog_row(size_t n);

/* The column that marks a row as deleted ("deleted"), or NULL when the table
 * has none.  A row is history when its value is neither "0", "" nor NULL. */
const char *catalog_deleted(const char *role, const char *table);

/* 1 when "ROLE.TABLE" must be there for that role to make sense at all. */
int catalog_required(const char *role, const char *table);

#endif
