#ifndef ARCHIVE_CELLS_H
#define ARCHIVE_CELLS_H

#include "archive/database/db.h"
#include "archive/database/rows.h"

/**
 * cells: the databases of nova's cells.  No file names them, but the rows of
 * nova_api's cell_mappings do, in database_connection: a URL, or a template
 * that nova fills from nova.conf's [database] connection.  They have the role
 * nova, as the one of nova.conf, and are told from it by their schema's name.
 *
 * A cell is left out where a glob of ${except} lets all of its tables go:
 * 'table:nova_cell1.*'.
 */
struct cell {
	const char *schema; /* of the mappings: "nova_api" */
	struct db_value id, name, connection;
};

/* The columns of cell_mappings that ${cells} need, by name; 0 when the table
 * lacks one. */
struct cell_columns {
	size_t id, name, connection;
};
int cells_columns(const struct item_table *t, struct cell_columns *at);
void cells_take(const struct cell_columns *at, const char *schema,
    const struct db_value *row, struct cell *cell);

/**
 * cells_fill(url, connection, out):
 * Append ${url} with its {scheme}, {username}, {password}, {hostname}, {port},
 * {path}, {query} and {fragment} filled from the URL ${connection} (NULL: there
 * is none), as nova/objects/cell_mapping.py does.  1; 0 when it cannot be
 * filled; -1 said.
 */
int
cells_fill(const char *url, const char *connection, struct buf *out) MUST_CHECK;

/* Add a cell's database to those of ${s}, unless it is there already or left
 * out.  A template that cannot be filled is said and stops nothing, as nova
 * cannot reach that cell either.  0, or -1 said. */
int cells_add(struct site *s, const struct cell *cell,
    const char *const *except) MUST_CHECK;

/* Connect to the databases of all cells that the servers of ${set} tell of.
 * DONE, or FAILED and said, with the way out. */
enum outcome cells_connect(struct site *s, const char *defaults_file,
    const char *const *except, struct db_set *set) MUST_CHECK;

#endif
