#ifndef ARCHIVE_SWEEP_OWN_H
#define ARCHIVE_SWEEP_OWN_H

#include "archive/address/place.h"
#include "archive/look/find.h"

/**
 * sweep_own: is one of the node's own addresses in these bytes?
 */

/* What to look for: the own addresses of ${m}.  NULL when memory ends. */
struct find *sweep_own(const struct manifest *m) MUST_CHECK;

/**
 * sweep_own_holds(own, format, bytes, len):
 * 1 when one stands there as a whole token, or inside what a place of the bytes
 * holds in base64 or gzip (inner.h); 0; -1 said (memory).
 */
int sweep_own_holds(const struct find *own, enum place_format format,
    const char *bytes, size_t len) MUST_CHECK;

#endif
