#ifndef TESTS_UNIT_ROW_PLAN_H
#define TESTS_UNIT_ROW_PLAN_H

/**
 * The plan of a database's rows as text, and what stands in the tables.
 * Include behind cmocka.h and dbsite.h.
 */

/* One record a line: type, row, [key here], place, name, cells. */
static inline void
row_plan_line(struct buf *out, const struct plan_record *rec)
{
	static const char *const types[] = { "CREATE", "CHANGE", "HELD",
		"DRIFT", "FINDING", "NOTE", "LEFTOVER", "WAIVED" };
	const struct plan_cell *c;
	size_t i;

	assert_int_equal(
	    buf_addf(out, "%s %s", types[rec->type], rec->item), 0);
	for (i = 0; i < rec->nkey; i++)
		assert_int_equal(
		    buf_addf(out, "%s%s%s", i == 0 ? " [" : ",", rec->key[i],
			i + 1 == rec->nkey ? "]" : ""),
		    0);
	if (rec->place != NULL)
		assert_int_equal(buf_addf(out, " %s", rec->place), 0);
	if (rec->name != NULL)
		assert_int_equal(buf_addf(out, " %s", rec->name), 0);
	for (i = 0; i < rec->ncells; i++) {
		c = &rec->cells[i];
		assert_int_equal(buf_addf(out, " %s=", c->name), 0);
		if (c->secret)
			assert_int_equal(buf_adds(out, "***"), 0);
		else if (c->after == NULL)
			assert_int_equal(buf_adds(out, "NULL"), 0);
		else
			assert_int_equal(
			    buf_add(out, c->after, c->after_len), 0);
	}
	assert_int_equal(buf_addc(out, '\n'), 0);
	/* Passwords are called that in these tests. */
	if (rec->text != NULL)
		assert_null(strstr(rec->text, "canary"));
}

/* Plan the rows: r is left open. */
static inline void
row_plan_open(const struct restore_options *opt, struct restore *r)
{

	memset(r, 0, sizeof(*r));
	assert_int_equal(restore_open(opt, r), OUTCOME_DONE);
	assert_non_null(r->plan = plan_new());
	assert_int_equal(plan_db(r), OUTCOME_DONE);
}

/* The records of rows and tables must be these. */
static inline void
row_plan_is(struct plan *plan, const char *want)
{
	const struct plan_record *rec;
	struct buf got = BUF_EMPTY;
	int rc;

	assert_int_equal(buf_adds(&got, ""), 0);
	assert_int_equal(plan_rewind(plan), 0);
	while ((rc = plan_next(plan, &rec)) == 1)
		if (rec->kind == ITEM_TABLE)
			row_plan_line(&got, rec);
	assert_int_equal(rc, 0);
	if (strcmp(got.data, want) != 0)
		fail_msg("got:\n%swant:\n%s", got.data, want);
	buf_free(&got);
}

static inline void
row_plan_expect(const struct restore_options *opt, const char *want)
{
	struct restore r;

	row_plan_open(opt, &r);
	row_plan_is(r.plan, want);
	restore_close(&r);
}

/* Does a record's text say this? */
static inline int
row_plan_says(struct plan *plan, const char *text)
{
	const struct plan_record *rec;
	int rc, found = 0;

	assert_int_equal(plan_rewind(plan), 0);
	while ((rc = plan_next(plan, &rec)) == 1)
		found |= rec->text != NULL && strstr(rec->text, text) != NULL;
	assert_int_equal(rc, 0);
	return found;
}

static inline void
row_plan_verify(const struct restore_options *opt, enum outcome want)
{
	struct restore r;

	memset(&r, 0, sizeof(r));
	assert_int_equal(restore_open(opt, &r), OUTCOME_DONE);
	assert_int_equal(restore_verify(&r), want);
	restore_close(&r);
}

/* Planned, and all of it made. */
static inline void
row_plan_apply(const struct restore_options *opt, const char *dir)
{
	struct journal *j;
	struct restore r;

	row_plan_open(opt, &r);
	assert_int_equal(plan_count(r.plan, PLAN_FINDING, -1), 0);
	j = journal_of(r.plan, dir);
	assert_int_equal(rows_make(&r, j, NULL, NULL), OUTCOME_DONE);
	journal_close(j);
	restore_close(&r);
}

#endif
