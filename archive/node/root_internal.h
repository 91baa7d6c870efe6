#ifndef ARCHIVE_ROOT_INTERNAL_H
#define ARCHIVE_ROOT_INTERNAL_H

#include <stdint.h>

#include "archive/node/root.h"

/* Only for root*.c. */
struct root {
	int fd;            /* the folder that is "/" */
	char *dir;         /* as the operator named it */
	const char *shown; /* in front of paths in messages: dir, or "" for / */
	uint32_t uid, gid; /* the last name asked for, and its answer */
	char *user, *group;
	int has_user, has_group;
	char *tag;      /* of temporary names, or NULL: random ones */
	int no_openat2; /* this system has none: root_walk does its work */
};

/**
 * root_at(r, path, flags, resolve):
 * openat2 below the root.  A descriptor, or -1 with errno set (not said).
 */
int root_at(struct root *r, const char *path, uint64_t flags,
    uint64_t resolve) MUST_CHECK;

/* The same of the last part of ${path} in an open folder, which is no link;
 * with -1 of all of it, in the root. */
int root_at_in(
    struct root *r, int folder, const char *path, uint64_t flags) MUST_CHECK;

/**
 * root_walk(root, path, flags, resolve):
 * What openat2 does with RESOLVE_IN_ROOT, or with RESOLVE_BENEATH and
 * RESOLVE_NO_SYMLINKS, one part of the path after the other, for a kernel (or
 * valgrind) that has no openat2.  No link is ever followed by the kernel, and
 * ".." goes back the way that was come.  A descriptor, or -1 with errno.
 */
int root_walk(
    int root, const char *path, uint64_t flags, uint64_t resolve) MUST_CHECK;

/* Did this errno of an open mean that nothing stands there? */
int root_absent(int err);

/* root_file's ${changed}. */
int64_t root_changed(const struct stat *st);

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

/* Set them, and take away the access lists that a new file has from its folder:
 * 0, or -1 said.  A file system that has none is told and passed. */
int root_xattrs_write(struct root *r, const char *path, int fd,
    const struct item_file *meta) MUST_CHECK;

/**
 * root_target: a name in an open folder, to which no link led.
 *
 * root_target_open   1; 0 when ${absent} and the folder is not there; -1 said,
 *                    with the name of a link in the way
 * root_target_fail   say what could not be done to it; -1
 * root_target_sync   sync the folder: 0, or -1 said
 * root_target_is     1 when it is what root_stat saw, 0 not, -1 said
 */
struct root_target {
	struct root *r;
	const char *path; /* for messages */
	int dir;          /* -1: not open */
	const char *name;
};
int root_target_open(struct root *r, const char *path, int absent,
    struct root_target *t) MUST_CHECK;
void root_target_close(struct root_target *t);
int root_target_fail(const struct root_target *t, const char *what);
int root_target_sync(struct root_target *t) MUST_CHECK;
int
root_target_is(struct root_target *t, const struct root_file *over) MUST_CHECK;

/* Give ${from} in that folder another name, replacing nothing: 0; 1 when
 * something stands there; -1 with errno. */
int root_rename_new(int dir, const char *from, const char *to) MUST_CHECK;

/* The name for the next temporary file: 0, or -1 said. */
#define ROOT_TEMP_NAME (sizeof(ROOT_TEMP) + ROOT_TAG_MAX)
int root_temp_name(const struct root *r, char name[ROOT_TEMP_NAME]) MUST_CHECK;

#endif
