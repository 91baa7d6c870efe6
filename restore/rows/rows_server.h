#ifndef RESTORE_ROWS_SERVER_H
#define RESTORE_ROWS_SERVER_H

#include "archive/database/db_trouble.h"
#include "restore/journal/step.h"
#include "restore/rows/row_group.h"
#include "restore/rows/target.h"

/**
 * rows_server: all rows that a journal has for one server, in one transaction.
 *
 *   rows_server_prepare  every row turned, the transaction is open
 *   rows_server_commit   committed; what became of a commit that failed is
 *                        seen by preparing again
 *   rows_server_drop     the transaction, if one is open, is taken back
 *
 * A transaction that the server takes back, and a server that goes away, are
 * tried again from the first row, ROWS_TRIES times in all.
 */
#define ROWS_TRIES 10

/* What is common to all servers. */
struct rows_way {
	struct restore *r;
	struct journal *j;
	enum journal_way way;
	restore_tick *tick;
	void *cookie;
};

struct rows_server {
	const struct rows_way *w;
	struct db_server *server;
	uint64_t first, end; /* its rows are changes from first to below end */
	int open;            /* a transaction with all rows turned */
	int unsure;          /* a commit failed, and nobody looked since */
	int committed;
	unsigned int tries;
	/* Of the transaction that is made. */
	uint64_t turned, there, others;
	uint64_t *waiting; /* changes that a key forbids so far */
	size_t nwaiting, cap;
	struct target table; /* of the last row */
	int have_table;
	/* Rows of it that are gathered, to be turned at once; those that are
	 * turned just now, by an errand to which the session belongs. */
	struct row_group *group, *gone;
	struct errand *errand;
	uint64_t gone_turned;
};

/* DONE; UNSAFE: a row is neither (said); FAILED: said.  The transaction is
 * open only when DONE. */
enum outcome rows_server_prepare(struct rows_server *s) MUST_CHECK;
enum outcome rows_server_commit(struct rows_server *s) MUST_CHECK;
void rows_server_drop(struct rows_server *s);

#endif
