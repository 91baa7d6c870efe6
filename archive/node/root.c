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

int
root_absent(int err)
{

	/* A name longer than any can be is nobody's. */
	return err == ENOENT || err == ENOTDIR || err == ENAMETOOLONG;
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
	if (fd == -1 && root_absent(errno))
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
