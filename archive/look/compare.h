#ifndef ARCHIVE_COMPARE_H
#define ARCHIVE_COMPARE_H

#include "archive/bundle/bundle.h"
#include "archive/database/rows.h"

/**
 * compare: what differs between two bundles, item by item: which has it, its
 * bytes, what is known about it; tables row by row, found by their keys and in
 * any order.  Only items whose digests differ are read.  Memory holds two
 * items, or the rows that the other table has not shown yet.
 */
enum compare_type {
	COMPARE_GONE,     /* item only in the first bundle */
	COMPARE_NEW,      /* item only in the second */
	COMPARE_ABOUT,    /* mode, owner, autostart ...: before, after */
	COMPARE_BYTES,    /* file or definition: before, after */
	COMPARE_ROW_GONE, /* row only in the first */
	COMPARE_ROW_NEW,
	COMPARE_ROW_CHANGED, /* same key, other values */
	COMPARE_COLUMNS /* the tables' columns differ: rows are not compared */
};

struct compare_event {
	enum compare_type type;
	const struct item *first, *second; /* the item; NULL where it is not */
	const char *name;                  /* of the item, or of the row */
	const char *what;                  /* ABOUT: "mode", "owner" ... */
	const char *before, *after;        /* ABOUT: text; BYTES: bytes */
	size_t before_len, after_len;
	/* Rows: the columns, ${ncells} of them, and the cells; NULL where not.
	 */
	const struct rows *rows;
	size_t ncells;
	const struct db_value *old, *new;
};

/* 0 to go on, -1 (said) to end. */
typedef int compare_fn(void *cookie, const struct compare_event *e);

/**
 * compare_bundles(first, second, fn, cookie):
 * Call ${fn} for each difference.  DONE when all was compared, equal or not;
 * FAILED, REFUSED (said).
 */
enum outcome compare_bundles(struct bundle *first, struct bundle *second,
    compare_fn *fn, void *cookie) MUST_CHECK;

/* compare_about: call ${fn} for all that is known of two items and differs. */
int compare_about(const struct item *first, const struct item *second,
    compare_fn *fn, void *cookie) MUST_CHECK;

/**
 * compare_rows(first, second, items, fn, cookie):
 * Compare the tables that are current in two parts.  0 or -1; ${*stopped} is
 * set when it was ${fn} or memory that ended it.
 */
int compare_rows(struct bundle_part *first, struct bundle_part *second,
    const struct item *a, const struct item *b, compare_fn *fn, void *cookie,
    int *stopped) MUST_CHECK;

#endif
