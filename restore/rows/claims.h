#ifndef RESTORE_CLAIMS_H
#define RESTORE_CLAIMS_H

#include <stdint.h>

#include "archive/outcome.h"

/**
 * claims: rows that will hold, hold or give up values which only one row may
 * hold.  Kept in a private file without a name, so that memory does not grow
 * with the rows; what stands for the values is a digest of them.
 *
 *   claims_new, claims_add as often as needed, claims_tell once, claims_free
 */
struct claims;

enum claim {
	CLAIM_WANT, /* the row will hold them */
	CLAIM_FREE, /* the row here holds them until its turn comes */
	CLAIM_HERE  /* the row stands here with them, as a want found out */
};

enum clash {
	CLASH_WANTED, /* two rows are to hold the same */
	CLASH_HERE,   /* another row here holds them */
	CLASH_FREED   /* another row here gives them up: before this one can
			 have them */
};

#define CLAIM_PRINT 16

struct claims *claims_new(void) MUST_CHECK;
void claims_free(struct claims *c);

/**
 * claims_add(c, what, print, turn, key, row):
 * ${print} stands for a key and its values; ${turn}: the row's place in the
 * order of the changes (of a HERE: that of the row that wants them); ${row} is
 * the row's name.  0, or -1 said.
 */
int claims_add(struct claims *c, enum claim what,
    const unsigned char print[CLAIM_PRINT], uint64_t turn, unsigned int key,
    const char *row) MUST_CHECK;

/* ${fn} for each clash, in no order that means anything; ${row} wants what
 * ${other} has.  0; what ${fn} returned, if that is not 0; -1 said. */
typedef int claims_fn(void *cookie, enum clash what, unsigned int key,
    const char *row, const char *other);
int claims_tell(struct claims *c, claims_fn *fn, void *cookie) MUST_CHECK;

#endif
