#include "archive/node/proc.h"

#include <fcntl.h>
#include <unistd.h>

DIR *
proc_open(void)
{
	DIR *dir;
	int fd;

	fd = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		return NULL;
	if ((dir = fdopendir(fd)) == NULL)
		close(fd);
	return dir;
}
