#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "archive/buf.h"
#include "archive/node/root_internal.h"
#include "archive/warn.h"

/* The folder of that path or, while there is none, the one above. */
static int
nearest(struct root *r, const char *path)
{
	struct buf way = BUF_EMPTY;
	char *slash;
	int fd = -1;

	if (buf_adds(&way, path)) {
		errno = ENOMEM;
		return -1;
	}
	for (;;) {
		fd = root_at(r, way.data, O_PATH | O_DIRECTORY | O_CLOEXEC,
		    RESOLVE_IN_ROOT);
		slash = strrchr(way.data, '/');
		if (fd != -1 || slash == NULL ||
		    (errno != ENOENT && errno != ENOTDIR))
			break;
		*slash = '\0';
	}
	buf_free(&way);
	return fd;
}

int
root_room_at(int fd, struct root_room *room)
{
	struct statvfs v;
	struct stat st;

	if (fstat(fd, &st) == -1 || fstatvfs(fd, &v) == -1)
		return -1;
	room->dev = st.st_dev;
	room->block = v.f_bsize > 0 ? v.f_bsize : 4096;
	/* Blocks that are kept back are root's. */
	room->bytes =
	    (uint64_t)(geteuid() == 0 ? v.f_bfree : v.f_bavail) * v.f_frsize;
	room->files = geteuid() == 0 ? v.f_ffree : v.f_favail;
	/* Some file systems count neither. */
	if (v.f_blocks == 0)
		room->bytes = UINT64_MAX;
	if (v.f_files == 0)
		room->files = UINT64_MAX;
	return 0;
}

int
root_room(struct root *r, const char *path, struct root_room *room)
{
	int fd, rc;

	if ((fd = nearest(r, path)) == -1) {
		warn_errno("%s%s", r->shown, path);
		return -1;
	}
	if ((rc = root_room_at(fd, room)) == -1)
		warn_errno("%s%s", r->shown, path);
	close(fd);
	return rc;
}
