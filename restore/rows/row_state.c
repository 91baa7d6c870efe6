#include "restore/rows/row_state.h"

#include <string.h>

static int
same(const char *data, size_t len, const struct db_value *now)
{

	if (data == NULL || now->data == NULL)
		return data == NULL && now->data == NULL;
	return len == now->len &&
	       (len == 0 || memcmp(data, now->data, len) == 0);
}

static enum step_state
other(struct buf *why, const char *what, const char *column, const char *how)
{

	return buf_addf(why, "%s%s%s", what, column, how) ? STEP_FAILED
							  : STEP_OTHER;
}

enum step_state
row_state(const struct plan_record *rec, const struct db_value *now,
    const size_t *at, struct buf *why)
{
	int create = rec->type == PLAN_CREATE, is_before, is_after;
	size_t i, before = 0, after = 0;
	const struct plan_cell *cell;
	const struct db_value *v;

	if (now == NULL)
		return create ? STEP_BEFORE
			      : other(why, "the row is gone", "", "");
	for (i = 0; i < rec->ncells; i++) {
		cell = &rec->cells[i];
		v = &now[at == NULL ? i : at[i]];
		is_after = same(cell->after, cell->after_len, v);
		is_before = !create && same(cell->before, cell->before_len, v);
		if (create && !is_after)
			return other(why,
			    "a row with this key is here, and its column ",
			    cell->name, " is not as the restore writes it");
		if (!is_after && !is_before)
			return other(why, "column ", cell->name,
			    " has changed since: it is neither as it was nor "
			    "as the restore writes it");
		before += (size_t)is_before;
		after += (size_t)is_after;
	}
	if (after == rec->ncells)
		return STEP_AFTER;
	if (before == rec->ncells)
		return STEP_BEFORE;
	return other(why,
	    "has changed since: some of its columns are as they were, others "
	    "as the restore writes them",
	    "", "");
}

enum step_state
row_state_two(const struct plan_record *rec, const struct db_value *here,
    const struct db_value *there, const size_t *at, enum step_state either,
    struct buf *why)
{
	struct buf no = BUF_EMPTY;
	enum step_state before, after;

	if (here == NULL || there == NULL)
		return row_state(rec, here != NULL ? here : there, at, why);
	after = row_state(rec, there, at, &no);
	buf_free(&no);
	if (after == STEP_FAILED ||
	    (before = row_state(rec, here, at,
		 after == STEP_AFTER ? &no : why)) == STEP_FAILED) {
		buf_free(&no);
		return STEP_FAILED;
	}
	buf_free(&no);
	if (after == STEP_AFTER)
		return before == STEP_BEFORE ? either : STEP_AFTER;
	return before;
}
