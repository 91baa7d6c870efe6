#include "archive/node/newfile.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "archive/aside.h"
#include "archive/warn.h"

/* ".novark-", 16 hex digits or the start of the file's own name, ".tmp" */
#define TEMP_NAME 224
#define TEMP_BASE 200

struct newfile {
	char *file;       /* as the caller named it */
	char *dir;        /* its folder */
	const char *base; /* its name in there, into file */
	int dirfd, fd;
	enum newfile_existing existing;
	char temp[TEMP_NAME]; /* hidden name, "" while there is none */
	uint64_t *written;    /* of a stream; else NULL */
};

/* A new hidden name that nobody can guess. */
static int
temp_name(char name[TEMP_NAME])
{
	uint64_t r;

	if (getrandom(&r, sizeof(r), 0) != (ssize_t)sizeof(r))
		return -1;
	snprintf(name, TEMP_NAME, ".novark-%016llx.tmp", (unsigned long long)r);
	return 0;
}

/* A file without a name; -1 with errno EOPNOTSUPP where there is no such thing.
 */
static int
open_unnamed(int dirfd, mode_t mode)
{
	char proc[64];
	int fd;

	if ((fd = openat(dirfd, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode)) ==
	    -1) {
		/* EISDIR, ENOENT: kernels that take the flag for another. */
		if (errno == EISDIR || errno == ENOENT)
			errno = EOPNOTSUPP;
		return -1;
	}
	/* It gets its name by way of /proc. */
	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	if (access(proc, F_OK) == -1) {
		close(fd);
		errno = EOPNOTSUPP;
		return -1;
	}
	return fd;
}

/* A file with a hidden name, where it cannot be without one. */
static int
open_hidden(int dirfd, mode_t mode, char name[TEMP_NAME])
{
	int fd;

	if (temp_name(name) == -1 ||
	    (fd = openat(dirfd, name,
		 O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)) ==
		-1) {
		name[0] = '\0';
		return -1;
	}
	return fd;
}

/* What the user can do about a file that is there. */
static const char *
hint(const struct newfile *n)
{

	return n->existing == NEWFILE_KEEP ? "; --force replaces it" : "";
}

/* May the name be given?  Said when not. */
static int
check_name(const struct newfile *n)
{
	struct stat st;

	if (fstatat(n->dirfd, n->base, &st, AT_SYMLINK_NOFOLLOW) == -1) {
		if (errno == ENOENT)
			return 0;
		warn_errno("cannot look at %s", n->file);
		return -1;
	}
	if (!S_ISREG(st.st_mode)) {
		warn_msg("%s exists already and is no regular file", n->file);
		return -1;
	}
	if (n->existing != NEWFILE_FORCE) {
		warn_msg("%s exists already%s", n->file, hint(n));
		return -1;
	}
	return 0;
}

/* Split into folder and name, and open the folder. */
static int
open_folder(struct newfile *n)
{
	char *slash = strrchr(n->file, '/');

	n->base = slash == NULL ? n->file : slash + 1;
	if (slash == NULL)
		n->dir = strdup(".");
	else if (slash == n->file)
		n->dir = strdup("/");
	else
		n->dir = strndup(n->file, (size_t)(slash - n->file));
	if (n->dir == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	if (n->base[0] == '\0') {
		warn_msg("%s names a folder, not a file", n->file);
		return -1;
	}
	n->dirfd = open(n->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (n->dirfd == -1) {
		warn_errno("cannot open the folder %s of %s", n->dir, n->file);
		return -1;
	}
	return 0;
}

struct newfile *
newfile_open(const char *file, mode_t mode, enum newfile_existing existing)
{
	struct newfile *n;

	if ((n = calloc(1, sizeof(*n))) == NULL)
		goto err0;
	n->dirfd = n->fd = -1;
	n->existing = existing;
	if ((n->file = strdup(file)) == NULL)
		goto err1;
	if (open_folder(n) == -1 || check_name(n) == -1)
		goto err2;
	if ((n->fd = open_unnamed(n->dirfd, mode)) == -1 && errno == EOPNOTSUPP)
		n->fd = open_hidden(n->dirfd, mode, n->temp);
	if (n->fd == -1) {
		warn_errno("cannot make %s in the folder %s", n->base, n->dir);
		goto err2;
	}
	return n;

err1:
	free(n);
err0:
	warn_msg("out of memory");
	return NULL;
err2:
	newfile_discard(n);
	return NULL;
}

struct newfile *
newfile_stream(int fd, const char *name, uint64_t *size)
{
	struct newfile *n;

	if ((n = calloc(1, sizeof(*n))) == NULL ||
	    (n->file = strdup(name)) == NULL) {
		warn_msg("out of memory");
		free(n);
		return NULL;
	}
	n->dirfd = -1;
	n->fd = fd;
	*size = 0;
	n->written = size;
	return n;
}

/* Say why a write failed; of a full disk also how much room there is. */
static void
say_write(const struct newfile *n, int fd)
{
	struct statvfs fs;

	if (n->dirfd != -1 && errno == ENOSPC && fstatvfs(n->dirfd, &fs) == 0)
		warn_msg("cannot write %s: the disk is full (%llu KiB free in "
			 "the folder %s)",
		    n->file,
		    (unsigned long long)fs.f_bavail * fs.f_frsize / 1024,
		    n->dir);
	else if (n->written != NULL && fd != n->fd)
		warn_errno("cannot write a temporary file (TMPDIR names "
			   "another folder)");
	else
		warn_errno("cannot write %s", n->file);
}

/* Whoever made a pipe may have made it not to wait. */
static int
can_wait(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };

	return errno == EAGAIN && (poll(&p, 1, -1) != -1 || errno == EINTR);
}

int
newfile_spool_write(struct newfile *n, int fd, const void *bytes, size_t len)
{
	const char *p = bytes;
	ssize_t done;

	while (len > 0) {
		if ((done = write(fd, p, len)) == -1) {
			if (errno == EINTR || can_wait(fd))
				continue;
			say_write(n, fd);
			return -1;
		}
		p += done;
		len -= (size_t)done;
		if (fd == n->fd && n->written != NULL)
			*n->written += (uint64_t)done;
	}
	return 0;
}

int
newfile_write(struct newfile *n, const void *bytes, size_t len)
{

	return newfile_spool_write(n, n->fd, bytes, len);
}

int
newfile_spool(struct newfile *n)
{
	char name[TEMP_NAME];
	int fd;

	if (n->written != NULL)
		return aside_file();
	fd = openat(n->dirfd, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd == -1 &&
	    (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT) &&
	    (fd = open_hidden(n->dirfd, 0600, name)) != -1 &&
	    unlinkat(n->dirfd, name, 0) == -1) {
		close(fd);
		fd = -1;
	}
	if (fd == -1)
		warn_errno(
		    "cannot make a temporary file in the folder %s", n->dir);
	return fd;
}

/* Give the file without a name the name ${name}. */
static int
link_name(const struct newfile *n, const char *name)
{
	char proc[64];

	if (n->temp[0] != '\0')
		return linkat(n->dirfd, n->temp, n->dirfd, name, 0);
	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", n->fd);
	return linkat(AT_FDCWD, proc, n->dirfd, name, AT_SYMLINK_FOLLOW);
}

/* rename replaces; but it needs a name to start from.  That name is always the
 * same for a file: what a kill left goes away with the next one. */
static int
link_beside(struct newfile *n)
{
	char name[TEMP_NAME];

	snprintf(name, sizeof(name), ".novark-%.*s.tmp", TEMP_BASE, n->base);
	if (link_name(n, name) == -1 &&
	    (errno != EEXIST || unlinkat(n->dirfd, name, 0) == -1 ||
		link_name(n, name) == -1))
		return -1;
	memcpy(n->temp, name, sizeof(name));
	return 0;
}

/* The final name, in one step; said when that fails. */
static int
give_name(struct newfile *n)
{

	if (n->existing != NEWFILE_FORCE) {
		if (link_name(n, n->base) == 0)
			return 0;
		if (errno == EEXIST)
			warn_msg("%s exists already (it was made while this "
				 "ran)%s",
			    n->file, hint(n));
		else
			warn_errno("cannot give %s its name", n->file);
		return -1;
	}
	if (n->temp[0] == '\0') {
		if (link_name(n, n->base) == 0)
			return 0;
		if (errno != EEXIST || link_beside(n) == -1) {
			warn_errno("cannot give %s its name", n->file);
			return -1;
		}
	}
	if (renameat(n->dirfd, n->temp, n->dirfd, n->base) == -1) {
		warn_errno("cannot replace %s", n->file);
		return -1;
	}
	n->temp[0] = '\0';
	return 0;
}

int
newfile_commit(struct newfile *n)
{

	/* A pipe has no disk. */
	if (fsync(n->fd) == -1 && (n->written == NULL || errno != EINVAL)) {
		say_write(n, n->fd);
		goto err0;
	}
	if (n->written != NULL) {
		newfile_discard(n);
		return 0;
	}
	if (give_name(n) == -1)
		goto err0;
	if (fsync(n->dirfd) == -1) {
		warn_errno("cannot sync the folder of %s", n->file);
		if (n->existing != NEWFILE_FORCE &&
		    unlinkat(n->dirfd, n->base, 0) == -1)
			warn_errno("%s is there, but may not stay: it cannot "
				   "be removed",
			    n->file);
		goto err0;
	}
	newfile_discard(n);
	return 0;

err0:
	newfile_discard(n);
	return -1;
}

void
newfile_discard(struct newfile *n)
{

	if (n == NULL)
		return;
	if (n->temp[0] != '\0')
		(void)unlinkat(n->dirfd, n->temp, 0);
	if (n->fd != -1 && n->written == NULL)
		close(n->fd);
	if (n->dirfd != -1)
		close(n->dirfd);
	free(n->dir);
	free(n->file);
	free(n);
}
