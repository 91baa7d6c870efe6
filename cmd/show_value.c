#include "cmd/show_value.h"

#include <string.h>

#include "archive/address/catalog.h"
#include "archive/address/mask.h"
#include "restore/plan/diff.h"

static void
row_cell(const struct manifest *m, const struct plan_record *rec,
    struct show_cell *out)
{
	const struct item *item = manifest_find(m, rec->source);
	const struct catalog_column *c = NULL;

	out->format = PLACE_VALUE;
	if (item != NULL && item->table != NULL)
		c = catalog_column(
		    item->table->role, item->table->table, out->cell->name);
	if (c != NULL) {
		out->format = c->form;
		out->role = c->place;
	}
	if (place_is_secret(out->cell->name))
		out->role = PLACE_SECRET;
}

void
show_cell(const struct manifest *m, const struct plan_record *rec,
    const struct plan_cell *cell, struct show_cell *out)
{
	const struct item *item;

	*out = (struct show_cell){ cell, PLACE_VALUE, PLACE_PLAIN, 0, 0 };
	if (rec->kind == ITEM_TABLE) {
		row_cell(m, rec, out);
	} else if (rec->kind != ITEM_FILE) {
		out->whole = strcmp(cell->name, "xml") == 0;
		out->format = out->whole ? PLACE_XML : PLACE_VALUE;
	} else if (strcmp(cell->name, "content") == 0) {
		out->whole = 1;
		item =
		    rec->source == NULL ? NULL : manifest_find(m, rec->source);
		out->format = item == NULL || item->file == NULL
				  ? PLACE_TEXT
				  : item->file->format;
		out->opaque = out->format == PLACE_OPAQUE;
	}
	if (cell->secret)
		out->role = PLACE_SECRET;
}

int
show_masked(
    const struct show_cell *c, const char *bytes, size_t len, struct buf *out)
{

	if (bytes == NULL)
		return 0;
	if (c->role == PLACE_SECRET || (c->format != PLACE_JSON && !c->whole))
		return mask_value(c->role, bytes, len, out);
	return mask_item(c->format, bytes, len, out);
}

int
show_unchanged(const struct plan_cell *cell)
{

	return cell->before != NULL && cell->after != NULL &&
	       cell->before_len == cell->after_len &&
	       memcmp(cell->before, cell->after, cell->before_len) == 0;
}

int
show_same(const struct buf *before, const struct buf *after)
{

	return before->len == after->len &&
	       (before->len == 0 ||
		   memcmp(before->data, after->data, before->len) == 0);
}

int
show_diff(const struct show_cell *c, struct buf *out)
{
	const struct plan_cell *cell = c->cell;
	struct buf before = BUF_EMPTY, after = BUF_EMPTY;
	int rc = -1;

	if (c->opaque && cell->before == NULL)
		return buf_addf(out, "(binary, %zu bytes)\n", cell->after_len);
	if (c->opaque)
		return buf_addf(out, "(binary, %zu bytes to %zu bytes)\n",
		    cell->before_len, cell->after_len);
	if (show_masked(c, cell->before, cell->before_len, &before) == -1 ||
	    show_masked(c, cell->after, cell->after_len, &after) == -1)
		goto out;
	if (cell->before != NULL && show_same(&before, &after))
		rc = buf_adds(out, "(a masked value changes)\n");
	else
		rc = diff_unified(
		    before.data, before.len, after.data, after.len, out);
out:
	buf_free(&before);
	buf_free(&after);
	return rc;
}
