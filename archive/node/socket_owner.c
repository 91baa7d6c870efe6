#include "archive/node/socket_owner.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/node/proc.h"
#include "archive/num.h"

static int
by_inode(const void *a, const void *b)
{
	const struct socket_owner *x = a, *y = b;

	return x->inode < y->inode ? -1 : x->inode > y->inode;
}

/* The number in "socket:[NUMBER]", or 0. */
static uint64_t
socket_number(int dir, const char *name)
{
	char link[64], *end;
	uint64_t inode;
	ssize_t n;

	if ((n = readlinkat(dir, name, link, sizeof(link) - 1)) <= 0)
		return 0;
	link[n] = '\0';
	if (strncmp(link, "socket:[", 8) != 0 ||
	    (end = strchr(link, ']')) == NULL)
		return 0;
	*end = '\0';
	return num_u64(link + 8, UINT64_MAX, &inode) == 0 ? inode : 0;
}

static void
name_of(int proc, const char *pid, char name[64])
{
	char path[300];
	ssize_t n;
	int fd;

	name[0] = '\0';
	snprintf(path, sizeof(path), "%s/comm", pid);
	if ((fd = openat(proc, path, O_RDONLY | O_CLOEXEC)) == -1)
		return;
	n = read(fd, name, 63);
	close(fd);
	name[n > 0 ? n : 0] = '\0';
	name[strcspn(name, "\n")] = '\0';
}

/* One open file of a process. */
static void
take(struct socket_owner *o, size_t n, int proc, const char *pid, int dir,
    const char *name)
{
	struct socket_owner key = { .inode = socket_number(dir, name) }, *at;
	uint64_t number;

	if (key.inode == 0 || num_u64(pid, UINT64_MAX, &number) == -1)
		return;
	at = bsearch(&key, o, n, sizeof(*o), by_inode);
	if (at == NULL || (at->pid != 0 && at->pid <= number))
		return;
	at->pid = number;
	name_of(proc, pid, at->name);
}

static void
look_at(struct socket_owner *o, size_t n, int proc, const char *pid)
{
	struct dirent *entry;
	char path[300];
	DIR *dir;
	int fd;

	snprintf(path, sizeof(path), "%s/fd", pid);
	/* Another's, or ended by now. */
	if ((fd = openat(proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) == -1)
		return;
	if ((dir = fdopendir(fd)) == NULL) {
		close(fd);
		return;
	}
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] != '.')
			take(o, n, proc, pid, fd, entry->d_name);
	}
	closedir(dir);
}

int
socket_owners(struct socket_owner *o, size_t n)
{
	struct dirent *entry;
	size_t i;
	DIR *proc;

	for (i = 0; i < n; i++) {
		o[i].pid = 0;
		o[i].name[0] = '\0';
	}
	if (n == 0)
		return 0;
	qsort(o, n, sizeof(*o), by_inode);
	if ((proc = proc_open()) == NULL)
		return -1;
	errno = 0;
	while ((entry = readdir(proc)) != NULL) {
		if (isdigit((unsigned char)entry->d_name[0]))
			look_at(o, n, dirfd(proc), entry->d_name);
		errno = 0;
	}
	i = errno != 0;
	closedir(proc);
	return i ? -1 : 0;
}
