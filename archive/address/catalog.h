#ifndef ARCHIVE_CATALOG_H
#define ARCHIVE_CATALOG_H

#include <stddef.h>

#include "archive/address/place.h"

/**
 * catalog: which tables tie instances to the place, and what their columns hold
 * (places.md section 1).  Two data tables that an operator can review: tables
 * and rows (catalog_roles.h), columns (catalog_table.h).  Columns that they do
 * not name are "outside the catalogue": shown, held.
 */
enum catalog_class {
	CATALOG_OUTSIDE, /* not named: held */
	CATALOG_ADDRESS, /* A and B: the map applies */
	CATALOG_NETWORK, /* so where the row's network is external (external.h),
			  * else a tenant's own: held */
	CATALOG_TENANT,  /* C: a tenant's own data: held */
	CATALOG_HOST,    /* H: nova host names: names held, addresses too */
	CATALOG_HISTORY  /* what was: left alone and counted */
};

/* How an address stands in the column. */
enum catalog_form {
	CATALOG_FORM_PLAIN,  /* alone, or a name */
	CATALOG_FORM_NET,    /* a network, 10.2.116.0/24 */
	CATALOG_FORM_URL,    /* perhaps with a login */
	CATALOG_FORM_PORTAL, /* ip:port,tpgt iqn lun; several with ";" */
	CATALOG_FORM_JSON,   /* somewhere in it */
	CATALOG_FORM_TEXT    /* somewhere in what a person or a driver wrote */
};

/* Do names of hosts stand here, as the whole value or in front of "@"?  Then a
 * "host" rule may apply. */
enum catalog_hosts {
	CATALOG_NO_HOSTS,
	CATALOG_HOSTS,     /* in JSON those by their key */
	CATALOG_CONNECTOR, /* in JSON that of an os-brick connector */
	CATALOG_POOL       /* host@backend#pool: behind "#" the map applies */
};

struct catalog_column {
	const char *role, *table, *column;
	enum catalog_class class;
	enum catalog_form kind;
	enum place_format form; /* it, for place_walk */
	enum place_role place;  /* PLACE_PLAIN, PLACE_BRIDGE, ... */
	const char *what; /* kind of place, for people: "VNC listen address" */
	enum catalog_hosts hosts;
	const char *through; /* NETWORK: the row's column that leads to it */
};

/* A row of ${table} names something on an external network in ${id}, when
 * ${through} (or NULL) is known to be on one and ${test} (or NULL) is ${is}. */
struct catalog_external {
	const char *role, *table, *id, *through, *test, *is;
};

/* The tables to capture for a role, parents first, NULL at the end (an unknown
 * role has none). */
const char *const *catalog_tables(const char *role);

/* The row for a column, or NULL: outside. */
const struct catalog_column *
catalog_column(const char *role, const char *table, const char *column);

/* Every row, in the order of the table: row 0 and on, NULL behind the last. */
const struct catalog_column *catalog_row(size_t n);

/* "plain", "net", "url", "portal", "json", "text". */
const char *catalog_form_name(enum catalog_form form);

/* The column that marks a row as deleted ("deleted"), or NULL when the table
 * has none.  A row is history when its value is neither "0", "" nor NULL. */
const char *catalog_deleted(const char *role, const char *table);

/* The column that tells whether a row is history though nobody deleted it, or
 * NULL; and 1 when this value of it says so. */
const char *catalog_over(const char *role, const char *table);
int catalog_is_over(
    const char *role, const char *table, const char *value, size_t len);

/* 1 when "ROLE.TABLE" must be there for that role to make sense at all. */
int catalog_required(const char *role, const char *table);

/* 1 when only those rows of a table are captured that the sweep finds an
 * address in, but the catalogue names columns of it. */
int catalog_found(const char *role, const char *table);

/* Why a table is left out though addresses stand in it, for people; or NULL: it
 * is not. */
const char *catalog_dropped(const char *role, const char *table);

/* The rows that say what is external, in the order of the tables. */
const struct catalog_external *catalog_externals(size_t *n);

#endif
