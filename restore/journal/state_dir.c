#include "restore/journal/state_dir.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/warn.h"

/* The folder that a folder of that name stands in, synced: a new name in it is
 * durable only then. */
static int
sync_parent(const char *dir)
{
	const char *slash = strrchr(dir, '/');
	char *parent;
	int fd, rc;

	if (slash == NULL)
		parent = strdup(".");
	else if (slash == dir)
		parent = strdup("/");
	else
		parent = strndup(dir, (size_t)(slash - dir));
	if (parent == NULL) {
		errno = ENOMEM;
		return -1;
	}
	fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(parent);
	if (fd == -1)
		return -1;
	rc = fsync(fd);
	close(fd);
	return rc;
}

/* One folder; the mode is set anew, for the process's own umask would shut
 * others out of /var. */
static int
make_one(const char *dir, mode_t mode)
{

	if (mkdir(dir, 0700) == -1)
		return errno == EEXIST ? 0 : -1;
	if (chmod(dir, mode) == -1)
		return -1;
	return sync_parent(dir);
}

/* As mkdir -p: parents open to all, the last one ours alone. */
static int
make_all(char *dir)
{
	char *at;
	int rc;

	for (at = strchr(dir + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
		if (at[-1] == '/')
			continue;
		*at = '\0';
		rc = make_one(dir, 0755);
		if (rc == -1)
			return -1; /* dir ends where it failed */
		*at = '/';
	}
	return make_one(dir, 0700);
}

int
state_dir_make(const char *dir)
{
	char *copy;
	size_t len;
	int fd = -1;

	if ((copy = strdup(dir)) == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (len = strlen(copy); len > 1 && copy[len - 1] == '/'; len--)
		copy[len - 1] = '\0';
	if (make_all(copy) == -1 ||
	    (fd = open(copy, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) == -1)
		warn_errno("%s: the folder for the restore's state cannot be "
			   "made (--state-dir names another)",
		    copy);
	free(copy);
	return fd;
}

int
state_dir_open(const char *dir, int *fd)
{

	if ((*fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) != -1)
		return 1;
	if (errno == ENOENT)
		return 0;
	warn_errno("%s: the folder of the restores' state cannot be opened "
		   "(--state-dir names another)",
	    dir);
	return -1;
}
