#include "restore/rows/restore_cells.h"

#include <string.h>

#include "archive/database/cells.h"
#include "archive/database/db_url.h"

static int
is_mappings(const struct item *item)
{

	return item->kind == ITEM_TABLE && item->table->rows > 0 &&
	       strcmp(item->table->role, "nova_api") == 0 &&
	       strcmp(item->table->table, "cell_mappings") == 0;
}

static int
has_mappings(const struct manifest *m)
{
	size_t i;

	for (i = 0; i < m->nitems; i++)
		if (is_mappings(m->items[i]))
			return 1;
	return 0;
}

/* Has the bundle tables of the database that a URL names? */
static int
has_database(const struct manifest *m, const char *connection)
{
	const struct item_table *t;
	struct db_url url;
	const char *why;
	int found = 0;
	size_t i;

	/* What cannot be read is said where it is connected to. */
	if (db_url_parse(connection, &url, &why))
		return 1;
	for (i = 0; i < m->nitems && !found; i++) {
		t = m->items[i]->table;
		found = m->items[i]->kind == ITEM_TABLE &&
			strcmp(t->role, "nova") == 0 &&
			strcmp(t->schema, url.schema) == 0;
	}
	db_url_free(&url);
	return found;
}

/* A cell that the bundle has no rows of is not this restore's. */
static int
add_known(struct restore *r, const struct cell *cell)
{
	size_t known = r->site->ndatabases;

	if (cells_add(r->site, cell, r->opt->except))
		return -1;
	if (r->site->ndatabases > known &&
	    !has_database(r->manifest, r->site->databases[known].url))
		site_drop_database(r->site);
	return 0;
}

/* One cell, its URL through the map: 0 or -1. */
static int
add_cell(struct restore *r, struct cell *cell)
{
	struct rewrite_options opt = { .map = r->map };
	struct buf url = BUF_EMPTY;
	int rc = -1;

	if (cell->connection.data == NULL || cell->connection.len == 0)
		return 0;
	if (rewrite(&opt, PLACE_VALUE, cell->connection.data,
		cell->connection.len, &url, NULL, NULL) == 0) {
		cell->connection.data = url.data;
		cell->connection.len = url.len;
		rc = add_known(r, cell);
	}
	buf_wipe(&url);
	return rc;
}

static enum outcome
add_cells(struct restore *r, struct bundle_part *part, const struct item *item)
{
	enum outcome outcome = OUTCOME_DONE;
	const struct db_value *cells;
	struct cell_columns at;
	struct cell cell;
	struct rows *rows;
	int rc;

	if (!cells_columns(item->table, &at))
		return OUTCOME_DONE;
	if ((rows = rows_open(part, item)) == NULL)
		return OUTCOME_FAILED;
	while ((rc = rows_next(rows, &cells)) == 1) {
		cells_take(&at, item->table->schema, cells, &cell);
		if (add_cell(r, &cell)) {
			outcome = OUTCOME_FAILED;
			break;
		}
	}
	rows_close(rows);
	return rc == -1 ? OUTCOME_REFUSED : outcome;
}

enum outcome
restore_cells(struct restore *r)
{
	struct bundle_part *part;
	const struct item *item;
	enum outcome rc;
	int more;

	if (!has_mappings(r->manifest))
		return OUTCOME_DONE;
	rc = bundle_part_open(r->bundle, PART_DATABASE, &part);
	if (rc != OUTCOME_DONE)
		return rc;
	while (rc == OUTCOME_DONE && (more = bundle_part_next(part, &item))) {
		if (more == -1)
			rc = OUTCOME_REFUSED;
		else if (is_mappings(item))
			rc = add_cells(r, part, item);
	}
	bundle_part_close(part);
	/* The bundle knows better why it could not be read. */
	if (rc == OUTCOME_REFUSED && bundle_outcome(r->bundle) != OUTCOME_DONE)
		rc = bundle_outcome(r->bundle);
	return rc;
}
