#ifndef ARCHIVE_OUTCOME_H
#define ARCHIVE_OUTCOME_H

/**
 * How a whole piece of work ended.  The values are the exit codes that users
 * see (README, "Exit codes"); a room returns one only where its caller acts on
 * the difference.  The greater value is not the worse one: merge with care.
 */
enum outcome {
	OUTCOME_DONE = 0,    /* done; verify: all as expected */
	OUTCOME_FAILED = 1,  /* failed, this host is unchanged */
	OUTCOME_USAGE = 2,   /* the command line is wrong */
	OUTCOME_REFUSED = 3, /* bundle refused: signature, digest, format */
	OUTCOME_DIFFERS = 4, /* differences or leftovers found */
	OUTCOME_PARTIAL = 5, /* stopped part-way */
	OUTCOME_UNSAFE = 6   /* not safe to go on: nothing was changed */
};

/* On every prototype that can fail. */
#define MUST_CHECK __attribute__((warn_unused_result))

#endif
