#include "restore/rows/plan_row.h"
#include "restore/rows/proof.h"
#include "restore/rows/row_walk.h"

struct planning {
	struct restore *r;
	struct plan_row *row; /* of the table that is walked */
	struct may_write *may;
};

static int
next_table(void *cookie, const struct target *t)
{
	struct planning *p = cookie;

	p->row = plan_row_new(p->r, t);
	return p->row == NULL ? -1 : 0;
}

static int
next_row(void *cookie, const struct db_value *captured,
    const struct db_value *current)
{
	struct planning *p = cookie;

	if (p->r->against != NULL)
		current = captured;
	return plan_row_add(p->row, captured, current);
}

static int
is_settled(void *cookie)
{
	const struct planning *p = cookie;

	return plan_row_settled(p->row);
}

static int
end_table(void *cookie)
{
	struct planning *p = cookie;
	int rc;

	rc = plan_row_end(p->row, p->may);
	plan_row_free(p->row);
	p->row = NULL;
	return rc;
}

enum outcome
plan_db(struct restore *r)
{
	struct planning p = { r, NULL, NULL };
	struct row_walk walk = { 1, r->reading, next_table, next_row,
		is_settled, end_table, &p };
	enum outcome rc = OUTCOME_FAILED;

	proof_free(r->proof);
	r->proof = NULL;
	if (r->reading && (r->proof = proof_new()) == NULL)
		return rc;
	if ((p.may = may_write_new()) == NULL)
		return rc;
	if (row_walk_begin(r) == 0)
		rc = row_walk(r, &walk);
	plan_row_free(p.row);
	if (row_walk_end(r) && rc == OUTCOME_DONE)
		rc = OUTCOME_FAILED;
	if (rc == OUTCOME_DONE && !r->reading && may_write_tell(p.may, r))
		rc = OUTCOME_FAILED;
	may_write_free(p.may);
	return rc;
}
