#ifndef ARCHIVE_TABLE_FACTS_H
#define ARCHIVE_TABLE_FACTS_H

#include <stddef.h>

#include "archive/outcome.h"

/**
 * table_facts: what else must be known of a table before rows are written to
 * it: of this host's, or from a description.  A bundle's tables have none.
 */
struct table_unique_column {
	char *name;
	char *collation;     /* or NULL: not a text column */
	unsigned int prefix; /* only so many characters count; 0: all */
};

/* A unique key; the primary one is called PRIMARY. */
struct table_unique {
	char *name;
	struct table_unique_column *columns; /* in the key's order */
	size_t ncolumns;
};

struct table_facts {
	char *engine; /* InnoDB */
	struct table_unique *unique;
	size_t nunique;
	char **needs; /* columns that an INSERT must give a value for */
	size_t nneeds;
	char **triggers; /* "INSERT tg_audit" */
	size_t ntriggers;
};

struct table_facts *table_facts_new(void) MUST_CHECK;
void table_facts_free(struct table_facts *f);

/* NULL is copied as NULL.  0, or -1 said. */
int table_facts_copy(
    const struct table_facts *from, struct table_facts **to) MUST_CHECK;

/* Each 0, or -1 said. */
int table_facts_need(struct table_facts *f, const char *column) MUST_CHECK;
int table_facts_trigger(
    struct table_facts *f, const char *event, const char *name) MUST_CHECK;
/* The next column of the unique key ${key}; a key's columns come in a run. */
int table_facts_unique(struct table_facts *f, const char *key,
    const char *column, const char *collation, unsigned int prefix) MUST_CHECK;

#endif
