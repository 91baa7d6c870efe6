#ifndef RESTORE_TARGET_H
#define RESTORE_TARGET_H

#include "restore/plan/plan.h"
#include "restore/restore.h"
#include "restore/rows/cell_rule.h"

/**
 * target: the table here that a captured one is restored to.  Schema, table,
 * columns and key are read from this server and compared with what was
 * captured; statements name only what the server itself named.
 */
struct target {
	const struct item *source; /* as captured; NULL by target_at */
	struct db_server *server;
	const struct db_schema *schema; /* here: it may have another name */
	struct item *here;              /* the table as it is here */
	int innodb;                     /* its engine has transactions */
	struct item_table columns; /* here's columns, in the captured order;
				      by target_at all that are stored */
	struct cell_rules rules;   /* over ${columns} */
};

/**
 * target_open(r, item, say, t):
 * Find the table of ${item}: by role first, then by the schema's name (by both
 * where the bundle or this site has several of the role).  1 with
 * ${t} for target_close; 0 when it is not there or differs (every difference
 * is a finding if ${say}); -1 said.
 */
int target_open(struct restore *r, const struct item *item, int say,
    struct target *t) MUST_CHECK;
void target_close(struct target *t);

/* Append to ${sql}: SELECT the columns of the rules, FROM the table here.  0,
 * or -1 said. */
int target_select(const struct target *t, const struct cell_rules *rules,
    struct buf *sql) MUST_CHECK;

/* The collation of a column that stands in a unique key, or NULL. */
const char *target_collation(const struct target *t, const char *column);

/* The server of a row's database, and the database, by its role; where several
 * have that (nova's cells), by its name as well.  NULL when there is none. */
struct db_server *target_server(struct db_set *set, const struct plan_table *at,
    const struct db_schema **schema);

/**
 * target_at(set, at, t, why):
 * The table of a row in a plan or a journal, as it is here: needs no bundle.  1
 * with ${t} for target_close; 0 when it is not here (${why}, appended, says
 * what is missing); -1 said.
 */
int target_at(struct db_set *set, const struct plan_table *at, struct target *t,
    struct buf *why) MUST_CHECK;

#endif
