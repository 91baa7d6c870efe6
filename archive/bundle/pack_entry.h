#ifndef ARCHIVE_PACK_ENTRY_H
#define ARCHIVE_PACK_ENTRY_H

#include <archive_entry.h>
#include <locale.h>

#include "archive/bundle/pack.h"

/**
 * pack_entry: inside pack only.  An item as libarchive's description of an
 * entry, in the one form that it has in a part.
 */

/* libarchive converts names from the charset of the thread's locale to pax's
 * UTF-8: names are UTF-8 here, whatever the user's locale is.  Open once; enter
 * and leave around each call. */
struct pack_utf8 {
	locale_t here, before;
};
/* 0, or -1 said. */
int pack_utf8_open(struct pack_utf8 *u) MUST_CHECK;
void pack_utf8_enter(struct pack_utf8 *u);
void pack_utf8_leave(struct pack_utf8 *u);
void pack_utf8_close(struct pack_utf8 *u);

/* The entry for ${item}, for archive_entry_free; NULL (said): out of memory. */
struct archive_entry *
pack_entry_new(const struct item *item, enum pack_entry which) MUST_CHECK;

/* NULL when ${e}, read from a tar, is what pack_entry_new makes of the item;
 * else what differs: "its size", "its mode", ... */
const char *pack_entry_differs(struct archive_entry *e, const struct item *item,
    enum pack_entry which) MUST_CHECK;

#endif
