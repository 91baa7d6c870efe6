#ifndef RESTORE_WANTED_CELLS_H
#define RESTORE_WANTED_CELLS_H

#include "restore/restore.h"

/**
 * wanted_cells: which cells of captured rows stand here as the map wants them.
 * With a map that swaps two addresses such a cell still holds what looks old;
 * it is known by what it reads, not by what is in it.
 */
struct wanted_cells;

/* Compare every captured row with what is here, within a reading transaction:
 * NULL and said. */
struct wanted_cells *wanted_cells_find(struct restore *r) MUST_CHECK;
void wanted_cells_free(struct wanted_cells *w);

/* 1 when the cell of the row "row:SCHEMA.TABLE:KEY" (the schema's name here) is
 * one of them. */
int wanted_cells_has(
    const struct wanted_cells *w, const char *row, const char *column);

/* 1 when the row is in the bundle: one of some hosts (--host) has not all. */
int wanted_cells_captured(const struct wanted_cells *w, const char *row);

#endif
