#ifndef RESTORE_ALLOW_ROW_H
#define RESTORE_ALLOW_ROW_H

#include <libxml/tree.h>
#include <stddef.h>

#include "archive/outcome.h"

/**
 * row: what may be in a definition.  The first row that fits decides; what no
 * row fits is refused ("unlisted"), and what has a namespace of its own, too
 * ("commandline"), but in metadata.
 *
 * A path starts below the root element: "devices/disk/source@file".  A part is
 * a name, or several with bars; [a|b] behind it: of that type="" only.  "@a|b"
 * are attributes, "@*" all; two stars at the end are the element with all in
 * it.  What stands in a backingStore is looked up as if it stood outside.
 */
enum allow_rule {
	ALLOW_YES,      /* reaches nothing outside */
	ALLOW_NO,       /* only when it is released */
	ALLOW_ONE_OF,   /* its value must be one of these words ('' is none) */
	ALLOW_PATH,     /* its value must be in the folders of that sort */
	ALLOW_DISK,     /* the format of what it opens must be said */
	ALLOW_EMULATOR, /* its value must be an emulator of this libvirt */
};

struct allow_row {
	const char *path;
	enum allow_rule rule;
	const char *arg;  /* words, or a sort of folder_table.h */
	const char *name; /* of name_table.h: what releases it */
};

/* Where the walk is: the elements below the root, outermost first. */
#define ROW_DEPTH 64
struct row_at {
	xmlNodePtr chain[ROW_DEPTH];
	size_t n;
};

/**
 * row_find(found, rows, n, at, attr):
 * The first row for the innermost element, or its attribute ${attr} (else
 * NULL); NULL: there is none.  ${found} remembers what was found in these rows
 * (NULL: nothing does), for definitions are much alike.
 */
struct row_found;
const struct allow_row *
row_find(struct row_found *found, const struct allow_row *rows, size_t n,
    const struct row_at *at, const char *attr);

struct row_found *row_found_new(void) MUST_CHECK;
void row_found_free(struct row_found *found);

/* 1 when ${word} is one of ${words}, divided by ${by}; '' is the empty one. */
int row_has(const char *words, char by, const char *word);

#endif
