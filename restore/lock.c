#include "restore/lock.h"

#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"

/* A parent folder, as every program makes it: the process's own umask would
 * shut others out of /var. */
static int
make_parent(const char *dir)
{

	if (mkdir(dir, 0700) == -1)
		return errno == EEXIST ? 0 : -1;
	return chmod(dir, 0755);
}

/* As mkdir -p: parents open to all, the last one ours alone. */
static int
make_dirs(const char *dir)
{
	char *copy, *at;
	int rc = -1;

	if ((copy = strdup(dir)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (at = strchr(copy + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
		*at = '\0';
		if (make_parent(copy) == -1)
			goto out;
		*at = '/';
	}
	if (mkdir(copy, 0700) == 0 || errno == EEXIST)
		rc = 0;
out:
	if (rc == -1)
		warn_errno("%s: the folder for the restore's state cannot be "
			   "made (--state-dir names another)",
		    copy);
	free(copy);
	return rc;
}

int
lock_take(const char *dir)
{
	char *file;
	int fd;

	if (make_dirs(dir) == -1)
		return -1;
	if (asprintf(&file, "%s/lock", dir) == -1) {
		warn_msg("out of memory");
		return -1;
	}
	fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd == -1) {
		warn_errno("%s: cannot be opened (--state-dir names another "
			   "folder)",
		    file);
	} else if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		if (errno == EWOULDBLOCK)
			warn_msg("%s: another restore holds this lock", file);
		else
			warn_errno("%s: cannot be locked", file);
		close(fd);
		fd = -1;
	}
	free(file);
	return fd;
}
