#ifndef RESTORE_LEFTOVER_ROW_H
#define RESTORE_LEFTOVER_ROW_H

#include "restore/rows/cell_hold.h"

/**
 * leftover_row: a row as it is here, looked through for what the map would
 * still change.
 *
 *   leftover_row_open, leftover_row_look for each row, leftover_row_close
 */
struct leftover_row {
	struct restore *r;
	struct plan **found; /* what may be left over, with its column as
			      * source; made when there is something */
	const struct item *item;
	int captured; /* the plan has told of what is held in its rows */
	struct cell_rules rules;
	const struct external *external;
	struct cell_hold hold;
	struct buf name, out;
};

/* Rows of the table ${item} as it is here, all its columns that are stored;
 * ${external}: networks here.  What is borrowed must outlive it.  0, or -1
 * said (then leftover_row_close is not needed). */
int leftover_row_open(struct leftover_row *s, struct restore *r,
    const char *role, const struct item *item, const struct external *external,
    struct plan **found) MUST_CHECK;

/* 0, or -1 said. */
int leftover_row_look(
    struct leftover_row *s, const struct db_value *cells) MUST_CHECK;
void leftover_row_close(struct leftover_row *s);

#endif
