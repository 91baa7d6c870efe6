#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/node/root_internal.h"
#include "archive/warn.h"

/* What the kernel calls an open file: malloced, or NULL. */
static char *
name_of(int fd)
{
	char link[64], name[4097];
	ssize_t n;

	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if ((n = readlink(link, name, sizeof(name) - 1)) == -1)
		return NULL;
	name[n] = '\0';
	return strdup(name);
}

/* The same without the root's own folder in front. */
static char *
name_below(const struct root *r, int fd)
{
	char *top = name_of(r->fd), *name = name_of(fd), *below = NULL;
	size_t len;

	if (top != NULL && name != NULL) {
		len = strcmp(top, "/") == 0 ? 0 : strlen(top);
		if (strncmp(name, top, len) == 0 && name[len] == '/')
			below = strdup(name + len);
		else if (strcmp(name, top) == 0)
			below = strdup("/");
	}
	free(top);
	free(name);
	return below;
}

/* Is that name the open file's, now?  One that is gone is called "x (deleted)",
 * which is somebody else's, or nobody's. */
static int
is_name(struct root *r, const char *name, int fd)
{
	struct stat open, named;
	int at, rc;

	at = root_at(r, name, O_PATH | O_NOFOLLOW, RESOLVE_IN_ROOT);
	if (at == -1)
		return 0;
	rc = fstat(fd, &open) == 0 && fstat(at, &named) == 0 &&
	     open.st_dev == named.st_dev && open.st_ino == named.st_ino;
	close(at);
	return rc;
}

/* The nearest part of the way that is there, cut out of ${way}: a descriptor;
 * -1 with errno. */
static int
nearest(struct root *r, char *way)
{
	char *slash;
	int fd, link;

	for (;;) {
		fd = root_at(
		    r, way[0] != '\0' ? way : "/", O_PATH, RESOLVE_IN_ROOT);
		if (fd != -1 || (errno != ENOENT && errno != ENOTDIR))
			return fd;
		/* Something of that name is there: a link to nothing. */
		link = root_at(r, way, O_PATH | O_NOFOLLOW, RESOLVE_IN_ROOT);
		if (link != -1) {
			close(link);
			errno = ELOOP;
			return -1;
		}
		if ((slash = strrchr(way, '/')) == NULL)
			return -1;
		*slash = '\0';
	}
}

int
root_resolve(struct root *r, const char *path, struct buf *out)
{
	char *way, *below = NULL;
	const char *rest;
	int fd, rc = -1;

	if ((way = strdup(path)) == NULL)
		goto err0;
	if ((fd = nearest(r, way)) == -1) {
		free(way);
		return 0;
	}
	rest = path + strlen(way);
	free(way);
	errno = 0;
	if ((below = name_below(r, fd)) == NULL && errno == ENOMEM)
		goto err1;
	rc = 0;
	if (below == NULL || !is_name(r, below, fd))
		goto out;
	rc = -1;
	if (buf_adds(out,
		strcmp(below, "/") == 0 && *rest == '/' ? "" : below) == 0 &&
	    buf_adds(out, rest) == 0)
		rc = 1;
out:
	close(fd);
	free(below);
	return rc;

err1:
	close(fd);
err0:
	warn_msg("out of memory");
	return -1;
}
