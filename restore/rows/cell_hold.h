#ifndef RESTORE_CELL_HOLD_H
#define RESTORE_CELL_HOLD_H

#include "archive/database/external.h"
#include "restore/restore.h"
#include "restore/rows/cell_rule.h"

/**
 * cell_hold: which cells of a row are left alone, why, and whether --also
 * releases them.  One rule for the plan and for the leftover scan.
 */
struct cell_hold {
	struct restore *r;
	const char *item;  /* row:SCHEMA.TABLE:KEY */
	const char *table; /* table:SCHEMA.TABLE: --also may name it, too */
	const struct cell_rules *rules;
	const struct external *external; /* networks, of the row's site */
	const struct db_value *cells;    /* of the row */
	int history;                     /* the row is a deleted one */
	const struct cell_rule *rule;    /* of the cell that is looked at */
	const char *name;                /* short name of opt->hold_all */
	struct buf label;
};

/* Look at a row next: its name, and its cells as the bundle (or, of a row that
 * no bundle has, the server) has them; all is borrowed. */
void cell_hold_row(struct cell_hold *h, const struct cell_rules *rules,
    const struct external *external, const char *item,
    const struct db_value *cells);

/* Look at a cell next: fill ${opt} for rewrite. */
void cell_hold_start(struct cell_hold *h, const struct cell_rule *rule,
    struct rewrite_options *opt);

/* rewrite_fn: add a PLAN_HELD record for each held place; one of a history is
 * counted (plan_past). */
int cell_hold_say(void *cookie, const struct rewrite_place *place);
void cell_hold_free(struct cell_hold *h);

/* "column", or "column data.target_portal", appended: 0 or -1. */
int
cell_label(const char *column, const char *label, struct buf *out) MUST_CHECK;

/* 1 when --only and --not let the table, or perhaps a row of it, in. */
int table_wants(const struct restore *r, const char *table);

/* 1 when --only and --not let the row in, by its own name or its table's. */
int row_wants(const struct restore *r, const char *table, const char *row);

#endif
