#ifndef RESTORE_ENGINE_INNER_H
#define RESTORE_ENGINE_INNER_H

#include "restore/journal/engine.h"

/**
 * What the engine's own files share: a step is of one of three rooms, and which
 * changes a way is about.
 */

/* A run in one direction. */
struct engine_run {
	struct restore *r;
	struct journal *j;
	restore_tick *tick;
	void *cookie;
	uint64_t done, of; /* steps passed, changes in all */
	uint64_t made;     /* of these, made (or taken back) just now */
	uint64_t before;   /* changes that an earlier run may have made */
	unsigned half;     /* so many that failed may be half made */
	int other;         /* one was neither before nor after */
};

/**
 * engine_may(run, rec, state, why, done):
 * ${rec} was looked at.  Returns ${state}; STEP_FAILED (said) when it is not to
 * be made (or taken back), for it is neither before nor after, or the tick
 * stops the run.  ${done}: then there is nothing to do, and no tick.
 */
enum step_state
engine_may(struct engine_run *run, const struct plan_record *rec,
    enum step_state state, const char *why, enum step_state done);

/* Before steps up to ${end} (not included) are begun, those below ${n} being
 * made: that is durable, for some more at once.  0, or -1 said. */
int engine_intend(struct engine_run *run, uint64_t n, uint64_t end) MUST_CHECK;

/**
 * Steps that may be made side by side: definitions of domains, which do not
 * need each other.  The first of a run never is: what it meets, all would, and
 * alone it can be taken back.
 *
 *   engine_abreast      is ${rec} such a one?
 *   engine_group_new
 *   engine_group_add    copies it: 1, or 0 with the group full, or -1 said
 *   engine_group_make   looks at all and makes them, ${first} being the number
 *                       of the first: 0 with run->done further; -1 said, with
 *                       ${*rec} where it stopped (the group's, as long as it
 *                       lives) and ${*begun} the number behind the last that
 *                       was begun
 *   engine_group_free
 */
struct engine_group;
int engine_abreast(const struct engine_run *run, const struct plan_record *rec);
struct engine_group *engine_group_new(void) MUST_CHECK;
int engine_group_add(
    struct engine_group *g, const struct plan_record *rec) MUST_CHECK;
int engine_group_make(struct engine_group *g, struct engine_run *run,
    uint64_t first, const struct plan_record **rec, uint64_t *begun) MUST_CHECK;
void engine_group_free(struct engine_group *g);

enum step_state engine_look(struct restore *r, const struct plan_record *rec,
    struct buf *why) MUST_CHECK;
int engine_make(struct restore *r, const struct plan_record *rec) MUST_CHECK;
int engine_unmake(struct restore *r, const struct plan_record *rec) MUST_CHECK;

/* How many of the first changes are steps that ${way} is about: going back,
 * those that may have been made. */
uint64_t engine_steps(const struct restore *r, enum journal_way way);

/* Are there rows that ${way} is about? */
int engine_has_rows(const struct restore *r, enum journal_way way);

/* engine_survey for the rows. */
int engine_rows(struct restore *r, enum journal_way way, engine_tell *tell,
    void *cookie) MUST_CHECK;

#endif
