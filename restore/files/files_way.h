#ifndef RESTORE_FILES_WAY_H
#define RESTORE_FILES_WAY_H

#include "restore/restore.h"

/**
 * files_way: can the folders that lead to a file be written into, now or after
 * what the plan makes before it?  One for each pass over the files.
 */
struct files_way {
	struct restore *r;
	char **made; /* folders that the plan makes, in its order */
	size_t nmade;
	struct buf fine; /* the folder that was looked at last, and is fine */
	struct buf bad;  /* the one that is not; what is below it is passed */
};

/* Tell of a folder that the plan makes: 0, or -1 said. */
int files_way_made(struct files_way *w, const char *path) MUST_CHECK;

/* All folders on the way to ${path}, where an item stands or would: 1 fine, 0
 * not (a finding of the plan, once for each such folder), -1 said. */
int files_way_fits(
    struct files_way *w, const struct item *item, const char *path) MUST_CHECK;

/* Free what it holds, not ${w} itself. */
void files_way_free(struct files_way *w);

#endif
