/* The calls that watch.c looks behind. */
#undef _FORTIFY_SOURCE
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/xattr.h>

#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "tests/canary/watch.h"

/* POSIX's way from an object's to a function's pointer. */
#define REAL(name)                                                             \
	do {                                                                   \
		if (real == NULL)                                              \
			*(void **)&real = watch_real(#name);                   \
	} while (0)

/* One on a descriptor. */
#define ON_FD(ret, name, point, fd, params, args)                              \
	ret name params;                                                       \
	ret name params                                                        \
	{                                                                      \
		static ret(*real) params;                                      \
		ret rc;                                                        \
                                                                               \
		REAL(name);                                                    \
		watch_point(point, NULL);                                      \
		rc = real args;                                                \
		watch_fd(fd, #name);                                           \
		return rc;                                                     \
	}

/* One on a path; ${named}: the file has it from now on. */
#define ON_PATH(name, point, named, dir, path, params, args)                   \
	int name params;                                                       \
	int name params                                                        \
	{                                                                      \
		static int(*real) params;                                      \
		int rc;                                                        \
                                                                               \
		REAL(name);                                                    \
		watch_point(point, NULL);                                      \
		if ((rc = real args) == 0)                                     \
			watch_path(dir, path, named, #name);                   \
		return rc;                                                     \
	}

ON_FD(
    ssize_t, write, "write", fd, (int fd, const void *p, size_t n), (fd, p, n))
ON_FD(ssize_t, pwrite, "write", fd, (int fd, const void *p, size_t n, off_t at),
    (fd, p, n, at))
ON_FD(ssize_t, pwrite64, "write", fd,
    (int fd, const void *p, size_t n, off64_t at), (fd, p, n, at))
ON_FD(ssize_t, writev, "write", fd, (int fd, const struct iovec *v, int n),
    (fd, v, n))
ON_FD(ssize_t, pwritev, "write", fd,
    (int fd, const struct iovec *v, int n, off_t at), (fd, v, n, at))
ON_FD(ssize_t, sendfile, "write", fd, (int fd, int from, off_t *at, size_t n),
    (fd, from, at, n))
ON_FD(ssize_t, copy_file_range, "write", fd,
    (int from, off64_t *a, int fd, off64_t *b, size_t n, unsigned how),
    (from, a, fd, b, n, how))
ON_FD(int, fchmod, "meta", fd, (int fd, mode_t mode), (fd, mode))
ON_FD(int, fchown, "meta", fd, (int fd, uid_t u, gid_t g), (fd, u, g))
ON_FD(int, fsetxattr, "meta", fd,
    (int fd, const char *name, const void *p, size_t n, int how),
    (fd, name, p, n, how))
ON_FD(int, fremovexattr, "meta", fd, (int fd, const char *name), (fd, name))
ON_FD(int, fsync, "sync", fd, (int fd), (fd))
ON_FD(int, fdatasync, "sync", fd, (int fd), (fd))

ON_PATH(rename, "rename", 1, AT_FDCWD, to, (const char *from, const char *to),
    (from, to))
ON_PATH(renameat, "rename", 1, e, to,
    (int d, const char *from, int e, const char *to), (d, from, e, to))
ON_PATH(renameat2, "rename", 1, e, to,
    (int d, const char *from, int e, const char *to, unsigned how),
    (d, from, e, to, how))
ON_PATH(link, "rename", 1, AT_FDCWD, to, (const char *from, const char *to),
    (from, to))
ON_PATH(linkat, "rename", 1, e, to,
    (int d, const char *from, int e, const char *to, int how),
    (d, from, e, to, how))
ON_PATH(chmod, "meta", 0, AT_FDCWD, path, (const char *path, mode_t mode),
    (path, mode))
ON_PATH(fchmodat, "meta", 0, d, path,
    (int d, const char *path, mode_t mode, int how), (d, path, mode, how))
ON_PATH(setxattr, "meta", 0, AT_FDCWD, path,
    (const char *path, const char *name, const void *p, size_t n, int how),
    (path, name, p, n, how))
ON_PATH(lsetxattr, "meta", 0, AT_FDCWD, path,
    (const char *path, const char *name, const void *p, size_t n, int how),
    (path, name, p, n, how))

/* Before it is gone from our sight. */
int
close(int fd)
{
	static int (*real)(int);

	REAL(close);
	watch_fd(fd, "close");
	return real(fd);
}

int
fclose(FILE *f)
{
	static int (*real)(FILE *);

	REAL(fclose);
	if (fileno(f) > STDERR_FILENO) {
		fflush(f);
		watch_fd(fileno(f), "fclose");
	}
	return real(f);
}

static int
writes(int flags)
{

	return (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT) != 0;
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
		if ((flags & (O_CREAT | O_TMPFILE)) != 0) {                    \
			va_start(ap, flags);                                   \
			mode = va_arg(ap, mode_t);                             \
			va_end(ap);                                            \
		}                                                              \
		watch_point("open", path);                                     \
		fd = real(dir_arg path, flags, mode);                          \
		if (fd != -1 && writes(flags))                                 \
			watch_fd(fd, #name);                                   \
		return fd;                                                     \
	}
#define NONE
#define DIR_PARAM int dir,
#define DIR_ARG   dir,
OPEN(open, NONE, NONE)
OPEN(open64, NONE, NONE)
OPEN(openat, DIR_PARAM, DIR_ARG)
OPEN(openat64, DIR_PARAM, DIR_ARG)

/* What glibc has no name for, such as openat2. */
long
syscall(long number, ...)
{
	static long (*real)(long, long, long, long, long, long, long);
	long a[6], rc;
	va_list ap;
	int i;

	REAL(syscall);
	va_start(ap, number);
	for (i = 0; i < 6; i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	if (number != SYS_openat2)
		return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	watch_point("open", (const char *)a[1]);
	rc = real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	if (rc != -1)
		watch_fd((int)rc, "openat2");
	return rc;
}

int
execve(const char *path, char *const argv[], char *const envp[])
{
	static int (*real)(const char *, char *const *, char *const *);

	REAL(execve);
	watch_texts("argv", argv);
	watch_texts("environ", envp);
	return real(path, argv, envp);
}

int
setenv(const char *name, const char *value, int over)
{
	static int (*real)(const char *, const char *, int);

	REAL(setenv);
	watch_text("environ", value, strlen(value));
	return real(name, value, over);
}

void
syslog(int priority, const char *fmt, ...)
{
	char line[4096];
	va_list ap;

	(void)priority;
	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	watch_text("syslog", line, strlen(line));
}
