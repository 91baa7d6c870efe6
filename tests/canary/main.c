/*
 * canary: looks for known secrets in files.
 *
 *   canary find LIST FILE...    a line for each file that has one: "FILE: NAME
 *                               as FORM at OFFSET: EXCERPT"; 1 when there is
 * any canary wide LIST DIR...     the same for every file below the folders
 * that anybody but its owner may read canary each LIST FILE...    which
 * canaries are in the files: their names canary dumps COMMAND...     run it,
 * cores allowed: "exit N" or "signal N core 0|1": whether the kernel dumped it
 */
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/canary/canary.h"

static struct canary *list;
static int found;

static char *
load(const char *file, size_t *len)
{
	struct stat st;
	char *bytes;
	ssize_t n;
	int fd;

	if ((fd = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) == -1)
		return NULL;
	*len = 0;
	if (fstat(fd, &st) == -1 ||
	    (bytes = malloc((size_t)st.st_size + 1)) == NULL)
		err(2, "%s", file);
	while (*len < (size_t)st.st_size &&
	       (n = read(fd, bytes + *len, (size_t)st.st_size - *len)) > 0)
		*len += (size_t)n;
	close(fd);
	return bytes;
}

static void
look(const char *file)
{
	const char *name, *form = "";
	size_t len, off = 0, i;
	char *bytes;

	/* What went away since is no longer there to be read. */
	if ((bytes = load(file, &len)) == NULL && errno == ENOENT)
		return;
	if (bytes == NULL)
		err(2, "%s", file);
	if ((name = canary_find(list, bytes, len, &off, &form)) != NULL) {
		found = 1;
		printf("%s: %s as %s at %zu: ", file, name, form, off);
		for (i = off > 60 ? off - 60 : 0; i < len && i < off + 40; i++)
			putchar(
			    isprint((unsigned char)bytes[i]) ? bytes[i] : '.');
		putchar('\n');
	}
	free(bytes);
}

/* Every one that is there, not the first alone. */
static void
look_each(const char *file)
{
	const char *name, *form, *last = "";
	size_t len, off, at;
	char *bytes;

	if ((bytes = load(file, &len)) == NULL)
		err(2, "%s", file);
	for (at = 0; (name = canary_find(
			  list, bytes + at, len - at, &off, &form)) != NULL;
	     at += off + 1) {
		if (strcmp(name, last) != 0)
			puts(name);
		last = name;
	}
	free(bytes);
}

static int
dumps(char **command)
{
	struct rlimit core;
	pid_t pid;
	int status;

	getrlimit(RLIMIT_CORE, &core);
	core.rlim_cur = core.rlim_max;
	setrlimit(RLIMIT_CORE, &core);
	if ((pid = fork()) == 0) {
		execvp(command[0], command);
		err(127, "%s", command[0]);
	}
	if (pid == -1 || waitpid(pid, &status, 0) != pid)
		err(2, "%s", command[0]);
	if (WIFEXITED(status))
		printf("exit %d\n", WEXITSTATUS(status));
	else
		printf("signal %d core %d\n", WTERMSIG(status),
		    WCOREDUMP(status) != 0);
	return 0;
}

int
main(int argc, char **argv)
{
	const char *how = argc > 2 ? argv[1] : "";
	int i;

	if (strcmp(how, "dumps") == 0)
		return dumps(argv + 2);
	if (argc < 3 || strchr("fe", *how) == NULL)
		errx(2, "usage: canary find|each LIST FILE...");
	if ((list = canary_read(argv[2])) == NULL)
		err(2, "%s", argv[2]);
	for (i = 3; i < argc; i++) {
		if (*how == 'f')
			look(argv[i]);
		else
			look_each(argv[i]);
	}
	canary_free(list);
	return found;
}
