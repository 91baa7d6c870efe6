#ifndef CMD_MASKED_H
#define CMD_MASKED_H

#include "archive/address/place.h"
#include "archive/buf.h"
#include "archive/database/rows.h"
#include "archive/manifest/manifest.h"

/* masked: what of a bundle may be shown. */

/* Append one cell of a row, its secrets masked by the catalogue, by the
 * column's name, by what the row says that it is, and inside of it: 0 or -1. */
int masked_cell(const struct rows *rows, const struct db_value *row,
    size_t cell, struct buf *out) MUST_CHECK;

/* Append the bytes of a file or definition with its secrets masked: 0 or -1. */
int masked_item(const struct item *item, const char *bytes, size_t len,
    struct buf *out) MUST_CHECK;

/* Append the value of one place: 0 or -1. */
int masked_place(enum place_role role, const char *bytes, size_t len,
    struct buf *out) MUST_CHECK;

#endif
