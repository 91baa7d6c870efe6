#ifndef ARCHIVE_ROOT_H
#define ARCHIVE_ROOT_H

#include <sys/stat.h>

#include "archive/buf.h"
#include "archive/manifest.h"

/**
 * root: all files of a node are read and written below one directory
 * descriptor (/ or --root DIR).  Paths are given as on the node, "/etc/nova",
 * and never leave DIR.
 *
 * Reading (capture, configuration) resolves symlinks as if DIR were / (openat2
 * RESOLVE_IN_ROOT), because a node may well have /etc/nova behind a link.
 * Writing never follows one: BENEATH and NO_SYMLINKS, metadata by descriptor
 * before the file gets its name; a parent that is a link is refused with the
 * name of the link.
 */
struct root;

/* How the names of root_write's temporary files begin: never captured. */
#define ROOT_TEMP ".novark-"

/* Open ${dir} (NULL: /) as the root.  NULL, said, when it is no folder. */
struct root *root_open(const char *dir) MUST_CHECK;
void root_close(struct root *r);
const char *root_dir(const struct root *r);

/* What a path is on disk. */
struct root_file {
	struct item_file meta; /* as captured; freed by root_file_free */
	int is_other; /* neither file, folder nor link: device, socket */
	uint64_t size;
	uint64_t dev, ino;
	int64_t changed; /* nanoseconds: of bytes, owner or mode */
};

/* 1 with ${f} filled (the last part not followed), 0 when nothing is there
 * (ENOENT, ENOTDIR), -1 said. */
int root_stat(struct root *r, const char *path, struct root_file *f) MUST_CHECK;
void root_file_free(struct root_file *f);

/* 1 and the content appended (at most LIMIT_ITEM; a link is followed inside
 * DIR), 0 when nothing is there, -1 said. */
int root_read(struct root *r, const char *path, struct buf *out) MUST_CHECK;

/* As root_read, but what stands there as itself: 0 also for links and folders.
 */
int root_read_nofollow(
    struct root *r, const char *path, struct buf *out) MUST_CHECK;

/* The sorted names in a folder: 1, 0 when it is not there, -1 said.
 * ${*names} and each name are the caller's (root_names_free). */
int root_list(
    struct root *r, const char *path, char ***names, size_t *n) MUST_CHECK;
void root_names_free(char **names, size_t n);

/**
 * root_write(r, path, meta, bytes, len):
 * Make ${path} what ${meta} and the bytes say: a file (temporary beside, owner,
 * mode, xattrs by descriptor, fsync, rename, fsync of the folder), a folder
 * (made when absent), or a symlink.  Names of user and group count before
 * numbers when this host knows them.  Return 0 or -1 (said).
 */
int root_write(struct root *r, const char *path, const struct item_file *meta,
    const void *bytes, size_t len) MUST_CHECK;

/* Remove a file, link or empty folder: 0, or -1 said. */
int root_remove(struct root *r, const char *path) MUST_CHECK;

/* 0 when the parents of ${path} are folders or absent, no links; else -1, said
 * with the name of the link. */
int root_check_parents(struct root *r, const char *path) MUST_CHECK;

/**
 * root_may_write(r, path, meta, why):
 * Will root_write be let?  1; or 0 with ${*why} in words (static): the folder
 * is not writable, what stands there is a mount or immutable, or the owner is
 * one that only root can give a file to.  A folder that is not there yet is not
 * asked.
 */
int root_may_write(struct root *r, const char *path,
    const struct item_file *meta, const char **why);

#endif
