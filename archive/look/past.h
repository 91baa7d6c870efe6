#ifndef ARCHIVE_PAST_H
#define ARCHIVE_PAST_H

#include <stddef.h>
#include <stdint.h>

#include "archive/outcome.h"

/**
 * past: how much was left alone as history (deleted rows, what is over), table
 * by table.  A history of years has ten thousand places that nobody wants to
 * read: their number is told.
 */
struct past;

struct past_table {
	char *item; /* "table:nova.volumes" */
	uint64_t rows, places;
	char *last; /* the row that was counted last */
};

struct past *past_new(void) MUST_CHECK;
void past_free(struct past *p);

/* One place more, in the row "row:SCHEMA.TABLE:KEY"; the places of a row come
 * one after the other.  0, or -1 said. */
int past_count(struct past *p, const char *row) MUST_CHECK;

/* The tables that have any, in the order in which they came. */
const struct past_table *past_tables(const struct past *p, size_t *n);

#endif
