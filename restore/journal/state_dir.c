#include "restore/journal/state_dir.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"

/* The next part of the way into ${part}: 1, 0 at its end, -1 with errno. */
static int
next_part(const char **way, char part[256])
{
	size_t n;

	*way += strspn(*way, "/");
	if ((n = strcspn(*way, "/")) == 0)
		return 0;
	if (n > 255) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(part, *way, n);
	part[n] = '\0';
	*way += n;
	return 1;
}

/* A folder in ${at}, which no link led to; -1 with errno. */
static int
step(int at, const char *part, int flags)
{
	struct stat st;
	int fd, err;

	fd = openat(at, part, flags | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd != -1 || errno != ENOTDIR)
		return fd;
	err = fstatat(at, part, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		      S_ISLNK(st.st_mode)
		  ? ELOOP
		  : ENOTDIR;
	errno = err;
	return -1;
}

/* One folder, durable before it is used; its mode is set anew, for the
 * process's own umask would shut others out of /var. */
static int
make_one(int at, const char *part, mode_t mode)
{
	int fd, rc = -1;

	if (mkdirat(at, part, 0700) == -1)
		return errno == EEXIST ? 0 : -1;
	if ((fd = step(at, part, O_RDONLY)) == -1)
		return -1;
	if (fchmod(fd, mode) == 0)
		rc = 0;
	close(fd);
	if (rc == -1 || (fd = step(at, ".", O_RDONLY)) == -1)
		return -1;
	rc = fsync(fd);
	close(fd);
	return rc;
}

/* Is this the last part of the way? */
static int
is_last(const char *way)
{

	return way[strspn(way, "/")] == '\0';
}

/* Open the folder, part by part, so that whoever puts a link there while this
 * goes on leads nowhere.  ${make}: as mkdir -p, parents open to all, the last
 * one ours alone.  A descriptor, or -1 with errno. */
static int
walk(const char *dir, int make)
{
	const char *way = dir;
	char part[256];
	int at, next, rc, err;

	at = open(*dir == '/' ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (at == -1)
		return -1;
	while ((rc = next_part(&way, part)) == 1) {
		next = step(at, part, O_PATH);
		if (next == -1 && errno == ENOENT && make &&
		    make_one(at, part, is_last(way) ? 0700 : 0755) == 0)
			next = step(at, part, O_PATH);
		if (next == -1) {
			rc = -1;
			break;
		}
		close(at);
		at = next;
	}
	next = rc == -1 ? -1 : step(at, ".", O_RDONLY);
	err = errno;
	close(at);
	errno = err;
	return next;
}

int
state_dir_make(const char *dir)
{
	int fd;

	if ((fd = walk(dir, 1)) == -1)
		warn_errno("%s: the folder for the restore's state cannot be "
			   "made (--state-dir names another)",
		    dir);
	return fd;
}

int
state_dir_open(const char *dir, int *fd)
{

	if ((*fd = walk(dir, 0)) != -1)
		return 1;
	if (errno == ENOENT)
		return 0;
	warn_errno("%s: the folder of the restores' state cannot be opened "
		   "(--state-dir names another)",
	    dir);
	return -1;
}

/* The length of ${dir} without its last part, of its first ${n} bytes. */
static size_t
without_last(const char *dir, size_t n)
{

	while (n > 0 && dir[n - 1] != '/')
		n--;
	while (n > 0 && dir[n - 1] == '/')
		n--;
	return n;
}

char *
state_dir_resolve(const char *dir)
{
	size_t n = strlen(dir);
	char *head, *real, *out = NULL;
	const char *tail;

	while (n > 0 && dir[n - 1] == '/')
		n--;
	/* What is there, and behind it what is not. */
	for (;; n = without_last(dir, n)) {
		head =
		    n > 0 ? strndup(dir, n) : strdup(*dir == '/' ? "/" : ".");
		if (head == NULL)
			goto err0;
		real = realpath(head, NULL);
		free(head);
		if (real != NULL)
			break;
		/* Whoever opens it will say why. */
		if (errno != ENOENT || n == 0)
			return strdup(dir);
	}
	tail = dir + n + strspn(dir + n, "/");
	if (asprintf(&out, "%s%s%s", strcmp(real, "/") == 0 ? "" : real,
		*tail == '\0' && strcmp(real, "/") != 0 ? "" : "/", tail) == -1)
		out = NULL;
	free(real);
	if (out != NULL)
		return out;
err0:
	warn_msg("out of memory");
	return NULL;
}
