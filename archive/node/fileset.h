#ifndef ARCHIVE_FILESET_H
#define ARCHIVE_FILESET_H

#include "archive/address/place.h"
#include "archive/node/root.h"
#include "archive/node/site.h"

/**
 * fileset: which files of a node belong to it (fileset_table.h), found below a
 * root.  Snapshot captures them, the leftover scan looks at them.
 */
struct fileset_entry {
	const char *path;       /* real: none of its folders is a link */
	const char *set;        /* row of the table, or FILESET_WAY */
	struct root_file *file; /* what stands there; may be emptied */
};

/* The set of the folders and links that lead to the files of other sets. */
#define FILESET_WAY "way"
/* The set of what belongs to instances alone: kernels, UEFI variables. */
#define FILESET_GUEST "guest"
/* The set of what libvirt keeps of snapshots and checkpoints. */
#define FILESET_SNAPSHOTS "snapshots"
/* The set of files that the configuration itself names. */
#define FILESET_NAMED "named"

/* 0 to go on; anything else ends the walk and is its result. */
typedef int fileset_fn(void *cookie, const struct fileset_entry *e);

/**
 * fileset_find(r, site, skip, cookie, ways):
 * Find every file, folder and link of the set and on the way to it.  ${skip}
 * (may be NULL) is asked for each folder by path: 1 leaves out what is below
 * it.  A link on the way is an entry, and what is behind it stands under its
 * real path; a link to a file is an entry, and so is the file, unless it
 * belongs to the system (/usr, /run ...).  Files of other kinds (sockets) are
 * entries too.  ${ways}: with the folders that would lead to files of the set
 * if there were any, and to which a restore could bring them.  NULL said.
 */
struct fileset;
struct fileset *fileset_find(struct root *r, const struct site *site,
    int (*skip)(void *cookie, const char *path), void *cookie,
    int ways) MUST_CHECK;
void fileset_free(struct fileset *fs);

/* Call ${fn} once for each, as it stands now (open, as by root_stat_open),
 * sorted by path, so that a folder comes before what is in it: 0, what ${fn}
 * returned, or -1 said. */
int fileset_each(struct fileset *fs, fileset_fn *fn, void *cookie) MUST_CHECK;

/* What was seen at a path of the set, or NULL: it is none. */
const struct stat *fileset_seen(const struct fileset *fs, const char *path);

/* The names of what was in a folder, but for files of the set, as the walk saw
 * it: ${*n} of them, sorted, or NULL: the walk did not list it. */
char *const *
fileset_listed(const struct fileset *fs, const char *path, size_t *n);

/**
 * fileset_format(path, set, bytes, len):
 * How the places in a file of the set are found: by its row, its name, and what
 * the bytes are like.  Keys and binary files are opaque.
 */
enum place_format fileset_format(
    const char *path, const char *set, const char *bytes, size_t len);

/* Why a restore leaves a file alone (fileset_table.h). */
struct fileset_hold {
	const char *set, *name, *why;
	int always;
};

/* What holds the file or folder at this path, or NULL: nothing. */
const struct fileset_hold *fileset_held(const char *path);

/* 1 when a row of the table means this path (rows below $instances_path and
 * $state_path aside). */
int fileset_lists(const char *path);

/**
 * fileset_kept(path):
 * How many bytes of a path, from its start, are never changed by a map: all of
 * it, unless its program finds the file by the address in its name.  What
 * follows then begins behind a slash.
 */
size_t fileset_kept(const char *path);

#endif
