#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <unistd.h>

#include "archive/limits.h"
#include "archive/node/fd_read.h"
#include "archive/node/root_internal.h"
#include "archive/warn.h"

int
root_at_in(struct root *r, int folder, const char *path, uint64_t flags)
{
	const char *name = strrchr(path, '/');

	flags |= O_NOFOLLOW;
	if (folder == -1 || name == NULL || name[1] == '\0')
		return root_at(r, path, flags, RESOLVE_IN_ROOT);
	return openat(folder, name + 1, (int)flags | O_CLOEXEC);
}

int
root_folder(struct root *r, int folder, const char *path)
{
	int fd;

	fd = root_at_in(r, folder, path, O_RDONLY | O_DIRECTORY);
	if (fd == -1 && (errno == EACCES || errno == EPERM))
		fd = root_at_in(r, folder, path, O_PATH | O_DIRECTORY);
	return fd;
}

int
root_look(struct root *r, int folder, const char *path, struct stat *st)
{
	const char *name = strrchr(path, '/');
	int fd, rc;

	if (folder != -1 && name != NULL && name[1] != '\0') {
		rc = fstatat(folder, name + 1, st, AT_SYMLINK_NOFOLLOW);
	} else {
		fd = root_at(r, path, O_PATH | O_NOFOLLOW, RESOLVE_IN_ROOT);
		rc = fd == -1 ? -1 : fstat(fd, st);
		if (fd != -1)
			close(fd);
	}
	if (rc == 0)
		return 1;
	if (root_absent(errno))
		return 0;
	warn_errno("%s%s cannot be looked at", r->shown, path);
	return -1;
}

/* The bytes of a file of ${size}, as one call gives them: 1, or 0 when that
 * were not so many, and -1 said. */
static int
read_once(int fd, size_t size, struct buf *out)
{
	ssize_t n;
	char *to;

	/* One more than there are: an end shows. */
	if ((to = buf_reserve(out, size + 1)) == NULL)
		return -1;
	if ((n = pread(fd, to, size + 1, 0)) == -1 || (size_t)n != size)
		return 0;
	out->len += size;
	out->data[out->len] = '\0';
	return 1;
}

/* All bytes from the start on, ${want} of them in a first call; 0 or -1. */
static int
read_all(struct root *r, const char *path, int fd, size_t want, struct buf *out)
{
	size_t start = out->len;
	ssize_t n;
	char *to;

	do {
		if ((to = buf_reserve(out, want)) == NULL)
			goto err0;
		n = fd_read(fd, to, want, out->len - start);
		if (n == -1) {
			warn_errno("%s%s cannot be read", r->shown, path);
			goto err0;
		}
		out->len += (size_t)n;
		if (out->len - start > LIMIT_ITEM) {
			warn_msg("%s%s is larger than %u MiB", r->shown, path,
			    LIMIT_ITEM >> 20);
			goto err0;
		}
	} while ((size_t)n == want && (want = 65536) > 0);
	out->data[out->len] = '\0';
	return 0;

err0:
	out->len = start;
	return -1;
}

int
root_file_read(struct root *r, const char *path, const struct root_file *f,
    struct buf *out, int *torn)
{
	size_t before = out->len;
	struct stat st;
	int rc;

	*torn = 0;
	if (!f->is_open) {
		errno = EACCES;
		goto err0;
	}
	if (f->size > LIMIT_ITEM) {
		warn_msg("%s%s is larger than %u MiB", r->shown, path,
		    LIMIT_ITEM >> 20);
		return -1;
	}
	if ((rc = read_once(f->fd, (size_t)f->size, out)) == 0)
		rc = read_all(r, path, f->fd, (size_t)f->size + 1, out);
	if (rc == -1)
		return -1;
	if (fstat(f->fd, &st) == -1)
		goto err0;
	*torn = out->len - before != f->size || root_changed(&st) != f->changed;
	return 0;

err0:
	warn_errno("%s%s cannot be read", r->shown, path);
	return -1;
}
