#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "archive/root.h"
#include "archive/root_internal.h"
#include "archive/warn.h"

#define NO_LINKS (RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS)

/* ".novark-" and 16 hex digits. */
#define TEMP_NAME 25

/* A place to write: the open folder, the last part of the path, a temporary
 * name beside it, and how often it was made. */
struct target {
	struct root *r;
	const char *path; /* for messages */
	int dir;
	const char *name;
	char temp[TEMP_NAME];
};

/* Length of the folder in front of the last part; 0 for the root itself. */
static size_t
parent_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? 0 : (size_t)(slash - path);
}

int
root_check_parents(struct root *r, const char *path)
{
	size_t end = parent_len(path), i;
	struct root_file f;
	char *part;
	int rc = 0;

	if ((part = strdup(path)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 1; i <= end && rc == 0; i++) {
		if (i != end && path[i] != '/')
			continue;
		part[i] = '\0';
		if ((rc = root_stat(r, part, &f)) <= 0)
			break;
		rc = 0;
		if (f.is_other || f.meta.type == FILE_REGULAR) {
			warn_msg("%s%s is no folder", r->shown, part);
			rc = -1;
		} else if (f.meta.type == FILE_SYMLINK) {
			warn_msg("%s%s is a symbolic link: nothing is written "
				 "through it",
			    r->shown, part);
			rc = -1;
		}
		root_file_free(&f);
		part[i] = path[i];
	}
	free(part);
	return rc;
}

/* Open the folder of path, without following a link on the way. */
static int
target_open(struct root *r, const char *path, struct target *t)
{
	size_t len = parent_len(path);
	char *parent;

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
	/* Name the link that is in the way, if it is one. */
	if (t->dir == -1 && errno == EXDEV)
		warn_msg("%s leads out of %s", path, r->dir);
	else if (t->dir == -1 && errno != ELOOP)
		warn_errno("%s%s cannot be opened", r->shown, parent);
	else if (t->dir == -1 && root_check_parents(r, path) == 0)
		warn_msg(
		    "%s%s is reached through a symbolic link", r->shown, path);
	free(parent);
	return t->dir == -1 ? -1 : 0;
}

static void
target_close(struct target *t)
{

	close(t->dir);
}

static int
temp_name(struct target *t)
{
	unsigned char bytes[8];
	size_t i, at;

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes)) {
		warn_errno("no random bytes");
		return -1;
	}
	at = (size_t)snprintf(t->temp, sizeof(t->temp), "%s", ROOT_TEMP);
	for (i = 0; i < sizeof(bytes); i++)
		at += (size_t)snprintf(
		    t->temp + at, sizeof(t->temp) - at, "%02x", bytes[i]);
	return 0;
}

/* Said: what could not be done to the target. */
static int
fail(const struct target *t, const char *what)
{

	warn_errno("%s%s cannot be %s", t->r->shown, t->path, what);
	return -1;
}

/* Owner, mode and attributes, in this order: chown drops set-id bits and
 * capabilities. */
static int
set_meta(struct target *t, int fd, const struct item_file *meta)
{
	struct stat st;
	uid_t uid;
	gid_t gid;

	uid = root_user_number(t->r, meta->user, meta->uid);
	gid = root_group_number(t->r, meta->group, meta->gid);
	if (fstat(fd, &st) == -1)
		return fail(t, "looked at");
	if ((st.st_uid != uid || st.st_gid != gid) && fchown(fd, uid, gid)) {
		warn_errno("%s%s cannot be given to %lu:%lu", t->r->shown,
		    t->path, (unsigned long)uid, (unsigned long)gid);
		return -1;
	}
	if (fchmod(fd, meta->mode & 07777))
		return fail(t, "given its mode");
	return root_xattrs_write(t->r, t->path, fd, meta);
}

static int
write_all(struct target *t, int fd, const char *bytes, size_t len)
{
	ssize_t n;

	while (len > 0) {
		if ((n = write(fd, bytes, len)) == -1) {
			if (errno == EINTR)
				continue;
			return fail(t, "written");
		}
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

static int
sync_dir(struct target *t)
{

	if (fsync(t->dir) && errno != EINVAL)
		return fail(t, "made durable");
	return 0;
}

static int
write_regular(struct target *t, const struct item_file *meta, const void *bytes,
    size_t len)
{
	int fd;

	/* Never wider than it will be, at any instant. */
	fd = openat(t->dir, t->temp,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    (mode_t)(meta->mode & 0600));
	if (fd == -1)
		return fail(t, "written");
	/* Bytes before owner and mode: nobody else can see half of them. */
	if (write_all(t, fd, bytes, len) || set_meta(t, fd, meta))
		goto err1;
	if (fsync(fd)) {
		fail(t, "made durable");
		goto err1;
	}
	if (close(fd)) {
		fd = -1;
		fail(t, "written");
		goto err1;
	}
	fd = -1;
	if (renameat(t->dir, t->temp, t->dir, t->name)) {
		fail(t, "replaced");
		goto err1;
	}
	return sync_dir(t);

err1:
	if (fd != -1)
		close(fd);
	unlinkat(t->dir, t->temp, 0);
	return -1;
}

static int
write_folder(struct target *t, const struct item_file *meta)
{
	int fd;

	if (mkdirat(t->dir, t->temp, (mode_t)(meta->mode & 0700)))
		return fail(t, "made");
	fd = openat(
	    t->dir, t->temp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1) {
		fail(t, "made");
		goto err1;
	}
	if (set_meta(t, fd, meta)) {
		close(fd);
		goto err1;
	}
	close(fd);
	if (renameat2(t->dir, t->temp, t->dir, t->name, RENAME_NOREPLACE)) {
		fail(t, "made");
		goto err1;
	}
	return sync_dir(t);

err1:
	unlinkat(t->dir, t->temp, AT_REMOVEDIR);
	return -1;
}

static int
write_link(struct target *t, const struct item_file *meta)
{
	struct stat st;
	uid_t uid;
	gid_t gid;

	if (symlinkat(meta->target, t->dir, t->temp))
		return fail(t, "made");
	uid = root_user_number(t->r, meta->user, meta->uid);
	gid = root_group_number(t->r, meta->group, meta->gid);
	if (fstatat(t->dir, t->temp, &st, AT_SYMLINK_NOFOLLOW) ||
	    ((st.st_uid != uid || st.st_gid != gid) &&
		fchownat(t->dir, t->temp, uid, gid, AT_SYMLINK_NOFOLLOW))) {
		fail(t, "given to its owner");
		goto err1;
	}
	if (renameat(t->dir, t->temp, t->dir, t->name)) {
		fail(t, "made");
		goto err1;
	}
	return sync_dir(t);

err1:
	unlinkat(t->dir, t->temp, 0);
	return -1;
}

/* 1 when a folder stands there already, 0 not, -1 said: something else does. */
static int
folder_stands(struct target *t)
{
	struct stat st;

	if (fstatat(t->dir, t->name, &st, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT ? 0 : fail(t, "looked at");
	if (S_ISDIR(st.st_mode))
		return 1;
	warn_msg("%s%s is there and is no folder", t->r->shown, t->path);
	return -1;
}

int
root_write(struct root *r, const char *path, const struct item_file *meta,
    const void *bytes, size_t len)
{
	struct target t;
	int rc = -1;

	if (target_open(r, path, &t))
		return -1;
	if (temp_name(&t))
		goto done;
	switch (meta->type) {
	case FILE_REGULAR:
		rc = write_regular(&t, meta, bytes, len);
		break;
	case FILE_DIRECTORY:
		if ((rc = folder_stands(&t)) == 0)
			rc = write_folder(&t, meta);
		else if (rc == 1)
			rc = 0;
		break;
	case FILE_SYMLINK:
		rc = write_link(&t, meta);
		break;
	}
done:
	target_close(&t);
	return rc;
}

int
root_remove(struct root *r, const char *path)
{
	struct target t;
	struct stat st;
	int rc = -1;

	if (target_open(r, path, &t))
		return -1;
	if (fstatat(t.dir, t.name, &st, AT_SYMLINK_NOFOLLOW) ||
	    unlinkat(t.dir, t.name, S_ISDIR(st.st_mode) ? AT_REMOVEDIR : 0))
		fail(&t, "removed");
	else
		rc = sync_dir(&t);
	target_close(&t);
	return rc;
}
