#include "restore/journal/lock.h"

#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "archive/warn.h"
#include "restore/journal/state_dir.h"

/* Neither a link nor what waits or acts when it is opened. */
#define HOW (O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)

/* Lock the file behind ${fd}: it, or -1 said, and it is closed. */
static int
hold(const char *dir, int fd)
{
	struct stat st;
	int rc;

	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
		warn_msg("%s/lock: is no regular file: move it away", dir);
		close(fd);
		return -1;
	}
	while ((rc = flock(fd, LOCK_EX | LOCK_NB)) == -1 && errno == EINTR)
		continue;
	if (rc == 0)
		return fd;
	if (errno == EWOULDBLOCK)
		warn_msg("%s/lock: another restore holds this lock", dir);
	else
		warn_errno("%s/lock: cannot be locked", dir);
	close(fd);
	return -1;
}

static int
say_closed(const char *dir)
{

	warn_errno(
	    "%s/lock: cannot be opened (--state-dir names another folder)",
	    dir);
	return -1;
}

int
lock_take(const char *dir)
{
	int at, fd;

	if ((at = state_dir_make(dir)) == -1)
		return -1;
	fd = openat(at, "lock", O_CREAT | HOW, 0600);
	fd = fd == -1 ? say_closed(dir) : hold(dir, fd);
	close(at);
	return fd;
}

int
lock_there(const char *dir, int *fd)
{
	int at, rc;

	if ((rc = state_dir_open(dir, &at)) != 1)
		return rc;
	*fd = openat(at, "lock", HOW);
	if (*fd == -1 && errno == ENOENT)
		rc = 0;
	else if (*fd == -1)
		rc = say_closed(dir);
	else if ((*fd = hold(dir, *fd)) == -1)
		rc = -1;
	close(at);
	return rc;
}
