#ifndef ARCHIVE_MANIFEST_NAMES_H
#define ARCHIVE_MANIFEST_NAMES_H

#include <stddef.h>
#include <stdint.h>

#include "archive/manifest/manifest.h"

/**
 * manifest_names: inside the manifest room only.  Items by their names. Whoever
 * writes names does not know the hash: it begins with where the table lies.
 */
struct manifest_names {
	struct name_slot *slots; /* a power of two of them; NULL: none yet */
	size_t n, room;
};

/* Make room for one more: 0, or -1 (silent) when memory ends. */
int manifest_names_room(struct manifest_names *t) MUST_CHECK;

/* Add an item, which stays the caller's; behind manifest_names_room, and its
 * name is new.
 */
void manifest_names_add(struct manifest_names *t, const struct item *item);

/* The item of that name, or NULL. */
const struct item *
manifest_names_find(const struct manifest_names *t, const char *name);

void manifest_names_free(struct manifest_names *t);

#endif
