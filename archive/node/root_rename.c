#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "archive/node/root.h"
#include "archive/node/root_internal.h"
#include "archive/warn.h"

/* Where no file system has RENAME_NOREPLACE: look first. */
int
root_rename_new(int dir, const char *from, const char *to)
{
	struct stat st;

	if (renameat2(dir, from, dir, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno == EINVAL || errno == ENOSYS) {
		if (fstatat(dir, to, &st, AT_SYMLINK_NOFOLLOW) == 0)
			return 1;
		if (errno != ENOENT)
			return -1;
		return renameat(dir, from, dir, to);
	}
	return errno == EEXIST ? 1 : -1;
}

int
root_rename(struct root *r, const char *from, const char *to)
{
	const char *slash = strrchr(from, '/'), *other = strrchr(to, '/');
	struct root_target t;
	int rc;

	if (slash == NULL || other == NULL || slash[1] == '\0' ||
	    slash - from != other - to ||
	    strncmp(from, to, (size_t)(slash - from)) != 0) {
		warn_msg("%s and %s are not in one folder", from, to);
		return -1;
	}
	if (root_target_open(r, to, 0, &t) != 1)
		return -1;
	rc = root_rename_new(t.dir, slash + 1, t.name);
	if (rc == -1 && errno == ENOENT)
		rc = 1;
	else if (rc == -1)
		warn_errno(
		    "%s%s cannot be renamed to %s", r->shown, from, t.name);
	else if (rc == 0)
		rc = root_target_sync(&t);
	root_target_close(&t);
	return rc;
}
