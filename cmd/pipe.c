#include "cmd/pipe.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/bundle/stored.h"
#include "archive/warn.h"

static int
is_stream(const char *file)
{

	return file != NULL && strcmp(file, STORED_STREAM) == 0;
}

int
pipe_comes(const struct options *o)
{
	size_t i;

	if (o->resume || o->undo)
		return 0;
	for (i = 0; o->files != NULL && o->files[i] != NULL; i++)
		if (is_stream(o->files[i]))
			return 1;
	return is_stream(o->diff) || is_stream(o->against);
}

/* A bundle has passwords: a shell's > makes a file that all may read. */
static int
check_output(const struct options *o)
{
	struct stat st;

	if (isatty(STDOUT_FILENO)) {
		warn_msg("--output -: standard output is a terminal: a bundle "
			 "goes into a pipe");
		return -1;
	}
	if (o->encrypt_to == NULL && fstat(STDOUT_FILENO, &st) == 0 &&
	    S_ISREG(st.st_mode) && (st.st_mode & 077) != 0) {
		warn_msg("--output -: standard output is a file that others "
			 "may read (mode %04o): --output FILE makes one of "
			 "mode 0600, --encrypt-to makes one that may be lost",
		    (unsigned)st.st_mode & 07777u);
		return -1;
	}
	return 0;
}

int
pipe_check(const struct options *o)
{

	if (is_stream(o->output))
		return check_output(o);
	if (pipe_comes(o) && isatty(STDIN_FILENO)) {
		warn_msg("-: standard input is a terminal: a bundle comes "
			 "through a pipe (a file of this name is ./-)");
		return -1;
	}
	return 0;
}

int
pipe_take_output(void)
{
	int fd;

	fflush(stdout);
	if ((fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)) == -1 ||
	    dup2(STDERR_FILENO, STDOUT_FILENO) == -1) {
		warn_errno("standard output");
		if (fd != -1)
			close(fd);
		return -1;
	}
	return fd;
}
