#ifndef ARCHIVE_MANIFEST_PRIVATE_H
#define ARCHIVE_MANIFEST_PRIVATE_H

#include <jansson.h>

#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_names.h"
#include "archive/manifest/manifest_pending.h"

/* Inside the manifest room only. */

struct manifest_private {
	struct kinds_tally *kinds; /* what a snapshot has counted, or NULL */
	struct manifest_names names;
	struct pending pending; /* counts for the item that is added next */
	void *twins;   /* tsearch tree of folded names that are no names */
	size_t weight; /* of the items, and of what else was parsed */
};

/**
 * manifest_grow(&array, n, size):
 * Make room for one more element of ${size} bytes in an array that holds ${n}
 * and grows only this way.  0, or -1 said.
 */
int manifest_grow(void *array, size_t n, size_t size) MUST_CHECK;

/* Keep an item that was added among those that may have twins: 0 or -1. */
int manifest_twin_add(struct manifest *m, const struct item *item) MUST_CHECK;
void manifest_twin_free(struct manifest *m);

/* Copies both; ${item} may be NULL.  0, or -1 said. */
int manifest_add_warning(
    struct manifest *m, const char *item, const char *text) MUST_CHECK;

/* Append a value, and let it go; NULL is a failure, and so is one that a reader
 * would refuse.  ${what} names it.  0, or -1 said. */
int
manifest_add_json(struct buf *out, const char *what, json_t *value) MUST_CHECK;

/* What --host left in and out. */
void manifest_free_hosts(struct manifest *m);
int manifest_print_hosts(const struct manifest *m, struct buf *out) MUST_CHECK;

/* Move the pending counts into the index, for item number ${item}: 0 or -1. */
int manifest_settle(struct manifest *m, size_t item) MUST_CHECK;
/* Drop the pending counts. */
void manifest_forget(struct manifest *m);

/* Append one line of the index: 0, or -1 said. */
int manifest_add_count(struct manifest *m, const struct address *a, size_t item,
    uint64_t count) MUST_CHECK;

/* Sort the index by item, then by address (as in memory)... */
void manifest_sort_by_item(struct address_count *index, size_t n);
/* ... or by address, then by item (as in the document). */
void manifest_sort_by_address(struct address_count *index, size_t n);

/* What it takes in memory, or a little more. */
size_t item_weight(const struct item *item);

/* A warning of a snapshot takes room, too. */
void
manifest_weigh_warning(struct manifest *m, const char *item, const char *text);

/* An item as JSON (a new reference), or NULL (silent): not UTF-8, no memory. */
json_t *item_print(const struct item *item) MUST_CHECK;

/* Append the line that manifest_add_json makes of that, in a fraction of the
 * time: 1; 0: nothing appended, item_print has to be asked; -1 said. */
int item_print_quick(const struct item *item, struct buf *out) MUST_CHECK;

/* The reverse: NULL (said, ${what} in front) when it is no item. */
struct item *item_parse(const char *what, json_t *json) MUST_CHECK;

/**
 * item_parse_quick(bytes, len, used):
 * The item that item_parse makes of the first ${*used} of these bytes, in a
 * fraction of the time; or NULL (silent), which says nothing: item_parse has to
 * be asked.  It is of one block (struct item).  Untrusted input: yes.
 */
struct item *
item_parse_quick(const char *bytes, size_t len, size_t *used) MUST_CHECK;

#endif
