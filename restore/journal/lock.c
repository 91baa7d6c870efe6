#include "restore/journal/lock.h"

#include <sys/file.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/journal/state_dir.h"

int
lock_take(const char *dir)
{
	int at, fd, rc = -1;

	if ((at = state_dir_make(dir)) == -1)
		return -1;
	fd =
	    openat(at, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd == -1) {
		warn_errno("%s/lock: cannot be opened (--state-dir names "
			   "another folder)",
		    dir);
	} else {
		while (
		    (rc = flock(fd, LOCK_EX | LOCK_NB)) == -1 && errno == EINTR)
			continue;
	}
	if (fd != -1 && rc == -1) {
		if (errno == EWOULDBLOCK)
			warn_msg(
			    "%s/lock: another restore holds this lock", dir);
		else
			warn_errno("%s/lock: cannot be locked", dir);
		close(fd);
		fd = -1;
	}
	close(at);
	return fd;
}
