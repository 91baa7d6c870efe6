#ifndef CMD_SHOW_VALUE_H
#define CMD_SHOW_VALUE_H

#include "archive/buf.h"
#include "restore/plan/plan.h"

/**
 * show_value: the values of a plan's cells as they may be shown.
 */

/* A cell as it is looked at: its bytes' format, and whether it is the whole of
 * a file or definition (a diff), not one value. */
struct show_cell {
	const struct plan_cell *cell;
	enum place_format format;
	enum place_role role;
	int whole;
	int opaque; /* shown as its sizes */
};

/* What a cell of ${rec} is; ${m} is the bundle's manifest. */
void show_cell(const struct manifest *m, const struct plan_record *rec,
    const struct plan_cell *cell, struct show_cell *out);

/* Append one side, masked: 0 or -1. */
int show_masked(const struct show_cell *c, const char *bytes, size_t len,
    struct buf *out) MUST_CHECK;

/**
 * show_diff(c, out):
 * Append the unified diff of both sides, masked before they are compared, so
 * that a secret is on no line.  Where only what is masked differs, or the bytes
 * are no text, a line in brackets says so.  0 or -1.
 */
int show_diff(const struct show_cell *c, struct buf *out) MUST_CHECK;

/* 1 when a cell is only there so that another one can be taken back. */
int show_unchanged(const struct plan_cell *cell);

/* 1 when both sides are equal, masked. */
int show_same(const struct buf *before, const struct buf *after);

#endif
