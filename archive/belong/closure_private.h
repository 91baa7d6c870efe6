#ifndef ARCHIVE_CLOSURE_PRIVATE_H
#define ARCHIVE_CLOSURE_PRIVATE_H

#include "archive/belong/belong.h"
#include "archive/belong/closure.h"
#include "archive/belong/idset.h"
#include "archive/database/db_schema.h"

/* Inside the closure rooms only. */

/* So many values in one statement. */
#define CLOSURE_BATCH 500

/* A column whose values lead to other rows. */
struct closure_watch {
	size_t column; /* of the table */
	int live;      /* not those of history */
	struct idset *values;
};

struct closure_table {
	struct db_server *server;
	const char *role;
	struct item *item;
	int link;     /* not in the catalogue: its rows are not captured */
	int whole;    /* all its rows are */
	int parent;   /* a line says that others alone bring its rows */
	size_t takes; /* lines that bring rows and can be used here */
	size_t key[DB_KEY_MAX], nkey;
	size_t deleted;     /* the column that marks history; ncolumns: none */
	struct idset *rows; /* keys (closure_key.h) of what is taken */
	struct closure_watch *watches;
	size_t nwatches;
};

/* Values of one table's column bring rows of another table. */
struct closure_edge {
	const struct idset *from;
	size_t done; /* events of it that were followed */
	struct closure_table *to;
	size_t column;
	int at;                 /* the column is HOST@BACKEND#POOL */
	enum idset_level least; /* values that count */
	int lower;              /* what they bring is needed, no more */
	const char *here, *alone;
};

struct closure {
	struct db_set *set;
	struct idset *hosts;
	struct closure_table **tables;
	size_t ntables;
	struct closure_edge *edges;
	size_t nedges;
};

/* The column of that name: its index; ncolumns: there is none. */
size_t closure_column(const struct closure_table *t, const char *name);

/* The table at that place, or NULL. */
struct closure_table *closure_table(const struct closure *c,
    const struct db_server *server, const char *schema, const char *table);

/* What is there: every table of the catalogue, and those that link.  0 or -1
 * said. */
int closure_tables(struct closure *c, struct manifest *m) MUST_CHECK;

/* The edges, by the lines of belong_table.h and by foreign keys. */
int closure_edges(struct closure *c, struct manifest *m) MUST_CHECK;

/* Are the hosts there?  0, or -1 said. */
int closure_hosts(struct closure *c) MUST_CHECK;

/* Follow the edges until nothing new comes. */
int closure_run(struct closure *c) MUST_CHECK;

/* SQL for the first of cells: HOST of HOST@BACKEND#POOL. */
int closure_host_of(struct buf *sql, const char *column) MUST_CHECK;

#endif
