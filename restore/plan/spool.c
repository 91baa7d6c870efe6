#include "restore/plan/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "archive/warn.h"

FILE *
spool_open(void)
{
	const char *dir = getenv("TMPDIR");
	char *name = NULL;
	FILE *f;
	int fd;

	if (dir == NULL || dir[0] != '/')
		dir = "/tmp";
	fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
	if (fd == -1 && (errno == EOPNOTSUPP || errno == EISDIR)) {
		if (asprintf(&name, "%s/novark-plan-XXXXXX", dir) == -1) {
			warn_msg("out of memory");
			return NULL;
		}
		if ((fd = mkostemp(name, O_CLOEXEC)) != -1)
			unlink(name);
		free(name);
	}
	if (fd == -1) {
		warn_errno(
		    "%s: no temporary file can be made here (TMPDIR names "
		    "another folder)",
		    dir);
		return NULL;
	}
	if ((f = fdopen(fd, "w+")) == NULL) {
		warn_errno("%s: temporary file", dir);
		close(fd);
	}
	return f;
}
