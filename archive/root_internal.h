#ifndef ARCHIVE_ROOT_INTERNAL_H
#define ARCHIVE_ROOT_INTERNAL_H

#include <stdint.h>

#include "archive/root.h"

/* Only for root*.c. */
struct root {
	int fd;            /* the folder that is "/" */
	char *dir;         /* as the operator named it */
	const char *shown; /* in front of paths in messages: dir, or "" for / */
	uint32_t uid, gid; /* the last name asked for, and its answer */
	char *user, *group;
	int has_user, has_group;
	int no_openat2; /* this system has none: root_walk does its work */
};

/**
 * root_at(r, path, flags, resolve):
 * openat2 below the root.  A descriptor, or -1 with errno set (not said).
 */
int root_at(struct root *r, const char *path, uint64_t flags,
    uint64_t resolve) MUST_CHECK;

/**
 * root_walk(root, path, flags, resolve):
 * What openat2 does with RESOLVE_IN_ROOT, or with RESOLVE_BENEATH and
 * RESOLVE_NO_SYMLINKS, one part of the path after the other, for a kernel (or
 * valgrind) that has no openat2.  No link is ever followed by the kernel, and
 * ".." goes back the way that was come.  A descriptor, or -1 with errno.
 */
int root_walk(
    int root, const char *path, uint64_t flags, uint64_t resolve) MUST_CHECK;

/* ${path} without its leading slashes; "." for "/". */
const char *root_relative(const char *path);

/**
 * The name of a user or group below this root: from its own etc/passwd and
 * etc/group, which for / means whatever the host asks.  0 with ${*name}
 * malloced or NULL (nobody has that number); -1 when memory ends.
 */
int root_user_name(struct root *r, uint32_t uid, char **name) MUST_CHECK;
int root_group_name(struct root *r, uint32_t gid, char **name) MUST_CHECK;

/* The reverse: the number of ${name}, or ${other} when nobody has that name. */
uint32_t root_user_number(struct root *r, const char *name, uint32_t other);
uint32_t root_group_number(struct root *r, const char *name, uint32_t other);

/**
 * root_xattrs_read(r, path, fd, meta):
 * The extended attributes behind ${fd}, sorted by name; those that belong to
 * the running system and not to the file are left out.  0, or -1 said.
 */
int root_xattrs_read(struct root *r, const char *path, int fd,
    struct item_file *meta) MUST_CHECK;

/* Set them: 0, or -1 said.  A file system that has none is told and passed. */
int root_xattrs_write(struct root *r, const char *path, int fd,
    const struct item_file *meta) MUST_CHECK;

#endif
