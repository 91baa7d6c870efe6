/**
 * alone: run a command in a network, a PID and a mount namespace of its own, so
 * that addresses, bridges and running services are a test's own and no other
 * test's.
 *
 *   alone COMMAND [ARG...]
 *
 * COMMAND gets NOVARK_ALONE=1, an own /proc, and lo up with nothing else.  What
 * it leaves running ends with it.  Where this cannot be (no root, no such
 * rights), COMMAND runs as it is, with NOVARK_ALONE empty.
 */
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t child;

static void
pass_on(int sig)
{

	if (child > 0)
		(void)kill((pid_t)child, sig);
}

static int
lo_up(void)
{
	struct ifreq ifr;
	int fd, rc;

	if ((fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) == -1)
		return -1;
	memset(&ifr, 0, sizeof(ifr));
	strcpy(ifr.ifr_name, "lo");
	ifr.ifr_flags = IFF_UP | IFF_RUNNING;
	rc = ioctl(fd, SIOCSIFFLAGS, &ifr);
	close(fd);
	return rc;
}

/* What is mounted from here on must not come out.  In a chroot / is no mount,
 * but /proc, the only one that is mounted over, is. */
static int
keep_mounts(void)
{

	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
		return 0;
	return mount("none", "/proc", NULL, MS_PRIVATE, NULL);
}

/* 0; -1 with nothing changed that the command would see. */
static int
leave(void)
{

	if (unshare(CLONE_NEWNS) == -1 || keep_mounts() == -1)
		return -1;
	/* May it be mounted at all? */
	if (mount("proc", "/proc", "proc", 0, NULL) == -1 ||
	    umount("/proc") == -1)
		return -1;
	if (unshare(CLONE_NEWNET | CLONE_NEWPID) == -1)
		return -1;
	return lo_up();
}

static void
run(char *const argv[])
{

	execvp(argv[0], argv);
	perror(argv[0]);
	_exit(127);
}

int
main(int argc, char *argv[])
{
	pid_t got;
	int status;

	if (argc < 2) {
		fprintf(stderr, "usage: alone COMMAND [ARG...]\n");
		return 2;
	}
	if (setenv("NOVARK_ALONE", leave() == 0 ? "1" : "", 1) == -1)
		return 1;
	if (getenv("NOVARK_ALONE")[0] == '\0')
		run(argv + 1);
	if ((child = fork()) == -1) {
		perror("alone: fork");
		return 1;
	}
	if (child == 0) {
		if (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 ||
		    mount("proc", "/proc", "proc", 0, NULL) == -1) {
			perror("alone");
			_exit(1);
		}
		run(argv + 1);
	}
	(void)signal(SIGTERM, pass_on);
	(void)signal(SIGINT, pass_on);
	while ((got = waitpid((pid_t)child, &status, 0)) == -1)
		if (errno != EINTR) {
			perror("alone: wait");
			return 1;
		}
	/* Nothing more may be forked: the new processes' first one has ended. A
	 * sanitizer would do so at an ordinary end. */
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}
