#ifndef ARCHIVE_ROOT_H
#define ARCHIVE_ROOT_H

#include <sys/stat.h>

#include "archive/buf.h"
#include "archive/manifest/manifest.h"

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

/* How the names of temporary files begin: never captured. */
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
	uint64_t links;  /* names that it has on its file system */
	int64_t changed; /* nanoseconds: of bytes, owner or mode */
	int is_open, fd; /* root_stat_open: its bytes, or what is in it */
};

/* 1 with ${f} filled (the last part not followed), 0 when nothing is there
 * (ENOENT, ENOTDIR), -1 said. */
int root_stat(struct root *r, const char *path, struct root_file *f) MUST_CHECK;
void root_file_free(struct root_file *f);

/* The same; a file or folder that may be read stays open for root_file_read,
 * until root_file_free. */
int root_stat_open(
    struct root *r, const char *path, struct root_file *f) MUST_CHECK;

/* The same of what root_look saw there: a file or folder that still is that
 * one costs half the calls.  ${folder} is its folder's descriptor, or -1. */
int root_stat_seen(struct root *r, int folder, const char *path,
    const struct stat *seen, struct root_file *f) MUST_CHECK;

/* Append the bytes (at most LIMIT_ITEM) of a file that root_stat_open saw, all
 * of one file whatever stands at ${path} by now.  ${*torn}: they are not what
 * it saw, for somebody writes to it.  0, or -1 said. */
int root_file_read(struct root *r, const char *path, const struct root_file *f,
    struct buf *out, int *torn) MUST_CHECK;

/**
 * Looks in passing, where root_stat tells more than is asked.
 *
 * root_folder(r, folder, path): a descriptor of the folder at ${path} (a link
 * is none), for root_look and root_list_in, or -1 with errno, not said.
 * root_look(r, folder, path, st): what stands at ${path}, the last part not
 * followed: 1; 0 when nothing does; -1 said.
 * ${folder} is the descriptor of its folder, so that the way is not gone once
 * more, or -1; the last part of ${path} is then a name.
 */
int root_folder(struct root *r, int folder, const char *path) MUST_CHECK;
int root_look(
    struct root *r, int folder, const char *path, struct stat *st) MUST_CHECK;

/* 1 and the content appended (at most LIMIT_ITEM; a link is followed inside
 * DIR), 0 when nothing is there, -1 said. */
int root_read(struct root *r, const char *path, struct buf *out) MUST_CHECK;

/* As root_read, but what stands there as itself: 0 also for links and folders.
 */
int root_read_nofollow(
    struct root *r, const char *path, struct buf *out) MUST_CHECK;

/**
 * root_peek(r, path, st, fd):
 * What stands there, links followed inside DIR: 1 with ${st}; 0: nothing; -1
 * with errno set, not said.  ${*fd} gets a descriptor for its bytes when it is
 * a regular file or a block device that may be read, else -1: nothing else is
 * opened, so nothing blocks.
 */
int root_peek(
    struct root *r, const char *path, struct stat *st, int *fd) MUST_CHECK;

/**
 * root_resolve(r, path, out):
 * Append the path, as on the node, with all links on the way followed inside
 * DIR; of what is not there, the nearest folder above is.  1; 0 when it cannot
 * be told: a link leads to nothing or in a circle, or a folder may not be
 * looked into; -1 said.
 */
int root_resolve(struct root *r, const char *path, struct buf *out) MUST_CHECK;

/* The sorted names in a folder: 1, 0 when it is not there, -1 said.
 * ${*names} and each name are the caller's (root_names_free). */
int root_list(
    struct root *r, const char *path, char ***names, size_t *n) MUST_CHECK;
void root_names_free(char **names, size_t n);

/* The same of a folder whose descriptor root_folder gave (or -1), once. */
int root_list_in(struct root *r, const char *path, int folder, char ***names,
    size_t *n) MUST_CHECK;

/**
 * root_create(r, path, meta, bytes, len):
 * Make ${path} what ${meta} and the bytes say: a file, a folder or a symlink;
 * whole, with owner, mode and xattrs, and synced before it gets its name, and
 * its folder synced after.  Names of user and group count before numbers when
 * this host knows them.  Nothing that stands there is replaced.  Return 0; 1
 * when something stands there (nothing said); -1 said.
 */
int root_create(struct root *r, const char *path, const struct item_file *meta,
    const void *bytes, size_t len) MUST_CHECK;

/**
 * root_replace(r, path, over, meta, bytes, len, times):
 * The same for a file or link that takes the place of one: of exactly ${over},
 * as root_stat saw it.  ${times}: with ${meta}'s time, else it is now.  Return
 * 0; 1 when something else stands there (nothing said, nothing changed); -1.
 */
int root_replace(struct root *r, const char *path, const struct root_file *over,
    const struct item_file *meta, const void *bytes, size_t len,
    int times) MUST_CHECK;

/**
 * root_rename(r, from, to):
 * Give a file, folder or link another name in the same folder, which is synced
 * after.  Nothing that stands there is replaced.  Return 0; 1 when something
 * stands at ${to}, or nothing at ${from} (nothing said, nothing changed); -1.
 */
int root_rename(struct root *r, const char *from, const char *to) MUST_CHECK;

/* Remove a file, link or empty folder: 0; 1 when it is not ${over} (may be
 * NULL), as above; -1 said. */
int root_remove(
    struct root *r, const char *path, const struct root_file *over) MUST_CHECK;

/**
 * root_temp_tag(r, id):
 * Where a file system can do no better, or something is replaced, what is
 * written has a temporary name first.  From now on it is ROOT_TEMP and ${id},
 * so that whoever knows the id can clear what a kill left; before, it is
 * random. 0, or -1 said.
 */
int root_temp_tag(struct root *r, const char *id) MUST_CHECK;
#define ROOT_TAG_MAX 48

/* Remove what a kill left beside ${path}: a file, link or empty folder of
 * exactly that name.  Nothing without a tag.  0 (also when there is none), or
 * -1 said. */
int root_clear_temp(struct root *r, const char *path) MUST_CHECK;

/**
 * root_same(r, path, meta, f, why):
 * Is what root_stat saw at ${path} all that ${meta} says (type, mode, owner,
 * attributes, target of a link; not time)?  Owners are compared by what
 * root_create would set; an attribute that this file system cannot have is no
 * difference, nor is a label that the system set by itself.  1; 0 with the
 * difference appended to ${why} ("its mode is 0600, not 0640"); -1 said.
 */
int root_same(struct root *r, const char *path, const struct item_file *meta,
    const struct root_file *f, struct buf *why) MUST_CHECK;

/* 1 when the parents of ${path} are folders or absent, no links; 0 with what is
 * in the way appended to ${why}; -1 said. */
int root_parents(struct root *r, const char *path, struct buf *why) MUST_CHECK;

/* The same, said: 0 or -1. */
int root_check_parents(struct root *r, const char *path) MUST_CHECK;

/**
 * root_room(r, path, room):
 * The room on the file system that ${path}, or the nearest folder above that is
 * there, is on; what its system keeps back for root counts for root alone.  0,
 * or -1 said.
 * root_room_at(fd, room): the same of an open folder; -1 with errno, not said.
 */
struct root_room {
	uint64_t dev;
	uint64_t block;        /* space is given out in these */
	uint64_t bytes, files; /* UINT64_MAX: the system does not count them */
};
int
root_room(struct root *r, const char *path, struct root_room *room) MUST_CHECK;
int root_room_at(int fd, struct root_room *room) MUST_CHECK;

/* Is something mounted on the folder at ${path}, by what the system says?  The
 * folder is not touched: a server that is gone would never answer.  1, or 0. */
int root_is_mount(struct root *r, const char *path);

/**
 * root_may_write(r, path, meta, why):
 * Will root_create or root_replace be let?  1; or 0 with ${*why} in words
 * (static): the folder is not writable, what stands there is a mount or
 * immutable, or the owner is one that only root can give a file to.  A folder
 * that is not there yet is not asked.  ${meta} NULL: will root_rename be let?
 */
int root_may_write(struct root *r, const char *path,
    const struct item_file *meta, const char **why);

#endif
