#ifndef ARCHIVE_MASK_H
#define ARCHIVE_MASK_H

#include <stddef.h>

#include "archive/address/place.h"
#include "archive/buf.h"

/* What stands on a screen where a secret was. */
#define MASK_TEXT "***"

/**
 * mask_value(role, bytes, len, out):
 * Append the value of a place to ${out} as it may be shown: a PLACE_SECRET as
 * MASK_TEXT, the password of every URL as MASK_TEXT, else as it is.
 * Return 0, or -1 when memory ends.
 */
int mask_value(enum place_role role, const char *bytes, size_t len,
    struct buf *out) MUST_CHECK;

/**
 * mask_item(format, bytes, len, out):
 * Append a whole item (a file, a definition, a column) to ${out} with every
 * secret in it masked: places with the role PLACE_SECRET, also in commented
 * lines, and passwords in URLs anywhere.  Bytes that are not of ${format} are
 * masked as PLACE_TEXT.  Return 0, or -1 when memory ends.
 */
int mask_item(enum place_format format, const char *bytes, size_t len,
    struct buf *out) MUST_CHECK;

#endif
