#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

/* Include behind cmocka.h: a folder of the test's own, and small file helpers.
 * Static and inline, so that a program uses of it what it needs. */

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/buf.h"
#include "archive/warn.h"
#include "said.h"

static inline int
folder_remove_one(
    const char *path, const struct stat *st, int type, struct FTW *ftw)
{

	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

/* Group setup: the folder's name is the state, and the working directory. */
static inline int
folder_setup(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char *dir;

	if (asprintf(&dir, "%s/novark-unit.XXXXXX",
		tmp == NULL || tmp[0] == '\0' ? "/tmp" : tmp) == -1 ||
	    mkdtemp(dir) == NULL || chdir(dir) == -1)
		return -1;
	*state = dir;
	return 0;
}

static inline int
folder_teardown(void **state)
{
	char *dir = *state;

	if (chdir("/") == -1)
		return -1;
	nftw(dir, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(dir);
	warn_forget();
	return 0;
}

static inline void
file_write(const char *name, const void *bytes, size_t len)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd != -1);
	assert_true(write(fd, bytes, len) == (ssize_t)len);
	close(fd);
}

static inline void
file_read(const char *name, struct buf *out)
{
	struct stat st;
	char *to;
	int fd = open(name, O_RDONLY | O_CLOEXEC);

	assert_true(fd != -1 && fstat(fd, &st) == 0);
	assert_non_null(to = buf_reserve(out, (size_t)st.st_size));
	assert_true(read(fd, to, (size_t)st.st_size) == st.st_size);
	out->len += (size_t)st.st_size;
	to[st.st_size] = '\0';
	close(fd);
}

/* How many names a folder has. */
static inline size_t
folder_count(const char *dir)
{
	DIR *d = opendir(dir);
	size_t n = 0;

	assert_non_null(d);
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n - 2;
}

/* Run a program without a shell, NULL behind its last argument: its exit code.
 * Its output goes into the file ${out}, or nowhere. */
static inline int
run_program(const char *out, const char *program, ...)
{
	char *argv[24];
	const char *arg = program;
	int status, fd, n = 0;
	va_list ap;
	pid_t pid;

	va_start(ap, program);
	for (; arg != NULL && n < 23; arg = va_arg(ap, const char *))
		assert_non_null(argv[n++] = strdup(arg));
	va_end(ap);
	argv[n] = NULL;
	if ((pid = fork()) == 0) {
		fd = open(out == NULL ? "/dev/null" : out,
		    O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(fd, STDOUT_FILENO);
		fd = open("/dev/null", O_WRONLY);
		dup2(fd, STDERR_FILENO);
		execvp(argv[0], argv);
		_exit(127);
	}
	assert_true(pid > 0 && waitpid(pid, &status, 0) == pid);
	while (n > 0)
		free(argv[--n]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* Messages: kept by warn, not shown.  hush before, unhush behind. */
static inline int
hush(void)
{
	int saved = dup(STDERR_FILENO), null = open("/dev/null", O_WRONLY);

	assert_true(saved != -1 && null != -1);
	warn_forget();
	fflush(stderr);
	dup2(null, STDERR_FILENO);
	close(null);
	return saved;
}

static inline void
unhush(int saved)
{

	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	close(saved);
}

#endif
