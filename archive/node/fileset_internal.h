#ifndef ARCHIVE_FILESET_INTERNAL_H
#define ARCHIVE_FILESET_INTERNAL_H

#include "archive/buf.h"
#include "archive/node/fileset.h"

/* Only for fileset*.c. */

/* A path that belongs to the set, and how many were found before it. */
struct fileset_found {
	char *path;
	const char *set;
	size_t order;
};

/* What one walk has found so far, unsorted and with repeats. */
struct fileset_walk {
	struct root *r;
	int (*skip)(void *cookie, const char *path);
	void *cookie;
	int ways; /* note folders that lead to nothing, too */
	struct fileset_found *found;
	size_t n, cap;
};

/* Note a path: 0, or -1 said. */
int fileset_found(
    struct fileset_walk *w, const char *path, const char *set) MUST_CHECK;

/**
 * fileset_way(w, path, follow_end, real):
 * Walk from the root to ${path}, through links; every folder and link on it is
 * noted as FILESET_WAY.  The end itself is followed when ${follow_end}, else
 * only appended.  1 with the real path in ${real}, 0 when nothing is there, -1
 * said.
 */
int fileset_way(struct fileset_walk *w, const char *path, int follow_end,
    struct buf *real) MUST_CHECK;

#endif
