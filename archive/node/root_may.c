#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/node/root_internal.h"

/* Is this process a member?  When it cannot be told: yes, the write will. */
static int
in_group(gid_t gid)
{
	gid_t *groups;
	int n, i, found = 0;

	if (gid == getegid() || (n = getgroups(0, NULL)) < 0 ||
	    (groups = calloc((size_t)n + 1, sizeof(*groups))) == NULL)
		return 1;
	n = getgroups(n, groups);
	for (i = 0; i < n; i++)
		found |= groups[i] == gid;
	free(groups);
	return found;
}

/* The attributes (chattr) behind fd, STATX_ATTR_...; none when it cannot be
 * told. */
static uint64_t
attributes(int fd)
{
	struct statx st;

	if (statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &st) == -1)
		return 0;
	return st.stx_attributes;
}

/* What keeps this process out of the folder of path, or NULL. */
static const char *
folder_refuses(struct root *r, const char *path)
{
	const char *slash = strrchr(path, '/'), *why = NULL;
	uint64_t has;
	char *parent;
	int fd;

	if (slash == NULL ||
	    (parent = strndup(path, (size_t)(slash - path))) == NULL)
		return NULL;
	fd = root_at(r, parent, O_PATH | O_DIRECTORY, RESOLVE_IN_ROOT);
	free(parent);
	if (fd == -1)
		return NULL;
	has = attributes(fd);
	if ((has & STATX_ATTR_IMMUTABLE) != 0)
		why = "its folder is immutable (chattr -i)";
	else if ((has & STATX_ATTR_APPEND) != 0)
		why = "its folder can only be added to (chattr -a)";
	else if (faccessat(fd, ".", W_OK | X_OK, AT_EACCESS) != 0)
		why = errno == EROFS
			  ? "its file system is read-only"
			  : "its folder is not writable for this user";
	close(fd);
	return why;
}

/* What keeps anybody from replacing the file itself, or NULL. */
static const char *
file_refuses(struct root *r, const char *path)
{
	const char *why = NULL;
	uint64_t has;
	int fd;

	fd = root_at(r, path, O_PATH | O_NOFOLLOW, RESOLVE_IN_ROOT);
	if (fd == -1)
		return NULL;
	has = attributes(fd);
	if ((has & STATX_ATTR_MOUNT_ROOT) != 0)
		why = "it is a mount of its own";
	else if ((has & STATX_ATTR_IMMUTABLE) != 0)
		why = "it is immutable (chattr -i)";
	else if ((has & STATX_ATTR_APPEND) != 0)
		why = "it can only be appended to (chattr -a)";
	close(fd);
	return why;
}

int
root_may_write(struct root *r, const char *path, const struct item_file *meta,
    const char **why)
{

	if ((*why = folder_refuses(r, path)) != NULL ||
	    (*why = file_refuses(r, path)) != NULL)
		return 0;
	if (geteuid() == 0 || meta == NULL)
		return 1;
	if (root_user_number(r, meta->user, meta->uid) != geteuid())
		*why = "only root can give it to its owner";
	else if (!in_group(root_group_number(r, meta->group, meta->gid)))
		*why = "only root can give it to its group";
	return *why == NULL;
}
