#ifndef RESTORE_ROWS_ROUND_H
#define RESTORE_ROWS_ROUND_H

#include "restore/rows/rows_server.h"

/**
 * rows_round: inside the room of rows_server only.  Once over the rows that the
 * journal has for a server, in the transaction that is open.
 */

/* How a pass over the rows treats what it finds. */
enum pass {
	PASS_ALL,     /* turn every row; those that a key forbids wait */
	PASS_WAITING, /* turn those that wait */
	PASS_PASSED,  /* are those that wait as they should be? */
	PASS_SAY,     /* say the rows that are neither */
	PASS_SAY_KEYS /* say those that a key forbids: others wait for none */
};

/* How one try, or one pass of it, ended. */
enum attempt { TRY_DONE, TRY_UNSAFE, TRY_FAILED, TRY_STOPPED, TRY_AGAIN };

/* So many rows of a server that are neither are said one by one. */
#define SAY_MOST 20

/* All rows, or those that wait; the ones that still have to are left. */
enum attempt rows_round(struct rows_server *s, enum pass pass) MUST_CHECK;

/* Tell that change ${n}, of ${item}, is at hand: 0, or other than that: stop.
 */
int rows_round_tick(
    const struct rows_server *s, uint64_t n, const char *item) MUST_CHECK;

/* Forget the table of the last row. */
void rows_round_forget(struct rows_server *s);

#endif
