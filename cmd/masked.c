#include "cmd/masked.h"

#include "archive/address/mask.h"

int
masked_cell(const struct rows *rows, const struct db_value *row, size_t cell,
    struct buf *out)
{
	const struct db_value *v = &row[cell];

	if (rows_secret(rows, row, cell))
		return mask_value(PLACE_SECRET, v->data, v->len, out);
	return mask_item(rows_cell(rows, cell)->form, v->data, v->len, out);
}

int
masked_item(
    const struct item *item, const char *bytes, size_t len, struct buf *out)
{

	return mask_item(item_format(item), bytes, len, out);
}

int
masked_place(
    enum place_role role, const char *bytes, size_t len, struct buf *out)
{

	/* A comment may be an option that somebody put out of use. */
	if (role == PLACE_COMMENT)
		return mask_item(PLACE_INI, bytes, len, out);
	return mask_value(role, bytes, len, out);
}
