#ifndef ARCHIVE_FILESET_INTERNAL_H
#define ARCHIVE_FILESET_INTERNAL_H

#include "archive/buf.h"
#include "archive/node/fileset.h"

/* Only for fileset*.c. */

/* A path that belongs to the set, and the row that said so. */
struct fileset_found {
	char *path;
	const char *set;
	size_t order; /* of the row */
	struct stat st;
};

struct fileset_list {
	struct fileset_found *all;
	size_t n, cap;
};

/* A folder that the walk listed, and what is in it but no file of the set. */
struct fileset_listing {
	char *folder; /* its real path */
	char **names;
	size_t n;
};

struct fileset_listings {
	struct fileset_listing *all;
	size_t n, cap;
};

/* What is found so far; at the end sorted, each path once. */
struct fileset {
	struct root *r;
	int (*skip)(void *cookie, const char *path);
	void *cookie;
	int ways; /* note folders that lead to nothing, too */
	struct fileset_list found;
	struct fileset_listings listings;
};

/* Keep what a folder holds; ${names} is of root_list_in, and the listings' in
 * any case.  0, or -1 said. */
int fileset_listings_add(struct fileset_listings *to, const char *folder,
    char **names, size_t n) MUST_CHECK;
/* All are there: by folder. */
void fileset_listings_sort(struct fileset_listings *l);
void fileset_listings_free(struct fileset_listings *l);

/* Append "FOLDER/NAME": 0, or -1 said. */
int
fileset_child(struct buf *b, const char *folder, const char *name) MUST_CHECK;

/* Note a path: 0, or -1 said. */
int fileset_note(struct fileset_list *to, const char *path, const char *set,
    size_t order, const struct stat *st) MUST_CHECK;
/* Forget all but the first ${keep}. */
void fileset_forget(struct fileset_list *list, size_t keep);

/**
 * fileset_way(r, path, real, ways):
 * Walk on from ${real}, a real path ("" is the root), over ${path}, through
 * links; every folder and link on it is noted in ${ways} as FILESET_WAY.  1
 * with ${real} grown to where it ends, 0 when nothing is there, -1 said.
 */
int fileset_way(struct root *r, const char *path, struct buf *real,
    struct fileset_list *ways) MUST_CHECK;

/* Is it a file that novark is writing just now? */
int fileset_temp(const char *path);
/* Does a file at this real path belong to the system? */
int fileset_of_system(const char *path);

/**
 * fileset_below(fs, path, set, order):
 * Note the folder, link or file at a real path, what is in it, and the files
 * that links lead to.  0, or -1 said.
 * fileset_one: the same of what is no folder; ${folder} and ${st} are what
 * root_look took and gave.
 */
int fileset_below(struct fileset *fs, const char *path, const char *set,
    size_t order) MUST_CHECK;
int fileset_one(struct fileset *fs, const char *path, const char *set,
    size_t order, const struct stat *st) MUST_CHECK;

#endif
