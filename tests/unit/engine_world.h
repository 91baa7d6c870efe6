#ifndef TESTS_ENGINE_WORLD_H
#define TESTS_ENGINE_WORLD_H

/* Include behind folder.h: a host that is nothing but states, one for each
 * change, shared with children that end at any moment.  The program's own rooms
 * of steps and rows turn them. */

#include <sys/mman.h>

#include <pthread.h>

#include "restore/journal/engine.h"
#include "restore/journal/journal.h"

#define STEPS 70 /* more than are intended at once */
#define ROWS  5
#define ALL   (STEPS + ROWS)

struct world {
	enum step_state state[ALL];
	int fail;    /* the change that cannot be turned, or -1 */
	int kill;    /* the process ends at this act, counted from 0; or -1 */
	int acts;    /* so many were made */
	int looks;   /* and so many looks */
	int no_rows; /* how rows fail: an outcome, 0: they do not */
	int abreast; /* the middle changes define domains, side by side */
};
#define ABREAST(i) ((i) >= 10 && (i) < 60)

/* Steps may be in several threads. */
static pthread_mutex_t world_lock = PTHREAD_MUTEX_INITIALIZER;

static struct world *world;

static inline void
world_make(void)
{

	world = mmap(NULL, sizeof(*world), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(world != MAP_FAILED);
}

/* All as before, no journal. */
static inline void
world_start(void)
{

	nftw("s", folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	memset(world, 0, sizeof(*world));
	world->fail = world->kill = -1;
	warn_forget();
}

/* How many are in that state. */
static inline int
world_count(enum step_state state)
{
	int i, n = 0;

	for (i = 0; i < ALL; i++)
		n += world->state[i] == state;
	return n;
}

/* The end may come before or behind an act. */
static inline void
world_act(int i, enum step_state to)
{

	(void)pthread_mutex_lock(&world_lock);
	if (world->kill >= 0 && world->acts * 2 == world->kill)
		_exit(9);
	world->state[i] = to;
	if (world->kill >= 0 && world->acts * 2 + 1 == world->kill)
		_exit(9);
	world->acts++;
	(void)pthread_mutex_unlock(&world_lock);
}

static inline int
world_number(const struct plan_record *rec)
{

	return atoi(rec->item + strcspn(rec->item, "0123456789"));
}

enum step_state
file_look(struct restore *r, const struct plan_record *rec, struct buf *why)
{
	enum step_state state = world->state[world_number(rec)];

	(void)r;
	(void)pthread_mutex_lock(&world_lock);
	world->looks++;
	(void)pthread_mutex_unlock(&world_lock);
	if (state == STEP_OTHER)
		assert_int_equal(buf_adds(why, "holds something else"), 0);
	return state;
}

/* Definitions take two acts. */
static inline int
world_turn(const struct plan_record *rec, enum step_state to)
{
	int i = world_number(rec);

	if (rec->kind == ITEM_DOMAIN && world->state[i] != STEP_HALF)
		world_act(i, STEP_HALF);
	if (world->fail == i) {
		warn_msg("%s: no", rec->item);
		return -1;
	}
	world_act(i, to);
	return 0;
}

int
file_make(struct restore *r, const struct plan_record *rec)
{

	(void)r;
	return world_turn(rec, STEP_AFTER);
}

int
file_unmake(struct restore *r, const struct plan_record *rec)
{
	int fail = world->fail;

	(void)r;
	/* What could not be made can be taken back. */
	if (world->state[world_number(rec)] != STEP_AFTER)
		world->fail = -1;
	if (world_turn(rec, STEP_BEFORE) == -1)
		return -1;
	world->fail = fail;
	return 0;
}

enum step_state
virt_look(struct restore *r, const struct plan_record *rec, struct buf *why)
{

	return file_look(r, rec, why);
}

int
virt_make(struct restore *r, const struct plan_record *rec)
{

	return file_make(r, rec);
}

int
virt_unmake(struct restore *r, const struct plan_record *rec)
{

	return file_unmake(r, rec);
}

int
rows_look(struct restore *r, struct journal *j, row_tell *tell, void *cookie)
{
	const struct plan_record *rec;
	enum step_state state;
	uint64_t n;

	(void)r;
	assert_int_equal(journal_rewind(j, JOURNAL_FORWARD), 0);
	while (journal_next(j, &rec, &n) == 1) {
		state = world->state[n];
		if (n >= STEPS && state != STEP_BEFORE &&
		    tell(cookie, rec, state, "a column") != 0)
			return -1;
	}
	return 0;
}

/* All at once, in one act. */
static inline enum outcome
world_rows(struct journal *j, enum step_state to)
{
	int i;

	if (world->no_rows)
		return (enum outcome)world->no_rows;
	assert_int_equal(journal_intend(j, ALL), 0);
	if (world->kill >= 0 && world->acts * 2 == world->kill)
		_exit(9);
	for (i = STEPS; i < ALL; i++)
		if (world->state[i] != STEP_OTHER)
			world->state[i] = to;
	if (world->kill >= 0 && world->acts * 2 + 1 == world->kill)
		_exit(9);
	world->acts++;
	return OUTCOME_DONE;
}

enum outcome
rows_make(
    struct restore *r, struct journal *j, restore_tick *tick, void *cookie)
{

	(void)r;
	(void)tick;
	(void)cookie;
	return world_rows(j, STEP_AFTER);
}

enum outcome
rows_unmake(
    struct restore *r, struct journal *j, restore_tick *tick, void *cookie)
{

	(void)r;
	(void)tick;
	(void)cookie;
	return world_rows(j, STEP_BEFORE);
}

/* A journal of it all; ${r} gets it. */
static inline void
world_journal(struct restore *r, struct restore_options *opt)
{
	json_t *asked = json_object();
	const struct plan_cell cell = { "xml", "a", 1, "b", 1, 0 };
	struct plan_record rec = { .type = PLAN_CHANGE };
	char item[32];
	int i;

	memset(r, 0, sizeof(*r));
	memset(opt, 0, sizeof(*opt));
	opt->state_dir = "s";
	r->opt = opt;
	r->lock = -1;
	r->steps = STEPS;
	assert_non_null(r->journal = journal_create("s", asked));
	json_decref(asked);
	rec.item = rec.source = item;
	for (i = 0; i < ALL; i++) {
		rec.kind = i >= STEPS   ? ITEM_TABLE
			   : i % 7 == 6 ? ITEM_DOMAIN
					: ITEM_FILE;
		rec.ncells = 0;
		if (world->abreast && ABREAST(i)) {
			rec.kind = ITEM_DOMAIN;
			rec.cells = &cell;
			rec.ncells = 1;
		}
		snprintf(
		    item, sizeof(item), "%s:%d", item_kind_name(rec.kind), i);
		assert_int_equal(journal_change(r->journal, &rec), 0);
	}
	assert_int_equal(journal_seal(r->journal), 0);
}

/* The only one that there is, opened again. */
static inline void
world_reopen(struct restore *r, struct restore_options *opt)
{
	int has[ITEM_PARTS];
	char *id;

	memset(r, 0, sizeof(*r));
	memset(opt, 0, sizeof(*opt));
	opt->state_dir = "s";
	r->opt = opt;
	r->lock = -1;
	assert_int_equal(journal_find("s", NULL, 0, &id), 1);
	assert_non_null(r->journal = journal_open("s", id));
	free(id);
	assert_int_equal(engine_count(r, JOURNAL_FORWARD, has), 0);
	assert_int_equal(r->steps, STEPS);
	assert_true(has[PART_FILES] && has[PART_LIBVIRT] && has[PART_DATABASE]);
}

static inline void
world_close(struct restore *r)
{

	journal_close(r->journal);
	r->journal = NULL;
}

#endif
