#ifndef RESTORE_LISTENING_H
#define RESTORE_LISTENING_H

#include "restore/restore.h"

/**
 * listening: who listens on this host's addresses.  A process that is up proves
 * nothing: where the configuration names an address of this host and a port,
 * does something listen there (with a wildcard, too)?  And what listens on an
 * address that no interface here has, as MariaDB does without a word?  TCP, in
 * this network namespace.
 */
enum listening_state {
	LISTENING_YES,    /* as the configuration says */
	LISTENING_NO,     /* it says so, but nothing does */
	LISTENING_NOWHERE /* something does, on an address that is not here */
};

struct listening_row {
	struct address addr;
	unsigned int port;
	enum listening_state state;
	char program[64];   /* or "": nobody, or not seen */
	uint64_t pid;       /* or 0 */
	char *item, *place; /* where it is said; NULL for LISTENING_NOWHERE */
};

struct listening {
	struct listening_row *row;
	size_t n;
};

/* Look.  DONE; FAILED (said, also when the kernel does not tell) or REFUSED
 * with nothing in ${out}. */
enum outcome
listening_find(struct restore *r, struct listening *out) MUST_CHECK;
void listening_free(struct listening *l);

#endif
