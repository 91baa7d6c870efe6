/**
 * reap: run a command as a child subreaper.
 *
 * libvirt starts QEMU in the background to ask what it can do, and waits until
 * that process is gone.  Where PID 1 is slow to collect orphans, each such
 * question takes seconds; under this helper orphans are collected at once.
 */
#include <sys/prctl.h>
#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static volatile sig_atomic_t child;

static void
pass_on(int sig)
{

	if (child > 0)
		(void)kill((pid_t)child, sig);
}

int
main(int argc, char *argv[])
{
	pid_t pid, got;
	int status, result = 1;

	if (argc < 2) {
		fprintf(stderr, "usage: reap COMMAND [ARG...]\n");
		return 2;
	}
	if (prctl(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L)) {
		perror("reap: prctl");
		return 1;
	}
	if ((pid = fork()) == -1) {
		perror("reap: fork");
		return 1;
	}
	if (pid == 0) {
		execvp(argv[1], argv + 1);
		perror(argv[1]);
		_exit(127);
	}
	child = pid;
	(void)signal(SIGTERM, pass_on);
	(void)signal(SIGINT, pass_on);
	while ((got = wait(&status)) != pid)
		if (got == -1 && errno != EINTR) {
			perror("reap: wait");
			return 1;
		}
	child = 0;
	result =
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	/* What has ended by now; daemons that the command left live on. */
	while (waitpid(-1, NULL, WNOHANG) > 0)
		continue;
	return result;
}
