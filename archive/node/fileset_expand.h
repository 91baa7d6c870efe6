#ifndef ARCHIVE_FILESET_EXPAND_H
#define ARCHIVE_FILESET_EXPAND_H

#include "archive/node/fileset_internal.h"

/* What a row of the table still looks for, below a folder. */
struct fileset_goal {
	const char *rest; /* of its glob, without leading slashes */
	size_t literal;   /* so many bytes of it are no pattern */
	const char *set;
	size_t order; /* of the row */
};

/**
 * fileset_expand(fs, goals, n):
 * Note in ${fs} all that the goals, globs below the root, mean.  All rows walk
 * together, so that a folder in which many of them look is opened and listed
 * once.  0, or -1 said.
 */
int fileset_expand(
    struct fileset *fs, const struct fileset_goal *goals, size_t n) MUST_CHECK;

#endif
