#include "cmd/masked.h"

#include "archive/catalog.h"
#include "archive/mask.h"

int
masked_cell(const struct item_table *t, const struct item_column *column,
    const struct db_value *v, struct buf *out)
{
	const struct catalog_column *known;

	known = catalog_column(t->role, t->table, column->name);
	if (place_is_secret(column->name) ||
	    (known != NULL && known->place == PLACE_SECRET))
		return mask_value(PLACE_SECRET, v->data, v->len, out);
	return mask_item(
	    known != NULL ? known->form : PLACE_VALUE, v->data, v->len, out);
}

int
masked_item(
    const struct item *item, const char *bytes, size_t len, struct buf *out)
{

	return mask_item(
	    item->kind == ITEM_FILE ? item->file->format : PLACE_XML, bytes,
	    len, out);
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
