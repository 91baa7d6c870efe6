#ifndef RESTORE_PLAN_H
#define RESTORE_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "archive/buf.h"
#include "archive/look/past.h"
#include "archive/manifest/manifest.h"

/**
 * plan: all changes that a restore would make, in the order in which they are
 * made, with what else the operator must see (held places, drift, findings).
 * Records are spooled to a private unlinked file as they are added, so that the
 * size of a plan is not bounded by memory; plan_next reads them back in order.
 */
struct plan;

enum plan_type {
	PLAN_CREATE,   /* item is absent here: make it */
	PLAN_CHANGE,   /* item is here: change it */
	PLAN_HELD,     /* the map matches, but the place is left alone */
	PLAN_DRIFT,    /* neither captured nor wanted; nothing is done (policy
			  stop) */
	PLAN_FINDING,  /* not safe to go on (exit 6): text says what to do */
	PLAN_NOTE,     /* worth a line, stops nothing */
	PLAN_LEFTOVER, /* verify: an old address still there, not held */
	PLAN_WAIVED    /* a finding that --force-preflight lets pass */
};
#define PLAN_TYPES 8

/* The kind of a record that is about the host, not about an item. */
#define PLAN_HOST  ((enum item_kind)ITEM_KINDS)
#define PLAN_KINDS (ITEM_KINDS + 1)

/* One value that a change sets.  Files: "content" or "target", with cells
 * "mode", "owner" to be shown, or "path" alone: another name; definitions:
 * "xml", "autostart" (0, 1), "value" (a secret's, base64), "persistent" (0, 1:
 * what ran here without a definition); rows: one a column.  NULL data: absent,
 * SQL NULL. */
struct plan_cell {
	const char *name;
	const char *before;
	size_t before_len;
	const char *after;
	size_t after_len;
	int secret; /* never shown, only that it changes */
};

/* Where a row is here: found again without the bundle, by the role and name
 * that its database has on this site. */
struct plan_table {
	const char *role, *schema, *table;
};

struct plan_record {
	enum plan_type type;
	enum item_kind kind;
	const char *item; /* item name; row:SCHEMA.TABLE:KEY for rows */
	const char
	    *source; /* name of the manifest's item (table:... for rows) */
	const char *place; /* label inside the item, or NULL */
	const char *what; /* its kind in people's words, or NULL (HELD, LEFTOVER
			     in files and definitions) */
	const char
	    *text; /* reason, finding, note; for HELD the masked value too */
	const char
	    *name; /* HELD, FINDING, WAIVED: short stable name of the reason */
	const struct plan_cell *cells;
	size_t ncells;
	/* Files: what root_write sets, before and after; NULL: not there. */
	const struct item_file *was, *will;
	const struct plan_table *table; /* rows; else NULL */
	/* Rows: primary key values, in key order, before the change (of a new
	 * row, those that it gets); a cell may change them. */
	const char *const *key;
	const size_t *key_len;
	size_t nkey;
};

struct plan *plan_new(void) MUST_CHECK;
void plan_free(struct plan *p);

/* Append a record (copied): 0, or -1 said. */
int plan_add(struct plan *p, const struct plan_record *r) MUST_CHECK;

/* PLAN_FINDING, PLAN_NOTE and PLAN_LEFTOVER in one line; text by printf. */
int plan_say(struct plan *p, enum plan_type type, enum item_kind kind,
    const char *item, const char *place, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 7, 8))) MUST_CHECK;

/* As plan_say, with all but the text from ${r}. */
int plan_tell(struct plan *p, const struct plan_record *r, const char *fmt, ...)
    __attribute__((format(printf, 3, 4))) MUST_CHECK;

/* How many records of a type, overall (kind -1) or of one kind. */
uint64_t plan_count(const struct plan *p, enum plan_type type, int kind);

/* What is left alone as history: counted here, not recorded. */
struct past *plan_past(struct plan *p);

/* Add nothing while reading.  Start from the first record; then 1 with ${r}
 * (borrowed until the next call), 0 at the end, -1 said. */
int plan_rewind(struct plan *p) MUST_CHECK;
int plan_next(struct plan *p, const struct plan_record **r) MUST_CHECK;

#endif
