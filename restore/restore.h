#ifndef RESTORE_RESTORE_H
#define RESTORE_RESTORE_H

#include "archive/bundle/bundle.h"
#include "archive/database/db.h"
#include "archive/database/external.h"
#include "archive/libvirt/virt.h"
#include "archive/node/root.h"
#include "archive/node/site.h"
#include "restore/map/addrmap.h"
#include "restore/plan/decide.h"
#include "restore/plan/plan.h"

/**
 * restore: a verified bundle becomes state here.
 *
 *   restore_open    opens map, bundle, root, libvirt and databases
 *   restore_idle    no other restore is under way here (needed to apply only)
 *   restore_plan    fills the plan: every item compared, nothing written
 *   restore_lock    none may begin (likewise)
 *   restore_apply   writes the plan's changes into a journal, then makes them
 *                   (journal_end is left to the caller, for behind the verify)
 *   restore_verify  plans again (nothing may be left to do) and scans for
 *                   leftovers; never writes
 *   restore_close
 *
 * One that is in a journal is gone on with, or taken back, without the bundle
 * by restore_reopen (reopen.h) and the engine (engine.h).
 */
struct restore_options {
	const char *bundle;           /* required */
	const char *trust, *decrypt;  /* as in struct bundle_keys */
	const char *const *maps;      /* --map, NULL-terminated, or NULL */
	const char *const *map_files; /* likewise */
	const char *root, *connect, *defaults_file,
	    *state_dir; /* NULL: default */
	const char *const *only, *const *except, *const *also; /* globs */
	const char *const *waive; /* --force-preflight: NAME or NAME:GLOB */
	const char *const *allow; /* --allow: likewise */
	const char
	    *saved_plan; /* digest of the plan that is applied, or NULL */
	enum decide_policy on_drift;
	int no_files, no_libvirt, no_database;
	/* --against: plan against this description, signed with that key
	 * (NULL: ${trust}), not against this host. */
	const char *against, *against_trust;
};

struct asked;
struct journal;
struct listens;
struct schemas;
struct proof;

/* shares_glance (shares.h): ${item} NULL: no table was looked at. */
struct shares_seen {
	const struct item *item;
	char last[5]; /* of its bytes */
	size_t nlast;
	int may;
};

struct restore {
	const struct restore_options *opt;
	struct bundle *bundle;
	const struct manifest *manifest;
	struct addrmap *map;
	struct root *root;
	struct site *site; /* from the bundle's configuration, mapped */
	struct virt *virt; /* NULL: --no-libvirt, or nothing to do with it */
	struct schemas *schemas; /* with it; NULL: libvirt judges by its own */
	struct db_set *db;       /* NULL: --no-database, or no tables */
	const struct db_patience *patience; /* NULL: novark's own */
	struct external *external; /* the bundle's, once rows were walked */
	struct facts *facts;     /* of the destination, once it was looked at */
	struct bundle *against;  /* NULL: this host.  Else root and virt are
				  * NULL, and the servers of db have no session
				  */
	int against_virt;        /* it has a libvirt part that is wanted */
	struct listens *listens; /* listens.h: once they were looked for */
	struct plan *plan;
	struct shares_seen shares;
	struct proof *proof; /* proof.h: verify, from plan_db to leftover_db */
	int reading;      /* verify: leave out what only a write would need */
	uint64_t applied; /* changes that restore_apply made and that stand */
	int lock;         /* descriptor of the lock, or -1 */
	char *state_dir;  /* the folder that it is in */
	struct journal *journal; /* once changes were made, until restore_close
				  */
	uint64_t steps; /* its changes of files, definitions and accounts: the
			 * first ones */
	/* Reopened ones. */
	struct asked *asked;
	struct restore_options merged;
};

/* ${r} is zeroed by the caller; restore_close frees what was opened.  Order:
 * map first (OUTCOME_USAGE), then the bundle (OUTCOME_REFUSED), then the host.
 */
enum outcome
restore_open(const struct restore_options *opt, struct restore *r) MUST_CHECK;
void restore_close(struct restore *r);

/* Take the lock in the state folder, until restore_close; restore_idle only
 * where it is there already: a restore that is refused or not safe makes
 * nothing, no state folder either.  DONE; FAILED: said, with the name of the
 * lock file when another restore holds it; UNSAFE: an unfinished restore is
 * there, said with the two commands that help. */
enum outcome restore_idle(struct restore *r) MUST_CHECK;
enum outcome restore_lock(struct restore *r) MUST_CHECK;

/* The command that goes on with ("--resume") or takes back ("--undo") the
 * restore ${id}, as the operator would type it: malloced; NULL, said. */
char *restore_command(
    const struct restore *r, const char *what, const char *id) MUST_CHECK;

/* DONE: plan is whole; UNSAFE: it has drift or findings; FAILED, REFUSED. */
enum outcome restore_plan(struct restore *r) MUST_CHECK;

/* ${tick} (may be NULL) is called before each change, for a progress bar; when
 * it returns other than 0 (said), the change is not made and no other.  DONE;
 * FAILED: nothing was changed; UNSAFE: so, for something has changed since the
 * plan; PARTIAL: said what was done and how to go on. */
typedef int
restore_tick(void *cookie, uint64_t done, uint64_t of, const char *item);
enum outcome
restore_apply(struct restore *r, restore_tick *tick, void *cookie) MUST_CHECK;

/* A new plan in ${r}->plan: DONE when nothing is left to do and no leftover was
 * found, DIFFERS otherwise; FAILED. */
enum outcome restore_verify(struct restore *r) MUST_CHECK;

/* 1 when --only and --not let the item in. */
int restore_wants(const struct restore *r, const char *item);
/* 1 when --also names the item, or "item place". */
int restore_also(const struct restore *r, const char *item, const char *label);

/**
 * The parts.  plan_X compares every item of its part and adds records, in the
 * order in which they are to be applied (step.h).  leftover_X scans what is
 * here, items or not, for addresses that the map would still change, and adds
 * PLAN_LEFTOVER records.
 * 0, or -1 said (bundle trouble: bundle says whether it refused).
 */
enum outcome plan_files(struct restore *r) MUST_CHECK;
enum outcome plan_virt(struct restore *r) MUST_CHECK;
/* Files that come behind the definitions (files.h). */
enum outcome plan_files_behind(struct restore *r) MUST_CHECK;
enum outcome plan_accounts(struct restore *r) MUST_CHECK;
enum outcome plan_db(struct restore *r) MUST_CHECK;

int leftover_files(struct restore *r) MUST_CHECK;
int leftover_virt(struct restore *r) MUST_CHECK;
int leftover_accounts(struct restore *r) MUST_CHECK;
int leftover_db(struct restore *r) MUST_CHECK;

/* The next two serve all parts: rewrite_fn and its cookie that add a PLAN_HELD
 * record for each held place of an item. */
struct held_cookie {
	struct restore *r;
	enum item_kind kind;
	const char *item, *source;
};
int restore_held(void *cookie, const struct rewrite_place *place);

/* The kind of a place in a file or definition, or NULL; ${set} is a file's row
 * of the file set, NULL: as the manifest has it. */
const char *restore_what(const struct restore *r, const char *item,
    const char *set, const struct rewrite_place *place);

#endif
