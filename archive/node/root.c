#include "archive/node/root.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "archive/limits.h"
#include "archive/node/root_internal.h"
#include "archive/warn.h"

/* openat2 asks to be called again when a rename elsewhere disturbed it. */
#define TRIES 64

struct root *
root_open(const char *dir)
{
	struct root *r;

	if (dir == NULL || *dir == '\0')
		dir = "/";
	if ((r = calloc(1, sizeof(*r))) == NULL ||
	    (r->dir = strdup(dir)) == NULL) {
		warn_msg("out of memory");
		goto err1;
	}
	r->shown = strcmp(dir, "/") == 0 ? "" : r->dir;
	r->fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (r->fd == -1) {
		warn_errno("%s cannot be opened", dir);
		goto err1;
	}
	return r;

err1:
	if (r != NULL)
		free(r->dir);
	free(r);
	return NULL;
}

void
root_close(struct root *r)
{

	if (r == NULL)
		return;
	close(r->fd);
	free(r->user);
	free(r->group);
	free(r->tag);
	free(r->dir);
	free(r);
}

const char *
root_dir(const struct root *r)
{

	return r->dir;
}

const char *
root_relative(const char *path)
{

	while (*path == '/')
		path++;
	return *path == '\0' ? "." : path;
}

int
root_at(struct root *r, const char *path, uint64_t flags, uint64_t resolve)
{
	struct open_how how;
	int tries;
	long fd = -1;

	memset(&how, 0, sizeof(how));
	how.flags = flags | O_CLOEXEC;
	how.resolve = resolve | RESOLVE_NO_MAGICLINKS;
	for (tries = 0; !r->no_openat2 && tries < TRIES; tries++) {
		fd = syscall(
		    SYS_openat2, r->fd, root_relative(path), &how, sizeof(how));
		if (fd != -1 || (errno != EAGAIN && errno != EINTR))
			break;
	}
	if (fd == -1 && (r->no_openat2 || errno == ENOSYS)) {
		r->no_openat2 = 1;
		return root_walk(
		    r->fd, root_relative(path), how.flags, resolve);
	}
	return (int)fd;
}

/* Did this errno of an open mean that nothing stands there? */
static int
absent(int err)
{

	/* A name longer than any can be is nobody's. */
	return err == ENOENT || err == ENOTDIR || err == ENAMETOOLONG;
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

/* Open once more for its bytes what ${st} describes, and nothing else. */
static int
reopen(struct root *r, const char *path, const struct stat *st)
{
	struct stat now;
	int fd;

	fd = root_at(r, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY,
	    RESOLVE_IN_ROOT);
	if (fd == -1)
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
	int real, rc;

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
	rc = root_xattrs_read(r, path, real, &f->meta);
	close(real);
	return rc;
}

int
root_stat(struct root *r, const char *path, struct root_file *f)
{
	struct stat st;
	int fd;

	memset(f, 0, sizeof(*f));
	fd = root_at(r, path, O_PATH | O_NOFOLLOW, RESOLVE_IN_ROOT);
	if (fd == -1) {
		if (absent(errno))
			return 0;
		warn_errno("%s%s cannot be looked at", r->shown, path);
		return -1;
	}
	if (fstat(fd, &st) == -1) {
		warn_errno("%s%s cannot be looked at", r->shown, path);
		goto err1;
	}
	f->meta.mode = (uint32_t)st.st_mode & 07777;
	f->meta.uid = st.st_uid;
	f->meta.gid = st.st_gid;
	f->meta.mtime = st.st_mtim.tv_sec;
	f->meta.mtime_nsec = (uint32_t)st.st_mtim.tv_nsec;
	f->size = (uint64_t)st.st_size;
	f->dev = (uint64_t)st.st_dev;
	f->ino = (uint64_t)st.st_ino;
	f->links = (uint64_t)st.st_nlink;
	f->changed =
	    (int64_t)st.st_ctim.tv_sec * 1000000000 + st.st_ctim.tv_nsec;
	if (stat_type(r, path, fd, &st, f) ||
	    root_user_name(r, f->meta.uid, &f->meta.user) ||
	    root_group_name(r, f->meta.gid, &f->meta.group))
		goto err1;
	close(fd);
	return 1;

err1:
	root_file_free(f);
	close(fd);
	return -1;
}

void
root_file_free(struct root_file *f)
{
	size_t i;

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

/* All bytes behind fd, at most LIMIT_ITEM. */
static int
slurp(struct root *r, const char *path, int fd, struct buf *out)
{
	size_t start = out->len;
	ssize_t n;
	char *to;

	for (;;) {
		if ((to = buf_reserve(out, 65536)) == NULL)
			goto err0;
		if ((n = read(fd, to, 65536)) == 0)
			break;
		if (n == -1) {
			if (errno == EINTR)
				continue;
			warn_errno("%s%s cannot be read", r->shown, path);
			goto err0;
		}
		out->len += (size_t)n;
		if (out->len - start > LIMIT_ITEM) {
			warn_msg("%s%s is larger than %u MiB", r->shown, path,
			    LIMIT_ITEM >> 20);
			goto err0;
		}
	}
	out->data[out->len] = '\0';
	return 0;

err0:
	out->len = start;
	return -1;
}

static int
read_file(struct root *r, const char *path, uint64_t nofollow, struct buf *out)
{
	struct stat st;
	int fd, rc = -1;

	/* First without opening it for bytes: a device or FIFO may act on that.
	 */
	fd = root_at(r, path, O_PATH | nofollow, RESOLVE_IN_ROOT);
	if (fd == -1 && absent(errno))
		return 0;
	if (fd == -1 || fstat(fd, &st) == -1) {
		warn_errno("%s%s cannot be read", r->shown, path);
		goto err1;
	}
	if (!S_ISREG(st.st_mode)) {
		if (nofollow && (S_ISLNK(st.st_mode) || S_ISDIR(st.st_mode)))
			rc = 0;
		else
			warn_msg("%s%s is no regular file", r->shown, path);
		goto err1;
	}
	close(fd);
	fd = root_at(r, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | nofollow,
	    RESOLVE_IN_ROOT);
	if (fd == -1 || fstat(fd, &st) == -1) {
		warn_errno("%s%s cannot be read", r->shown, path);
		goto err1;
	}
	if (!S_ISREG(st.st_mode)) {
		warn_msg("%s%s is no regular file any more", r->shown, path);
		goto err1;
	}
	rc = slurp(r, path, fd, out) ? -1 : 1;
err1:
	if (fd != -1)
		close(fd);
	return rc;
}

int
root_read(struct root *r, const char *path, struct buf *out)
{

	return read_file(r, path, 0, out);
}

int
root_read_nofollow(struct root *r, const char *path, struct buf *out)
{

	return read_file(r, path, O_NOFOLLOW, out);
}
