#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/node/root.h"
#include "archive/node/root_internal.h"
#include "archive/warn.h"

static int
by_name(const void *a, const void *b)
{

	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Append a copy of name; 0, or -1 when memory ends. */
static int
names_add(char ***names, size_t *n, size_t *cap, const char *name)
{
	char **more;
	size_t want;

	if (*n == *cap) {
		want = *cap ? *cap * 2 : 16;
		if ((more = reallocarray(*names, want, sizeof(*more))) == NULL)
			return -1;
		*names = more;
		*cap = want;
	}
	if (((*names)[*n] = strdup(name)) == NULL)
		return -1;
	(*n)++;
	return 0;
}

/* What is in a folder, from where its descriptor is: 0, or -1 with errno.
 * (readdir would ask four times for what is asked twice here.) */
static int
read_names(int fd, char ***names, size_t *n)
{
	_Alignas(struct dirent64) char block[16384];
	const struct dirent64 *e;
	size_t cap = 0;
	ssize_t len, at;

	while ((len = getdents64(fd, block, sizeof(block))) > 0) {
		for (at = 0; at < len; at += e->d_reclen) {
			e = (const void *)(block + at);
			if (strcmp(e->d_name, ".") == 0 ||
			    strcmp(e->d_name, "..") == 0)
				continue;
			if (names_add(names, n, &cap, e->d_name)) {
				errno = ENOMEM;
				return -1;
			}
		}
	}
	return len == 0 ? 0 : -1;
}

/* The same, sorted: 1, or -1 with errno and nothing. */
static int
list(int fd, char ***names, size_t *n)
{
	int err;

	*names = NULL;
	*n = 0;
	if (read_names(fd, names, n) == -1) {
		err = errno;
		root_names_free(*names, *n);
		*names = NULL;
		*n = 0;
		errno = err;
		return -1;
	}
	if (*n > 1)
		qsort(*names, *n, sizeof(**names), by_name);
	return 1;
}

int
root_list(struct root *r, const char *path, char ***names, size_t *n)
{
	int fd, rc;

	*names = NULL;
	*n = 0;
	fd = root_at(r, path, O_RDONLY | O_DIRECTORY, RESOLVE_IN_ROOT);
	if (fd == -1 && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	rc = fd == -1 ? -1 : list(fd, names, n);
	if (rc == -1)
		warn_errno("%s%s cannot be listed", r->shown, path);
	if (fd != -1)
		close(fd);
	return rc;
}

int
root_list_in(
    struct root *r, const char *path, int folder, char ***names, size_t *n)
{

	/* One that may not be read was opened to be walked through. */
	if (folder == -1 || list(folder, names, n) == -1)
		return root_list(r, path, names, n);
	return 1;
}

void
root_names_free(char **names, size_t n)
{

	while (n > 0)
		free(names[--n]);
	free(names);
}
