#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/node/root_internal.h"
#include "archive/warn.h"

#define NO_LINKS (RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS)

/* Length of the folder in front of the last part; 0 for the root itself. */
static size_t
parent_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? 0 : (size_t)(slash - path);
}

/* One folder on the way: 1 fine, 0 with ${why}, 2 nothing there, -1 said. */
static int
parent_fits(struct root *r, const char *part, struct buf *why)
{
	struct root_file f;
	int rc;

	if ((rc = root_stat(r, part, &f)) <= 0)
		return rc == 0 ? 2 : -1;
	if (f.is_other || f.meta.type == FILE_REGULAR)
		rc = buf_addf(why, "%s%s is no folder", r->shown, part);
	else if (f.meta.type == FILE_SYMLINK)
		rc = buf_addf(why,
		    "%s%s is a symbolic link: nothing is written through it",
		    r->shown, part);
	else
		rc = 1;
	root_file_free(&f);
	return rc;
}

int
root_parents(struct root *r, const char *path, struct buf *why)
{
	size_t end = parent_len(path), i;
	char *part;
	int rc = 1;

	if ((part = strdup(path)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 1; i <= end && rc == 1; i++) {
		if (i != end && path[i] != '/')
			continue;
		part[i] = '\0';
		rc = parent_fits(r, part, why);
		part[i] = path[i];
	}
	free(part);
	return rc == 2 ? 1 : rc;
}

int
root_check_parents(struct root *r, const char *path)
{
	struct buf why = BUF_EMPTY;
	int rc;

	if ((rc = root_parents(r, path, &why)) == 0)
		warn_msg("%s", why.data);
	buf_free(&why);
	return rc == 1 ? 0 : -1;
}

/* Why the folder of ${t} could not be opened. */
static void
say_closed(struct root_target *t, const char *parent)
{
	struct root *r = t->r;

	/* Name the link that is in the way, if it is one. */
	if (errno == EXDEV)
		warn_msg("%s leads out of %s", t->path, r->dir);
	else if (errno != ELOOP)
		warn_errno("%s%s cannot be opened", r->shown, parent);
	else if (root_check_parents(r, t->path) == 0)
		warn_msg("%s%s is reached through a symbolic link", r->shown,
		    t->path);
}

int
root_target_open(
    struct root *r, const char *path, int absent, struct root_target *t)
{
	size_t len = parent_len(path);
	char *parent;
	int rc = 1;

	memset(t, 0, sizeof(*t));
	t->r = r;
	t->path = path;
	t->dir = -1;
	t->name = path + len + (path[len] == '/');
	if (*t->name == '\0' || strcmp(t->name, ".") == 0 ||
	    strcmp(t->name, "..") == 0) {
		warn_msg("%s%s is no name for a file", r->shown, path);
		return -1;
	}
	if ((parent = strndup(path, len)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	t->dir = root_at(r, parent, O_RDONLY | O_DIRECTORY, NO_LINKS);
	if (t->dir == -1 && absent && (errno == ENOENT || errno == ENOTDIR)) {
		rc = 0;
	} else if (t->dir == -1) {
		say_closed(t, parent);
		rc = -1;
	}
	free(parent);
	return rc;
}

void
root_target_close(struct root_target *t)
{

	if (t->dir != -1)
		close(t->dir);
}

int
root_target_fail(const struct root_target *t, const char *what)
{

	warn_errno("%s%s cannot be %s", t->r->shown, t->path, what);
	return -1;
}

int
root_target_sync(struct root_target *t)
{

	if (fsync(t->dir) && errno != EINVAL)
		return root_target_fail(t, "made durable");
	return 0;
}

int
root_target_is(struct root_target *t, const struct root_file *over)
{
	struct stat st;

	if (fstatat(t->dir, t->name, &st, AT_SYMLINK_NOFOLLOW)) {
		if (errno == ENOENT)
			return 0;
		return root_target_fail(t, "looked at");
	}
	return (uint64_t)st.st_dev == over->dev &&
	       (uint64_t)st.st_ino == over->ino &&
	       (int64_t)st.st_ctim.tv_sec * 1000000000 + st.st_ctim.tv_nsec ==
		   over->changed;
}
