#include "archive/address/catalog.h"
#include "archive/database/db_schema.h"
#include "restore/rows/leftover_row.h"
#include "restore/rows/proof.h"
#include "restore/rows/row_walk.h"
#include "restore/rows/unkeyed.h"
#include "restore/rows/wanted_cells.h"

/* Rows without a key are never changed, so nothing in them is left over: the
 * plan has told of them, or it is told here. */
static int
scan_rows(struct restore *r, struct plan *found, struct db *db,
    const char *role, const struct item *item, const struct external *external)
{
	struct leftover_row s;
	const struct db_value *cells;
	struct db_rows *rows;
	int rc = -1;

	if (leftover_row_open(&s, r, role, item, external, &found))
		return -1;
	if (s.rules.nkey == 0) {
		rc = s.captured ? 0
				: unkeyed_scan(r, db, item, &s.rules, external);
	} else if (db_read_table(db, item->table, &rows) == 0) {
		while ((rc = db_next(rows, &cells)) == 1)
			if ((rc = leftover_row_look(&s, cells)) != 0)
				break;
		db_rows_free(rows);
	}
	leftover_row_close(&s);
	return rc;
}

/* A table of this site: what the plan has looked through is not read again. */
static int
scan_table(struct restore *r, struct plan *found, struct db *db,
    const char *role, const struct item *item, const struct external *external)
{
	int rc;

	if (!table_wants(r, item->name))
		return 0;
	if ((rc = proof_take(r->proof, db, item->name, found)) != 0)
		return rc == 1 ? 0 : -1;
	return scan_rows(r, found, db, role, item, external);
}

static int
scan_schema(struct restore *r, struct plan *found, struct db *db,
    const struct db_schema *d)
{
	const char *const *table;
	struct external *external;
	struct item *item;
	int rc = 0;

	if ((external = external_here(db, d->role, d->schema)) == NULL)
		return -1;
	for (table = catalog_tables(d->role); rc == 0 && *table != NULL;
	     table++) {
		if ((item = item_new(ITEM_TABLE)) == NULL) {
			rc = -1;
			break;
		}
		rc = db_table(db, d->schema, *table, item);
		if (rc == 1)
			rc = scan_table(r, found, db, d->role, item, external);
		item_free(item);
	}
	external_free(external);
	return rc;
}

/* What was found, but for cells that are as the map wants them. */
static int
keep_leftovers(struct restore *r, struct plan *found)
{
	const struct plan_record *rec;
	struct wanted_cells *wanted;
	int more, rc;

	if (plan_count(found, PLAN_LEFTOVER, -1) == 0)
		return 0;
	if ((wanted = wanted_cells_find(r)) == NULL)
		return -1;
	rc = plan_rewind(found);
	while (rc == 0 && (more = plan_next(found, &rec)) != 0) {
		if (more < 0)
			rc = -1;
		else if (!wanted_cells_captured(wanted, rec->item))
			rc = plan_say(r->plan, PLAN_NOTE, ITEM_TABLE, rec->item,
			    rec->place, "elsewhere",
			    "%s: not a row of the bundle's hosts: another "
			    "bundle changes it",
			    rec->text);
		else if (!wanted_cells_has(wanted, rec->item, rec->source))
			rc = plan_say(r->plan, PLAN_LEFTOVER, ITEM_TABLE,
			    rec->item, rec->place, "leftover", "%s", rec->text);
	}
	wanted_cells_free(wanted);
	return rc;
}

static int
scan_all(struct restore *r, struct plan *found)
{
	struct db_server *s;
	size_t i, j;

	for (i = 0; i < r->db->nservers; i++) {
		s = &r->db->servers[i];
		for (j = 0; j < s->nschemas; j++)
			if (scan_schema(r, found, s->db, &s->schemas[j]))
				return -1;
	}
	return keep_leftovers(r, found);
}

int
leftover_db(struct restore *r)
{
	struct plan *found;
	int rc = -1;

	if ((found = plan_new()) == NULL)
		return -1;
	if (row_walk_begin(r) == 0)
		rc = scan_all(r, found);
	if (row_walk_end(r))
		rc = -1;
	plan_free(found);
	proof_free(r->proof);
	r->proof = NULL;
	return rc;
}
