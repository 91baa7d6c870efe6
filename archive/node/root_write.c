#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/node/root.h"
#include "archive/node/root_internal.h"
#include "archive/warn.h"

/* One thing to be written. */
struct writing {
	struct root_target t;
	const struct item_file *meta;
	const struct root_file *over; /* what it replaces, or NULL: nothing */
	int times;                    /* give it its old time too */
	char temp[ROOT_TEMP_NAME];    /* beside it; "" while there is none */
};

static int
fail(const struct writing *w, const char *what)
{

	return root_target_fail(&w->t, what);
}

static int
set_time(struct writing *w, int fd, const char *name, int flags)
{
	const struct timespec times[2] = { { 0, UTIME_OMIT },
		{ (time_t)w->meta->mtime, (long)w->meta->mtime_nsec } };

	if (!w->times)
		return 0;
	if (name == NULL ? futimens(fd, times)
			 : utimensat(fd, name, times, flags))
		return fail(w, "given its time");
	return 0;
}

/* Owner, mode and attributes, in this order: chown drops set-id bits and
 * capabilities. */
static int
set_meta(struct writing *w, int fd)
{
	const struct item_file *meta = w->meta;
	struct stat st;
	uid_t uid;
	gid_t gid;

	uid = root_user_number(w->t.r, meta->user, meta->uid);
	gid = root_group_number(w->t.r, meta->group, meta->gid);
	if (fstat(fd, &st) == -1)
		return fail(w, "looked at");
	if ((st.st_uid != uid || st.st_gid != gid) && fchown(fd, uid, gid)) {
		warn_errno("%s%s cannot be given to %lu:%lu", w->t.r->shown,
		    w->t.path, (unsigned long)uid, (unsigned long)gid);
		return -1;
	}
	if (fchmod(fd, meta->mode & 07777))
		return fail(w, "given its mode");
	if (root_xattrs_write(w->t.r, w->t.path, fd, meta))
		return -1;
	return set_time(w, fd, NULL, 0);
}

static int
write_all(struct writing *w, int fd, const char *bytes, size_t len)
{
	ssize_t n;

	while (len > 0) {
		if ((n = write(fd, bytes, len)) == -1) {
			if (errno == EINTR)
				continue;
			return fail(w, "written");
		}
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

/* Where no file system has RENAME_NOREPLACE: a link replaces nothing either.
 * 0, 1 when something stands there, -1 with errno. */
static int
rename_new(struct writing *w)
{
	int dir = w->t.dir;

	if (w->meta->type == FILE_DIRECTORY)
		return root_rename_new(dir, w->temp, w->t.name);
	if (renameat2(dir, w->temp, dir, w->t.name, RENAME_NOREPLACE) == 0)
		return 0;
	if ((errno == EINVAL || errno == ENOSYS) &&
	    linkat(dir, w->temp, dir, w->t.name, 0) == 0) {
		(void)unlinkat(dir, w->temp, 0);
		return 0;
	}
	return errno == EEXIST ? 1 : -1;
}

/* From the temporary name to the right one: 0, 1 when what stands there is not
 * what should, -1 said. */
static int
give_name(struct writing *w)
{
	int dir = w->t.dir, rc;

	if (w->over == NULL) {
		if ((rc = rename_new(w)) != 0)
			return rc == 1 ? 1 : fail(w, "made");
	} else {
		if ((rc = root_target_is(&w->t, w->over)) != 1)
			return rc == 0 ? 1 : -1;
		if (renameat(dir, w->temp, dir, w->t.name))
			return fail(w, "replaced");
	}
	w->temp[0] = '\0';
	return root_target_sync(&w->t);
}

/* A file without a name, which needs no temporary one; -1 where there is no
 * such thing. */
static int
open_unnamed(struct writing *w, char proc[64])
{
	int fd;

	if (w->over != NULL)
		return -1;
	fd = openat(w->t.dir, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC,
	    (mode_t)(w->meta->mode & 0600));
	if (fd == -1)
		return -1;
	/* It gets its name by way of /proc. */
	snprintf(proc, 64, "/proc/self/fd/%d", fd);
	if (access(proc, F_OK) == 0)
		return fd;
	close(fd);
	return -1;
}

static int
link_unnamed(struct writing *w, const char *proc)
{

	if (linkat(AT_FDCWD, proc, w->t.dir, w->t.name, AT_SYMLINK_FOLLOW) == 0)
		return root_target_sync(&w->t);
	return errno == EEXIST ? 1 : fail(w, "made");
}

/* With a temporary name beside it. */
static int
open_named(struct writing *w)
{
	int fd;

	if (root_temp_name(w->t.r, w->temp))
		return -1;
	fd = openat(w->t.dir, w->temp,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    (mode_t)(w->meta->mode & 0600));
	if (fd == -1) {
		w->temp[0] = '\0';
		fail(w, "written");
	}
	return fd;
}

static int
write_regular(struct writing *w, const void *bytes, size_t len)
{
	char proc[64];
	int fd, rc = -1;

	/* Never wider than it will be, at any instant. */
	if ((fd = open_unnamed(w, proc)) == -1 && (fd = open_named(w)) == -1)
		return -1;
	/* Bytes before owner and mode: nobody else can see half of them. */
	if (write_all(w, fd, bytes, len) || set_meta(w, fd))
		goto done;
	if (fsync(fd))
		fail(w, "made durable");
	else if (w->temp[0] == '\0')
		rc = link_unnamed(w, proc);
	else
		rc = give_name(w);
done:
	close(fd);
	return rc;
}

static int
write_folder(struct writing *w)
{
	int fd, rc = -1;

	if (root_temp_name(w->t.r, w->temp))
		return -1;
	if (mkdirat(w->t.dir, w->temp, (mode_t)(w->meta->mode & 0700))) {
		w->temp[0] = '\0';
		return fail(w, "made");
	}
	fd = openat(
	    w->t.dir, w->temp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1)
		return fail(w, "made");
	if (set_meta(w, fd) == 0)
		rc = give_name(w);
	close(fd);
	return rc;
}

static int
write_link(struct writing *w)
{
	const struct item_file *meta = w->meta;
	int dir = w->t.dir;
	struct stat st;
	uid_t uid;
	gid_t gid;

	if (root_temp_name(w->t.r, w->temp))
		return -1;
	if (symlinkat(meta->target, dir, w->temp)) {
		w->temp[0] = '\0';
		return fail(w, "made");
	}
	uid = root_user_number(w->t.r, meta->user, meta->uid);
	gid = root_group_number(w->t.r, meta->group, meta->gid);
	if (fstatat(dir, w->temp, &st, AT_SYMLINK_NOFOLLOW) ||
	    ((st.st_uid != uid || st.st_gid != gid) &&
		fchownat(dir, w->temp, uid, gid, AT_SYMLINK_NOFOLLOW)))
		return fail(w, "given to its owner");
	if (set_time(w, dir, w->temp, AT_SYMLINK_NOFOLLOW))
		return -1;
	return give_name(w);
}

static int
write_any(struct writing *w, const void *bytes, size_t len)
{

	switch (w->meta->type) {
	case FILE_REGULAR:
		return write_regular(w, bytes, len);
	case FILE_DIRECTORY:
		return write_folder(w);
	case FILE_SYMLINK:
		return write_link(w);
	}
	return -1;
}

static int
put(struct root *r, const char *path, struct writing *w, const void *bytes,
    size_t len)
{
	int rc;

	if (root_target_open(r, path, 0, &w->t) != 1)
		return -1;
	rc = write_any(w, bytes, len);
	if (w->temp[0] != '\0')
		unlinkat(w->t.dir, w->temp,
		    w->meta->type == FILE_DIRECTORY ? AT_REMOVEDIR : 0);
	root_target_close(&w->t);
	return rc;
}

int
root_create(struct root *r, const char *path, const struct item_file *meta,
    const void *bytes, size_t len)
{
	struct writing w = { .meta = meta };

	return put(r, path, &w, bytes, len);
}

int
root_replace(struct root *r, const char *path, const struct root_file *over,
    const struct item_file *meta, const void *bytes, size_t len, int times)
{
	struct writing w = { .meta = meta, .over = over, .times = times };

	if (over->is_other || over->meta.type == FILE_DIRECTORY ||
	    meta->type == FILE_DIRECTORY) {
		warn_msg(
		    "%s%s: a folder or device is not replaced", r->shown, path);
		return -1;
	}
	return put(r, path, &w, bytes, len);
}

int
root_remove(struct root *r, const char *path, const struct root_file *over)
{
	struct root_target t;
	struct stat st;
	int rc;

	if (root_target_open(r, path, 0, &t) != 1)
		return -1;
	if (over != NULL && (rc = root_target_is(&t, over)) != 1) {
		rc = rc == 0 ? 1 : -1;
		goto done;
	}
	if (fstatat(t.dir, t.name, &st, AT_SYMLINK_NOFOLLOW) ||
	    unlinkat(t.dir, t.name, S_ISDIR(st.st_mode) ? AT_REMOVEDIR : 0))
		rc = root_target_fail(&t, "removed");
	else
		rc = root_target_sync(&t);
done:
	root_target_close(&t);
	return rc;
}
