#include "restore/journal/engine_inner.h"

#include <string.h>

#include "restore/files/made.h"

/* The room that a part's steps are of; rows have one of their own. */
static const struct {
	enum step_state (*look)(
	    struct restore *r, const struct plan_record *rec, struct buf *why);
	int (*make)(struct restore *r, const struct plan_record *rec);
	int (*unmake)(struct restore *r, const struct plan_record *rec);
} rooms[ITEM_PARTS] = {
	[PART_FILES] = { file_look, file_make, file_unmake },
	[PART_LIBVIRT] = { virt_look, virt_make, virt_unmake },
	[PART_DATABASE] = { account_look, account_make, account_unmake },
};

int
step_is(const struct plan_record *rec)
{

	return rec->kind != ITEM_TABLE;
}

enum step_state
engine_look(struct restore *r, const struct plan_record *rec, struct buf *why)
{

	return rooms[item_part(rec->kind)].look(r, rec, why);
}

int
engine_make(struct restore *r, const struct plan_record *rec)
{

	return rooms[item_part(rec->kind)].make(r, rec);
}

int
engine_unmake(struct restore *r, const struct plan_record *rec)
{

	return rooms[item_part(rec->kind)].unmake(r, rec);
}

int
engine_count(struct restore *r, enum journal_way way, int has[ITEM_PARTS])
{
	const struct plan_record *rec;
	uint64_t n;
	int rc;

	r->steps = 0;
	memset(has, 0, sizeof(int) * ITEM_PARTS);
	if (journal_rewind(r->journal, JOURNAL_FORWARD) == -1)
		return -1;
	while ((rc = journal_next(r->journal, &rec, &n)) == 1) {
		if (way == JOURNAL_FORWARD || n < journal_intended(r->journal))
			has[item_part(rec->kind)] = 1;
		/* All others are rows. */
		if (!step_is(rec))
			return 0;
		r->steps++;
	}
	return rc;
}

uint64_t
engine_steps(const struct restore *r, enum journal_way way)
{
	uint64_t intended = journal_intended(r->journal);

	return way == JOURNAL_BACK && intended < r->steps ? intended : r->steps;
}

int
engine_has_rows(const struct restore *r, enum journal_way way)
{

	return (way == JOURNAL_BACK ? journal_intended(r->journal)
				    : journal_changes(r->journal)) > r->steps;
}

/* What is to be taken back and was made by the restore, from the first on. */
static int
list_made(struct restore *r, uint64_t steps, struct made *m)
{
	const struct plan_record *rec;
	uint64_t i, n;

	if (journal_rewind(r->journal, JOURNAL_FORWARD) == -1)
		return -1;
	for (i = 0; i < steps; i++)
		if (journal_next(r->journal, &rec, &n) != 1 ||
		    made_add(m, rec) == -1)
			return -1;
	return 0;
}

/* ${m} (NULL: going forward) is what the restore made. */
static int
survey_step(struct restore *r, struct made *m, const struct plan_record *rec,
    engine_tell *tell, void *cookie)
{
	struct buf why = BUF_EMPTY;
	enum step_state state;
	int rc = -1, others;

	state = engine_look(r, rec, &why);
	if (state == STEP_AFTER && m != NULL) {
		if ((others = made_others(m, r, rec, &why)) == -1)
			state = STEP_FAILED;
		else if (others == 1)
			state = STEP_OTHER;
	}
	if (state != STEP_FAILED)
		rc = tell(cookie, rec, state, why.data == NULL ? "" : why.data);
	buf_wipe(&why);
	return rc;
}

int
engine_survey(
    struct restore *r, enum journal_way way, engine_tell *tell, void *cookie)
{
	const struct plan_record *rec;
	uint64_t i, n, steps = engine_steps(r, way);
	struct made *m = NULL;
	int rc = -1;

	if (way == JOURNAL_BACK &&
	    ((m = made_new()) == NULL || list_made(r, steps, m) == -1))
		goto done;
	if (journal_rewind(r->journal, JOURNAL_FORWARD) == -1)
		goto done;
	for (i = 0; i < steps; i++) {
		rc = -1;
		if (journal_next(r->journal, &rec, &n) != 1 ||
		    (rc = survey_step(r, m, rec, tell, cookie)) != 0)
			goto done;
	}
	rc = engine_has_rows(r, way) ? engine_rows(r, way, tell, cookie) : 0;
done:
	made_free(m);
	return rc;
}
