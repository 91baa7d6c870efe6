#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <unistd.h>

#include "archive/node/root_internal.h"

static int
same(const struct stat *a, const struct stat *b)
{

	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

int
root_peek(struct root *r, const char *path, struct stat *st, int *fd)
{
	struct stat now;
	int at, rc;

	*fd = -1;
	/* First without opening it for bytes: a device or FIFO may act on that.
	 */
	if ((at = root_at(r, path, O_PATH, RESOLVE_IN_ROOT)) == -1)
		return errno == ENOENT || errno == ENOTDIR ||
			       errno == ENAMETOOLONG
			   ? 0
			   : -1;
	if ((rc = fstat(at, st)) == -1)
		goto out;
	rc = 1;
	if (!S_ISREG(st->st_mode) && !S_ISBLK(st->st_mode))
		goto out;
	*fd =
	    root_at(r, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, RESOLVE_IN_ROOT);
	if (*fd != -1 && (fstat(*fd, &now) == -1 || !same(st, &now))) {
		close(*fd);
		*fd = -1;
	}
out:
	/* Not before: the number of a file that is gone goes to the next one.
	 */
	close(at);
	return rc;
}
