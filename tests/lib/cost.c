/**
 * cost: run a command, and tell what it took.
 *
 *   cost FILE COMMAND...      FILE gets a line: milliseconds that passed,
 *                             milliseconds of processor, and the most KiB that
 *                             the process had in memory at once
 *
 * Ends as the command does.  It is small itself: what a process had before it
 * became another counts, too.
 */
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1000000;
}

static double
milliseconds(const struct timeval *t)
{

	return (double)t->tv_sec * 1000 + (double)t->tv_usec / 1000;
}

int
main(int argc, char *argv[])
{
	double start = now();
	struct rusage usage;
	int status;
	pid_t pid;
	FILE *f;

	if (argc < 3) {
		fprintf(stderr, "usage: cost FILE COMMAND [ARG...]\n");
		return 2;
	}
	if ((pid = fork()) == 0) {
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	if (pid == -1) {
		perror("cost: fork");
		return 1;
	}
	while (wait4(pid, &status, 0, &usage) == -1)
		if (errno != EINTR) {
			perror("cost: wait");
			return 1;
		}
	if ((f = fopen(argv[1], "w")) == NULL ||
	    fprintf(f, "%.0f %.0f %ld\n", now() - start,
		milliseconds(&usage.ru_utime) + milliseconds(&usage.ru_stime),
		usage.ru_maxrss) < 0 ||
	    fclose(f) != 0) {
		perror(argv[1]);
		return 1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
