#include <inttypes.h>

#include "archive/warn.h"
#include "restore/restore.h"
#include "restore/step.h"

/* How far an apply has come. */
struct progress {
	uint64_t done, of; /* changes made, changes in all */
	uint64_t rows;     /* those of done that wait for their commit */
	int database;      /* there are rows to change at all */
	int half;          /* the change that failed may be half made */
};

static int
is_change(const struct plan_record *rec)
{

	return rec->type == PLAN_CREATE || rec->type == PLAN_CHANGE;
}

static int
apply_one(struct restore *r, const struct plan_record *rec, struct progress *p)
{
	enum item_part part = item_part(rec->kind);

	if (part == PART_FILES)
		return file_make(r, rec);
	if (part == PART_DATABASE)
		return apply_row(r, rec);
	/* libvirt takes a definition, its autostart and its value in turn. */
	p->half = rec->ncells > 1;
	return virt_make(r, rec);
}

/* Every change in turn, those of the database inside one transaction. */
static int
apply_all(
    struct restore *r, struct progress *p, restore_tick *tick, void *cookie)
{
	const struct plan_record *rec;
	int more;

	while ((more = plan_next(r->plan, &rec)) == 1) {
		if (!is_change(rec))
			continue;
		p->half = 0;
		if (tick != NULL &&
		    tick(cookie, p->done, p->of, rec->item) != 0)
			return -1;
		if (apply_one(r, rec, p) == -1) {
			warn_msg("%s: stopped here", rec->item);
			return -1;
		}
		p->done++;
		if (item_part(rec->kind) == PART_DATABASE)
			p->rows++;
	}
	p->half = 0;
	return more;
}

/* What was done, what was not, and how to go on. */
static enum outcome
stopped(struct restore *r, const struct progress *p, int committing)
{
	uint64_t made = p->done - (committing ? 0 : p->rows);

	r->applied = p->done - p->rows;
	if (made == 0 && !p->half)
		return OUTCOME_FAILED;
	warn_msg("stopped part-way: %" PRIu64 " of %" PRIu64 " changes are "
		 "made%s%s; the same restore, run again, goes on from here",
	    made, p->of, p->half ? ", one may be half made" : "",
	    committing    ? ", the database's perhaps on some servers only"
	    : p->database ? ", the database is as it was"
			  : "");
	return OUTCOME_PARTIAL;
}

enum outcome
restore_apply(struct restore *r, restore_tick *tick, void *cookie)
{
	struct progress p = { .done = 0 };

	p.of = plan_count(r->plan, PLAN_CREATE, -1) +
	       plan_count(r->plan, PLAN_CHANGE, -1);
	p.database = plan_count(r->plan, PLAN_CREATE, ITEM_TABLE) +
			 plan_count(r->plan, PLAN_CHANGE, ITEM_TABLE) >
		     0;
	if (plan_rewind(r->plan) == -1)
		return OUTCOME_FAILED;
	/* Before the first change, so that a server that is not there, or does
	 * not let us write, leaves all as it was. */
	if (p.database && apply_db_begin(r) == -1)
		return OUTCOME_FAILED;
	if (apply_all(r, &p, tick, cookie) == -1) {
		if (p.database)
			apply_db_rollback(r);
		return stopped(r, &p, 0);
	}
	if (p.database && apply_db_commit(r) == -1)
		return stopped(r, &p, 1);
	r->applied = p.done;
	return OUTCOME_DONE;
}
