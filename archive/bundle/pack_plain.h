#ifndef ARCHIVE_PACK_PLAIN_H
#define ARCHIVE_PACK_PLAIN_H

#include "archive/bundle/pack.h"

/**
 * pack_plain: inside pack only.  The header of an entry that needs no pax
 * record, byte for byte as libarchive writes it; most have none, and libarchive
 * needs longer for a header than zstd for a small file.
 */
#define PACK_BLOCK 512

/* The header of ${item}'s own bytes into ${h}: 1, or 0 when it may not fit into
 * plain ustar and is for libarchive: a link, attributes, long names, names that
 * are not ASCII, large numbers. */
int pack_plain(const struct item *item, unsigned char h[PACK_BLOCK]);

#endif
