/*
 * watch: a preloaded object that sees to it that no file which anybody but its
 * owner may read has a known secret in it, at any moment: behind every call
 * that makes, names, opens up or writes a file, whoever makes it (novark,
 * libarchive, libvirt in the process ...).
 *
 *   LD_PRELOAD=watch.so NOVARK_WATCH=LIST:REPORT[:CALL:K] novark ...
 *
 * LIST is canary.h's.  REPORT gets lines added:
 *
 *   wide CALL MODE DEVICE:INODE NAME FORM FILE    a file with one
 *   named DEVICE:INODE FILE     such a file got a name (by link or rename)
 *   dumpable FILE               opened while a crash would have left a core
 *   argv, environ, syslog NAME  one was handed out there
 *
 * With CALL and K the K-th of these calls (open, write, rename) ends in a real
 * SIGSEGV.  Standard output and error are left to who reads them.
 */
#undef _FORTIFY_SOURCE
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/xattr.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/canary/canary.h"
#include "tests/canary/watch.h"

static struct {
	struct canary *list;
	int report, started;
	char call[32];
	unsigned long at, calls;
} w = { NULL, -1, 0, "", 0, 0 };

void *
watch_real(const char *name)
{
	void *p = dlsym(RTLD_NEXT, name);

	if (p == NULL)
		abort();
	return p;
}

static void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static void
say(const char *fmt, ...)
{
	char line[PATH_MAX + 512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (n > 0 && n < (int)sizeof(line))
		(void)!syscall(SYS_write, w.report, line, (size_t)n);
}

static void
name_of(int fd, char out[PATH_MAX])
{
	char proc[64];
	ssize_t n;

	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	n = (ssize_t)syscall(
	    SYS_readlinkat, AT_FDCWD, proc, out, (size_t)PATH_MAX - 1);
	out[n > 0 ? n : 0] = '\0';
}

static const char *
find(const void *bytes, size_t len, const char **form)
{
	size_t off;

	return canary_find(w.list, bytes, len, &off, form);
}

/* What stands in the file, read anew: the descriptor may be for writing. */
static void
look_into(int fd, const struct stat *st, const char *call)
{
	char proc[64], name[PATH_MAX], *bytes;
	const char *canary, *form;
	size_t size = (size_t)st->st_size, len = 0;
	ssize_t n;
	int in;

	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	in = (int)syscall(SYS_openat, AT_FDCWD, proc, O_RDONLY | O_CLOEXEC, 0);
	name_of(fd, name);
	if (in == -1 || (bytes = malloc(size + 1)) == NULL) {
		say("wide %s %o 0:0 unreadable - %s\n", call,
		    (unsigned)(st->st_mode & 07777), name);
		return;
	}
	while (len < size && (n = (ssize_t)syscall(
				  SYS_read, in, bytes + len, size - len)) > 0)
		len += (size_t)n;
	syscall(SYS_close, in);
	if ((canary = find(bytes, len, &form)) != NULL)
		say("wide %s %o %llu:%llu %s %s %s\n", call,
		    (unsigned)(st->st_mode & 07777),
		    (unsigned long long)st->st_dev,
		    (unsigned long long)st->st_ino, canary, form, name);
	free(bytes);
}

void
watch_fd(int fd, const char *call)
{
	int saved = errno;
	struct stat st;

	if (w.list != NULL && fd > STDERR_FILENO &&
	    syscall(SYS_newfstatat, fd, "", &st, AT_EMPTY_PATH) == 0 &&
	    S_ISREG(st.st_mode) && (st.st_mode & 077) != 0 && st.st_size > 0)
		look_into(fd, &st, call);
	errno = saved;
}

void
watch_path(int dir, const char *path, int names, const char *call)
{
	int saved = errno, fd;
	char name[PATH_MAX];
	struct stat st;

	if (w.list == NULL)
		return;
	fd = (int)syscall(
	    SYS_openat, dir, path, O_PATH | O_NOFOLLOW | O_CLOEXEC, 0);
	if (fd == -1)
		return;
	watch_fd(fd, call);
	if (names && syscall(SYS_newfstatat, fd, "", &st, AT_EMPTY_PATH) == 0) {
		name_of(fd, name);
		say("named %llu:%llu %s\n", (unsigned long long)st.st_dev,
		    (unsigned long long)st.st_ino, name);
	}
	syscall(SYS_close, fd);
	errno = saved;
}

void
watch_text(const char *where, const char *text, size_t len)
{
	const char *canary, *form;
	int saved = errno;

	if (w.list != NULL && (canary = find(text, len, &form)) != NULL)
		say("%s %s %s\n", where, canary, form);
	errno = saved;
}

void
watch_texts(const char *where, char *const *texts)
{

	for (; texts != NULL && *texts != NULL; texts++)
		watch_text(where, *texts, strlen(*texts));
}

void
watch_point(const char *call, const char *path)
{
	volatile int *nowhere = NULL;
	struct rlimit core;
	int saved = errno;

	if (w.list == NULL)
		return;
	/* The program closes what it was started without, before all else. */
	if (path != NULL && strcmp(path, "/dev/null") != 0 &&
	    (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0 ||
		getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur != 0 ||
		core.rlim_max != 0))
		say("dumpable %s\n", path);
	if (strcmp(call, w.call) == 0 && ++w.calls == w.at)
		*nowhere = 1;
	errno = saved;
}

static void
bad(const char *words)
{

	fprintf(stderr, "watch: %s\n", words);
	_exit(99);
}

__attribute__((constructor)) static void
start(void)
{
	const char *words = getenv("NOVARK_WATCH");
	char copy[2 * PATH_MAX], *list, *report, *call, *at, *save = NULL;
	struct canary *c = NULL;

	if (words == NULL)
		return;
	if (strlen(words) >= sizeof(copy))
		bad(words);
	strcpy(copy, words);
	list = strtok_r(copy, ":", &save);
	report = strtok_r(NULL, ":", &save);
	call = strtok_r(NULL, ":", &save);
	at = strtok_r(NULL, ":", &save);
	if (report == NULL || (c = canary_read(list)) == NULL)
		bad(words);
	if (call != NULL && at != NULL && strlen(call) < sizeof(w.call)) {
		strcpy(w.call, call);
		w.at = strtoul(at, NULL, 10);
	}
	w.report = (int)syscall(SYS_openat, AT_FDCWD, report,
	    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	/* Out of the way of what the program opens. */
	if (w.report != -1)
		w.report = fcntl(w.report, F_DUPFD_CLOEXEC, 900);
	if (w.report == -1)
		bad(report);
	unsetenv("NOVARK_WATCH");
	unsetenv("LD_PRELOAD");
	w.list = c;
}

__attribute__((destructor)) static void
finish(void)
{
	int fd;

	watch_texts("environ", environ);
	for (fd = STDERR_FILENO + 1; fd < 256; fd++)
		watch_fd(fd, "exit");
	if (w.list != NULL)
		say("ended\n");
}
