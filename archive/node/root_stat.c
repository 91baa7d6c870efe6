#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/node/root_internal.h"
#include "archive/warn.h"

int64_t
root_changed(const struct stat *st)
{

	return (int64_t)st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec;
}

/* Target of the symlink behind an O_PATH descriptor. */
static char *
link_target(int fd)
{
	char target[4097], *copy;
	ssize_t n;

	if ((n = readlinkat(fd, "", target, sizeof(target) - 1)) == -1)
		return NULL;
	target[n] = '\0';
	if ((copy = strdup(target)) == NULL)
		errno = ENOMEM;
	return copy;
}

/* Open for its bytes what is known to be a file or folder. */
static int
open_bytes(struct root *r, int folder, const char *path)
{

	return root_at_in(r, folder, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
}

/* Open once more for its bytes what ${st} describes, and nothing else. */
static int
reopen(struct root *r, const char *path, const struct stat *st)
{
	struct stat now;
	int fd;

	if ((fd = open_bytes(r, -1, path)) == -1)
		return -1;
	if (fstat(fd, &now) == -1)
		goto err1;
	if (now.st_dev != st->st_dev || now.st_ino != st->st_ino) {
		errno = ESTALE;
		goto err1;
	}
	return fd;

err1:
	close(fd);
	return -1;
}

/* Type, and what only that type has: a link's target, the others' xattrs. */
static int
stat_type(struct root *r, const char *path, int fd, const struct stat *st,
    struct root_file *f)
{
	int real;

	if (S_ISLNK(st->st_mode)) {
		f->meta.type = FILE_SYMLINK;
		if ((f->meta.target = link_target(fd)) == NULL) {
			warn_errno("%s%s cannot be read", r->shown, path);
			return -1;
		}
		return 0;
	}
	if (!S_ISREG(st->st_mode) && !S_ISDIR(st->st_mode)) {
		f->is_other = 1;
		return 0;
	}
	f->meta.type = S_ISDIR(st->st_mode) ? FILE_DIRECTORY : FILE_REGULAR;
	if ((real = reopen(r, path, st)) == -1) {
		/* Whether it may be read is for whoever reads it to say. */
		if (errno == EACCES || errno == EPERM)
			return 0;
		warn_errno("%s%s cannot be opened", r->shown, path);
		return -1;
	}
	f->is_open = 1;
	f->fd = real;
	return root_xattrs_read(r, path, real, &f->meta);
}

int
root_stat(struct root *r, const char *path, struct root_file *f)
{
	int rc;

	rc = root_stat_open(r, path, f);
	if (f->is_open)
		close(f->fd);
	f->is_open = 0;
	return rc;
}

/* What ${st} says of any file. */
static int
take_stat(struct root *r, const struct stat *st, struct root_file *f)
{

	f->meta.mode = (uint32_t)st->st_mode & 07777;
	f->meta.uid = st->st_uid;
	f->meta.gid = st->st_gid;
	f->meta.mtime = st->st_mtim.tv_sec;
	f->meta.mtime_nsec = (uint32_t)st->st_mtim.tv_nsec;
	f->size = (uint64_t)st->st_size;
	f->dev = (uint64_t)st->st_dev;
	f->ino = (uint64_t)st->st_ino;
	f->links = (uint64_t)st->st_nlink;
	f->changed = root_changed(st);
	if (root_user_name(r, f->meta.uid, &f->meta.user) ||
	    root_group_name(r, f->meta.gid, &f->meta.group))
		return -1;
	return 0;
}

int
root_stat_open(struct root *r, const char *path, struct root_file *f)
{
	struct stat st;
	int fd;

	memset(f, 0, sizeof(*f));
	fd = root_at(r, path, O_PATH | O_NOFOLLOW, RESOLVE_IN_ROOT);
	if (fd == -1) {
		if (root_absent(errno))
			return 0;
		warn_errno("%s%s cannot be looked at", r->shown, path);
		return -1;
	}
	if (fstat(fd, &st) == -1) {
		warn_errno("%s%s cannot be looked at", r->shown, path);
		goto err1;
	}
	if (stat_type(r, path, fd, &st, f) || take_stat(r, &st, f))
		goto err1;
	close(fd);
	return 1;

err1:
	root_file_free(f);
	close(fd);
	return -1;
}

int
root_stat_seen(struct root *r, int folder, const char *path,
    const struct stat *seen, struct root_file *f)
{
	struct stat st;
	int fd;

	if ((!S_ISREG(seen->st_mode) && !S_ISDIR(seen->st_mode)) ||
	    (fd = open_bytes(r, folder, path)) == -1)
		return root_stat_open(r, path, f);
	if (fstat(fd, &st) == -1 || st.st_dev != seen->st_dev ||
	    st.st_ino != seen->st_ino) {
		close(fd);
		return root_stat_open(r, path, f);
	}
	memset(f, 0, sizeof(*f));
	f->is_open = 1;
	f->fd = fd;
	f->meta.type = S_ISDIR(st.st_mode) ? FILE_DIRECTORY : FILE_REGULAR;
	if (root_xattrs_read(r, path, fd, &f->meta) || take_stat(r, &st, f)) {
		root_file_free(f);
		return -1;
	}
	return 1;
}

void
root_file_free(struct root_file *f)
{
	size_t i;

	if (f->is_open)
		close(f->fd);
	for (i = 0; i < f->meta.nxattrs; i++) {
		free(f->meta.xattrs[i].name);
		free(f->meta.xattrs[i].value);
	}
	free(f->meta.xattrs);
	free(f->meta.user);
	free(f->meta.group);
	free(f->meta.target);
	free(f->meta.set);
	memset(f, 0, sizeof(*f));
}
