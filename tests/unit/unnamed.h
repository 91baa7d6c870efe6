#ifndef TESTS_UNIT_UNNAMED_H
#define TESTS_UNIT_UNNAMED_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Is there a file of this program in ${dir} that has no name, by its link in
 * /proc?  Its descriptor, or -1. */
static inline int
unnamed_file(const char *dir)
{
	char entry[64], target[256];
	ssize_t len;
	int fd;

	for (fd = 3; fd < 256; fd++) {
		snprintf(entry, sizeof(entry), "/proc/self/fd/%d", fd);
		if ((len = readlink(entry, target, sizeof(target) - 1)) == -1)
			continue;
		target[len] = '\0';
		if (strncmp(target, dir, strlen(dir)) == 0)
			return fd;
	}
	return -1;
}

#endif
