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
 * lines, passwords in URLs anywhere, what a line gives by the word in front of
 * it, passwords' hashes, the bodies of private keys, and base64, hex or %XX of
 * a text that has one of these (secret.h).  Nothing is guessed: a secret that
 * stands alone and has no name is shown, but for the files that are carried
 * without a look (fileset_table.h).  Bytes that are not of ${format} are
 * masked as PLACE_TEXT.  Return 0, or -1 when memory ends.
 */
int mask_item(enum place_format format, const char *bytes, size_t len,
    struct buf *out) MUST_CHECK;

/**
 * mask_none(formats, n, bytes, len):
 * Would mask_item leave the whole as it is, whichever of the ${formats} it is
 * said to have?  1, 0, or -1 when memory ends.
 */
int mask_none(const enum place_format *formats, size_t n, const char *bytes,
    size_t len) MUST_CHECK;

#endif
