#include <inttypes.h>

#include "archive/db_query.h"
#include "archive/rows.h"
#include "archive/warn.h"
#include "restore/batch.h"
#include "restore/cell_hold.h"
#include "restore/plan_row.h"
#include "restore/target.h"

static int
plan_batch(struct batch *b, struct plan_row *p)
{
	size_t i;

	if (batch_fetch(b))
		return -1;
	for (i = 0; i < batch_rows(b); i++)
		if (plan_row_add(p, batch_captured(b, i), batch_current(b, i)))
			return -1;
	batch_clear(b);
	return 0;
}

/* The rows of a table that agrees with what is here. */
static int
plan_rows(struct restore *r, const struct target *t, struct rows *rows)
{
	const struct db_value *cells;
	struct plan_row *p = NULL;
	struct batch *b;
	int rc = -1;

	if ((b = batch_new(t)) == NULL || (p = plan_row_new(r, t)) == NULL)
		goto out;
	while ((rc = rows_next(rows, &cells)) == 1)
		if ((rc = batch_add(b, cells)) ||
		    (batch_full(b) && (rc = plan_batch(b, p))))
			break;
	if (rc == 0)
		rc = plan_batch(b, p);
out:
	plan_row_free(p);
	batch_free(b);
	return rc;
}

/* Nobody can tell which row is which: said, and left alone. */
static int
no_key(struct restore *r, const struct item *item)
{

	return plan_say(r->plan, PLAN_NOTE, ITEM_TABLE, item->name, NULL,
	    "no-key",
	    "no primary key: its %" PRIu64 " rows are left as they are here",
	    item->table->rows);
}

static int
plan_table(struct restore *r, struct bundle_part *part, const struct item *item)
{
	struct target t;
	struct rows *rows;
	int rc;

	if (item->table->rows == 0 || !table_wants(r, item->name))
		return 0;
	if ((rc = target_open(r, item, 1, &t)) != 1)
		return rc;
	if (t.rules.nkey == 0) {
		rc = no_key(r, item);
	} else if ((rows = rows_open(part, item)) == NULL) {
		rc = -1;
	} else {
		rc = plan_rows(r, &t, rows);
		rows_close(rows);
	}
	target_close(&t);
	return rc;
}

static int
plan_tables(struct restore *r, struct bundle_part *part)
{
	const struct item *item;
	int rc;

	while ((rc = bundle_part_next(part, &item)) == 1)
		if (plan_table(r, part, item))
			return -1;
	return rc;
}

enum outcome
plan_db(struct restore *r)
{
	struct bundle_part *part;
	enum outcome rc;
	size_t i, begun;

	rc = bundle_part_open(r->bundle, PART_DATABASE, &part);
	if (rc != OUTCOME_DONE)
		return rc;
	rc = OUTCOME_FAILED;
	for (begun = 0; begun < r->db->nservers; begun++)
		if (db_begin_reading(r->db->servers[begun].db))
			goto out;
	if (plan_tables(r, part) == 0)
		rc = OUTCOME_DONE;
	else if (bundle_outcome(r->bundle) != OUTCOME_DONE)
		rc = bundle_outcome(r->bundle);
out:
	for (i = 0; i < begun; i++)
		if (db_run(r->db->servers[i].db, "ROLLBACK"))
			rc = rc == OUTCOME_DONE ? OUTCOME_FAILED : rc;
	bundle_part_close(part);
	return rc;
}
