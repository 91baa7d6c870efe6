/* The system's calls on files.  A name that only takes other types for the same
 * call (pread64) stands beside it. */
#undef _FORTIFY_SOURCE
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/xattr.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/fault/fault.h"

/* A call with descriptor or path that does it all, or fails. */
#define ON(kind, ret, bad, name, path, fd, params, args)                       \
	ret name params;                                                       \
	ret name params                                                        \
	{                                                                      \
		static ret(*real) params;                                      \
                                                                               \
		REAL(name);                                                    \
		if (fault_point(kind, #name, path, fd, CALLER) == FAULT_FAIL)  \
			return bad;                                            \
		return real args;                                              \
	}

/* One that takes or gives a number of bytes. */
#define BYTES(kind, name, fd, len, params, args)                               \
	ssize_t name params;                                                   \
	ssize_t name params                                                    \
	{                                                                      \
		static ssize_t(*real) params;                                  \
                                                                               \
		REAL(name);                                                    \
		switch (fault_point(kind, #name, NULL, fd, CALLER)) {          \
		case FAULT_REAL:                                               \
			break;                                                 \
		case FAULT_SHORT:                                              \
			len = (len + 1) / 2;                                   \
			break;                                                 \
		default:                                                       \
			return -1;                                             \
		}                                                              \
		return real args;                                              \
	}

/* What is written to a screen or a pipe changes nothing that a restore knows.
 */
ssize_t
write(int fd, const void *p, size_t len)
{
	static ssize_t (*real)(int, const void *, size_t);
	struct stat st;

	REAL(write);
	if (fd <= STDERR_FILENO || !fault_ours(CALLER) || fstat(fd, &st) ||
	    !S_ISREG(st.st_mode))
		return real(fd, p, len);
	switch (fault_point(FAULT_WRITE, "write", NULL, fd, CALLER)) {
	case FAULT_REAL:
		break;
	case FAULT_SHORT:
		len = (len + 1) / 2;
		break;
	default:
		return -1;
	}
	return real(fd, p, len);
}

BYTES(FAULT_WRITE, pwrite, fd, len,
    (int fd, const void *p, size_t len, off_t at), (fd, p, len, at))
BYTES(FAULT_WRITE, pwrite64, fd, len,
    (int fd, const void *p, size_t len, off64_t at), (fd, p, len, at))
ON(FAULT_WRITE, ssize_t, -1, writev, NULL, fd,
    (int fd, const struct iovec *v, int n), (fd, v, n))
ON(FAULT_WRITE, ssize_t, -1, pwritev, NULL, fd,
    (int fd, const struct iovec *v, int n, off_t at), (fd, v, n, at))
ON(FAULT_WRITE, ssize_t, -1, sendfile, NULL, fd,
    (int fd, int from, off_t *at, size_t len), (fd, from, at, len))
ON(FAULT_WRITE, ssize_t, -1, copy_file_range, NULL, fd,
    (int from, off64_t *a, int fd, off64_t *b, size_t len, unsigned how),
    (from, a, fd, b, len, how))
ON(FAULT_WRITE, int, -1, ftruncate, NULL, fd, (int fd, off_t len), (fd, len))
ON(FAULT_WRITE, int, -1, ftruncate64, NULL, fd, (int fd, off64_t len),
    (fd, len))
ON(FAULT_WRITE, int, -1, fallocate, NULL, fd,
    (int fd, int mode, off_t at, off_t len), (fd, mode, at, len))

BYTES(FAULT_READ, read, fd, len, (int fd, void *p, size_t len), (fd, p, len))
BYTES(FAULT_READ, pread, fd, len, (int fd, void *p, size_t len, off_t at),
    (fd, p, len, at))
BYTES(FAULT_READ, pread64, fd, len, (int fd, void *p, size_t len, off64_t at),
    (fd, p, len, at))
BYTES(FAULT_READ, __read_chk, fd, len,
    (int fd, void *p, size_t len, size_t size), (fd, p, len, size))
BYTES(FAULT_READ, __pread_chk, fd, len,
    (int fd, void *p, size_t len, off_t at, size_t size),
    (fd, p, len, at, size))
ON(FAULT_STAT, ssize_t, -1, getdents64, NULL, fd, (int fd, void *p, size_t len),
    (fd, p, len))
ON(FAULT_STAT, struct dirent *, NULL, readdir, NULL, dirfd(d), (DIR * d), (d))
ON(FAULT_STAT, ssize_t, -1, fgetxattr, name, fd,
    (int fd, const char *name, void *p, size_t len), (fd, name, p, len))
ON(FAULT_STAT, ssize_t, -1, flistxattr, NULL, fd, (int fd, char *p, size_t len),
    (fd, p, len))
ON(FAULT_STAT, ssize_t, -1, readlinkat, path, -1,
    (int dir, const char *path, char *p, size_t len), (dir, path, p, len))

#define SYNC(name)                                                             \
	int name(int fd)                                                       \
	{                                                                      \
		static int (*real)(int);                                       \
		int rc;                                                        \
                                                                               \
		REAL(name);                                                    \
		if (fault_point(FAULT_SYNC, #name, NULL, fd, CALLER) !=        \
		    FAULT_REAL)                                                \
			return -1;                                             \
		if ((rc = real(fd)) == 0)                                      \
			fault_durable(fd);                                     \
		return rc;                                                     \
	}
SYNC(fsync)
SYNC(fdatasync)
ON(FAULT_SYNC, int, -1, syncfs, NULL, fd, (int fd), (fd))

ON(FAULT_NAME, int, -1, rename, to, -1, (const char *from, const char *to),
    (from, to))
ON(FAULT_NAME, int, -1, renameat, to, -1,
    (int d, const char *from, int e, const char *to), (d, from, e, to))
ON(FAULT_NAME, int, -1, renameat2, to, -1,
    (int d, const char *from, int e, const char *to, unsigned how),
    (d, from, e, to, how))
ON(FAULT_NAME, int, -1, link, to, -1, (const char *from, const char *to),
    (from, to))
ON(FAULT_NAME, int, -1, linkat, to, -1,
    (int d, const char *from, int e, const char *to, int how),
    (d, from, e, to, how))
ON(FAULT_NAME, int, -1, unlink, path, -1, (const char *path), (path))
ON(FAULT_NAME, int, -1, unlinkat, path, -1, (int d, const char *path, int how),
    (d, path, how))
ON(FAULT_NAME, int, -1, rmdir, path, -1, (const char *path), (path))
ON(FAULT_NAME, int, -1, remove, path, -1, (const char *path), (path))
ON(FAULT_NAME, int, -1, symlink, to, -1, (const char *what, const char *to),
    (what, to))
ON(FAULT_NAME, int, -1, symlinkat, to, -1,
    (const char *what, int d, const char *to), (what, d, to))
ON(FAULT_NAME, int, -1, mkdir, path, -1, (const char *path, mode_t mode),
    (path, mode))
ON(FAULT_NAME, int, -1, mkdirat, path, -1,
    (int d, const char *path, mode_t mode), (d, path, mode))

ON(FAULT_META, int, -1, chmod, path, -1, (const char *path, mode_t mode),
    (path, mode))
ON(FAULT_META, int, -1, fchmod, NULL, fd, (int fd, mode_t mode), (fd, mode))
ON(FAULT_META, int, -1, fchmodat, path, -1,
    (int d, const char *path, mode_t mode, int how), (d, path, mode, how))
ON(FAULT_META, int, -1, chown, path, -1, (const char *path, uid_t u, gid_t g),
    (path, u, g))
ON(FAULT_META, int, -1, lchown, path, -1, (const char *path, uid_t u, gid_t g),
    (path, u, g))
ON(FAULT_META, int, -1, fchown, NULL, fd, (int fd, uid_t u, gid_t g),
    (fd, u, g))
ON(FAULT_META, int, -1, fchownat, path, -1,
    (int d, const char *path, uid_t u, gid_t g, int how), (d, path, u, g, how))
ON(FAULT_META, int, -1, fsetxattr, name, -1,
    (int fd, const char *name, const void *p, size_t len, int how),
    (fd, name, p, len, how))
ON(FAULT_META, int, -1, lsetxattr, name, -1,
    (const char *path, const char *name, const void *p, size_t len, int how),
    (path, name, p, len, how))
ON(FAULT_META, int, -1, fremovexattr, name, -1, (int fd, const char *name),
    (fd, name))
ON(FAULT_META, int, -1, futimens, NULL, fd,
    (int fd, const struct timespec t[2]), (fd, t))
ON(FAULT_META, int, -1, utimensat, path, -1,
    (int d, const char *path, const struct timespec t[2], int how),
    (d, path, t, how))
ON(FAULT_LOCK, int, -1, flock, NULL, fd, (int fd, int how), (fd, how))

ON(FAULT_STAT, int, -1, stat, path, -1,
    (const char *restrict path, struct stat *restrict st), (path, st))
ON(FAULT_STAT, int, -1, lstat, path, -1,
    (const char *restrict path, struct stat *restrict st), (path, st))
ON(FAULT_STAT, int, -1, fstat, NULL, fd, (int fd, struct stat *st), (fd, st))
ON(FAULT_STAT, int, -1, fstatat, path, -1,
    (int d, const char *restrict path, struct stat *restrict st, int how),
    (d, path, st, how))
ON(FAULT_STAT, int, -1, stat64, path, -1,
    (const char *restrict path, struct stat64 *restrict st), (path, st))
ON(FAULT_STAT, int, -1, lstat64, path, -1,
    (const char *restrict path, struct stat64 *restrict st), (path, st))
ON(FAULT_STAT, int, -1, fstat64, NULL, fd, (int fd, struct stat64 *st),
    (fd, st))
ON(FAULT_STAT, int, -1, fstatat64, path, -1,
    (int d, const char *restrict path, struct stat64 *restrict st, int how),
    (d, path, st, how))
ON(FAULT_STAT, int, -1, statx, path, fd,
    (int fd, const char *restrict path, int how, unsigned want,
	struct statx *restrict st),
    (fd, path, how, want, st))
ON(FAULT_STAT, int, -1, access, path, -1, (const char *path, int how),
    (path, how))
ON(FAULT_STAT, int, -1, faccessat, path, -1,
    (int d, const char *path, int how, int flags), (d, path, how, flags))
ON(FAULT_STAT, int, -1, fstatvfs, NULL, fd, (int fd, struct statvfs *s),
    (fd, s))

/* Files are opened in many ways; all end here. */
static int
makes(int flags)
{

	return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
}

/* -1 when it is to fail, errno set. */
static int
before_open(const char *name, const char *path, int flags, const void *caller)
{

	if ((flags & O_TMPFILE) == O_TMPFILE && fault_ours(caller) &&
	    fault_no_tmpfile()) {
		errno = EOPNOTSUPP;
		return -1;
	}
	return fault_point(makes(flags) ? FAULT_MAKE : FAULT_OPEN, name, path,
		   -1, caller) == FAULT_REAL
		   ? 0
		   : -1;
}

#define OPEN(name, dir_param, dir_arg)                                         \
	int name(dir_param const char *path, int flags, ...);                  \
	int name(dir_param const char *path, int flags, ...)                   \
	{                                                                      \
		static int (*real)(dir_param const char *, int, mode_t);       \
		mode_t mode = 0;                                               \
		va_list ap;                                                    \
		int fd;                                                        \
                                                                               \
		REAL(name);                                                    \
		if (makes(flags)) {                                            \
			va_start(ap, flags);                                   \
			mode = va_arg(ap, mode_t);                             \
			va_end(ap);                                            \
		}                                                              \
		if (before_open(#name, path, flags, CALLER))                   \
			return -1;                                             \
		fd = real(dir_arg path, flags, mode);                          \
		fault_opened(fd, CALLER);                                      \
		return fd;                                                     \
	}
#define NO_DIR
#define DIR_PARAM int dir,
#define DIR_ARG   dir,
OPEN(open, NO_DIR, NO_DIR)
OPEN(open64, NO_DIR, NO_DIR)
OPEN(__open_2, NO_DIR, NO_DIR)
OPEN(__open64_2, NO_DIR, NO_DIR)
OPEN(openat, DIR_PARAM, DIR_ARG)
OPEN(openat64, DIR_PARAM, DIR_ARG)
OPEN(__openat_2, DIR_PARAM, DIR_ARG)
OPEN(__openat64_2, DIR_PARAM, DIR_ARG)

#define MKOSTEMP(name)                                                         \
	int name(char *path, int flags);                                       \
	int name(char *path, int flags)                                        \
	{                                                                      \
		static int (*real)(char *, int);                               \
		int fd;                                                        \
                                                                               \
		REAL(name);                                                    \
		if (before_open(#name, path, O_CREAT, CALLER))                 \
			return -1;                                             \
		fd = real(path, flags);                                        \
		fault_opened(fd, CALLER);                                      \
		return fd;                                                     \
	}
MKOSTEMP(mkostemp)
MKOSTEMP(mkostemp64)

int
dup(int from)
{
	static int (*real)(int);
	int fd;

	REAL(dup);
	if (fault_point(FAULT_OPEN, "dup", NULL, from, CALLER) != FAULT_REAL)
		return -1;
	fd = real(from);
	fault_opened(fd, CALLER);
	return fd;
}

/* openat2 has no function of its own. */
long
syscall(long number, ...)
{
	static long (*real)(long, ...);
	const uint64_t *how;
	long a[6], rc;
	va_list ap;
	int i;

	REAL(syscall);
	va_start(ap, number);
	for (i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	if (number != SYS_openat2 || !fault_ours(CALLER))
		return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	how = (const uint64_t *)a[2];
	if (before_open("openat2", (const char *)a[1], (int)how[0], CALLER))
		return -1;
	rc = real(number, a[0], a[1], a[2], a[3]);
	fault_opened((int)rc, CALLER);
	return rc;
}

/* The descriptor is gone, whatever close says. */
int
close(int fd)
{
	static int (*real)(int);
	enum fault_act act;
	int rc;

	REAL(close);
	act = fault_point(FAULT_CLOSE, "close", NULL, fd, CALLER);
	rc = real(fd);
	fault_closed(fd);
	if (act == FAULT_REAL)
		return rc;
	errno = EIO;
	return -1;
}

int
closedir(DIR *d)
{
	static int (*real)(DIR *);

	REAL(closedir);
	fault_closed(dirfd(d));
	return real(d);
}

DIR *
opendir(const char *path)
{
	static DIR *(*real)(const char *);
	DIR *d;

	REAL(opendir);
	if (fault_point(FAULT_OPEN, "opendir", path, -1, CALLER) == FAULT_FAIL)
		return NULL;
	if ((d = real(path)) != NULL)
		fault_opened(dirfd(d), CALLER);
	return d;
}

ON(FAULT_OPEN, DIR *, NULL, fdopendir, NULL, fd, (int fd), (fd))
ON(FAULT_OPEN, FILE *, NULL, fdopen, NULL, fd, (int fd, const char *mode),
    (fd, mode))
