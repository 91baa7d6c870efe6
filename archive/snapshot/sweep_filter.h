#ifndef ARCHIVE_SWEEP_FILTER_H
#define ARCHIVE_SWEEP_FILTER_H

#include "archive/database/db.h"

/**
 * sweep_filter: what a server can say fast of the rows in which an address may
 * stand.  It lets through too many rows, never too few: whoever reads them
 * looks for the address as a whole token (address.h).
 *
 * Through it goes each row with a text column that, in any spelling which
 * address.h finds, holds one of the addresses; that is base64 of such a text
 * (where the server knows FROM_BASE64: MySQL 5.6, MariaDB 10.0); or that begins
 * as gzip or as gzip in base64.
 */
struct sweep_filter {
	char **patterns; /* of LIKE (sweep_pattern.h) */
	size_t n;
	struct buf regexp; /* all of them, where REGEXP is fast and takes bytes:
			    * its cost does not grow with the addresses */
	int base64, pcre;  /* this server knows FROM_BASE64, such a REGEXP */
};

/* For the own addresses of ${m}, at the server behind ${db}: 0, or -1 said. */
int sweep_filter_start(
    struct sweep_filter *f, const struct manifest *m, struct db *db) MUST_CHECK;
void sweep_filter_free(struct sweep_filter *f);

/* 1 when an address can stand in a column as text, also in one of a blob. */
int sweep_filter_column(const struct item_column *c);

/**
 * sweep_filter_where(f, t, where):
 * Append the condition for a table.  1; 0 when no column of it can hold an
 * address; -1 said.
 */
int sweep_filter_where(const struct sweep_filter *f, const struct item_table *t,
    struct buf *where) MUST_CHECK;

#endif
