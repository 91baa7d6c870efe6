#ifndef ARCHIVE_BELONG_H
#define ARCHIVE_BELONG_H

#include <stddef.h>

/**
 * belong: how a row of a table belongs to a compute host.  A data table
 * (belong_table.h) that an operator can review: each table of the catalogue has
 * at least one line, and so have the tables that only link two of them.
 *
 * A row is taken because it belongs to the host itself (HOST, AT, OF), or
 * because one that is taken needs it (WITH, NEEDS; and every foreign key that
 * the server has, which no line is needed for).  What is only needed brings
 * along what it needs and what goes WITH it, but nothing that is OF it: a
 * network that an instance's port is in comes with its subnets, and without the
 * ports of other instances.
 */
enum belong_way {
	BELONG_WHOLE,  /* shared by all hosts: always whole */
	BELONG_PARENT, /* only as far as rows that are taken need it */
	BELONG_HOST,   /* the column is the host's name */
	BELONG_AT,     /* ... or HOST@BACKEND, HOST#POOL, HOST@BACKEND#POOL */
	BELONG_OF,     /* the column is ${of_column} of a row that belongs */
	BELONG_WITH,   /* ... of a row that is taken for any reason */
	BELONG_NEEDS /* rows of ${of_table} whose ${of_column} is the column */
};

struct belong {
	const char *role, *table;
	enum belong_way way;
	const char *column;
	const char *of_role, *of_table, *of_column;
	/* And only where this column is the host's name; or NULL. */
	const char *here;
	/* And only where this one is SQL NULL; or NULL. */
	const char *alone;
	int live;  /* NEEDS: not what history (catalog.h) needs */
	int names; /* HOST, AT: from here it is told which hosts there are */
};

/* The lines: ${*n} of them. */
const struct belong *belong_lines(size_t *n);

/**
 * belong_next(role, table, before):
 * The line of a table behind ${before} (NULL: the first), or NULL.  A table
 * without a line has those of "*", which stands for all others of a role.
 */
const struct belong *
belong_next(const char *role, const char *table, const struct belong *before);

#endif
