#ifndef CMD_MASKED_H
#define CMD_MASKED_H

#include "archive/address/place.h"
#include "archive/buf.h"
#include "archive/database/rows.h"
#include "archive/manifest/manifest.h"

/* masked: what of a bundle may be shown. */

/* Append one cell of a table, its secrets masked by the catalogue, by the
 * column's name and inside of it: 0 or -1. */
int masked_cell(const struct rows_cell *cell, const struct db_value *v,
    struct buf *out) MUST_CHECK;

/* Append the bytes of a file or definition with its secrets masked: 0 or -1. */
int masked_item(const struct item *item, const char *bytes, size_t len,
    struct buf *out) MUST_CHECK;

/* Append the value of one place: 0 or -1. */
int masked_place(enum place_role role, const char *bytes, size_t len,
    struct buf *out) MUST_CHECK;

#endif
