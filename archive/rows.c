#include "archive/rows.h"

#include <inttypes.h>
#include <stdlib.h>

#include "archive/db_schema.h"
#include "archive/row_name.h"
#include "archive/warn.h"

struct rows {
	struct tabfile *tab;
	const struct item *item;
	const struct item_column **columns; /* one for each cell */
	size_t width;
	size_t *key; /* cells of the primary key */
	size_t nkey;
	uint64_t row; /* number of the current one, from 1 */
};

static ssize_t
read_part(void *cookie, void *buf, size_t len)
{

	return bundle_part_read(cookie, buf, len);
}

/* Which column each cell belongs to, and which cells make the key. */
static void
find_columns(struct rows *r, const struct item_table *t)
{
	size_t i;
	int k;

	for (i = 0; i < t->ncolumns; i++) {
		if (!t->columns[i].generated)
			r->columns[r->width++] = &t->columns[i];
	}
	for (k = 1; (size_t)k <= r->width; k++) {
		for (i = 0; i < r->width; i++) {
			if (r->columns[i]->key == k)
				r->key[r->nkey++] = i;
		}
	}
}

struct rows *
rows_open(struct bundle_part *p, const struct item *item)
{
	const struct item_table *t = item->table;
	struct rows *r;

	if ((r = calloc(1, sizeof(*r))) == NULL)
		goto err0;
	r->item = item;
	r->columns = calloc(t->ncolumns + 1, sizeof(*r->columns));
	r->key = calloc(t->ncolumns + 1, sizeof(*r->key));
	if (r->columns == NULL || r->key == NULL)
		goto err1;
	find_columns(r, t);
	if ((r->tab = tabfile_open(item->name, r->width, read_part, p)) ==
	    NULL) {
		rows_close(r);
		return NULL;
	}
	return r;

err1:
	rows_close(r);
err0:
	warn_msg("out of memory");
	return NULL;
}

int
rows_next(struct rows *r, const struct db_value **cells)
{

	r->row++;
	return tabfile_next(r->tab, cells);
}

void
rows_close(struct rows *r)
{

	if (r == NULL)
		return;
	tabfile_close(r->tab);
	free(r->key);
	free(r->columns);
	free(r);
}

size_t
rows_width(const struct rows *r)
{

	return r->width;
}

const struct item_column *
rows_column(const struct rows *r, size_t cell)
{

	return r->columns[cell];
}

int
rows_keyed(const struct rows *r)
{

	return r->nkey > 0;
}

int
rows_name(const struct rows *r, const struct db_value *cells, struct buf *out)
{
	const struct item_table *t = r->item->table;
	struct db_value key[DB_KEY_MAX];
	size_t i;

	for (i = 0; i < r->nkey && i < DB_KEY_MAX; i++)
		key[i] = cells[r->key[i]];
	if (row_name(t->schema, t->table, key, i, out))
		return -1;
	return r->nkey > 0 ? 0 : buf_addf(out, "#%" PRIu64, r->row);
}
