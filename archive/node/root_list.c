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

int
root_list(struct root *r, const char *path, char ***names, size_t *n)
{
	struct dirent *e;
	size_t cap = 0;
	DIR *d;
	int fd;

	*names = NULL;
	*n = 0;
	fd = root_at(r, path, O_RDONLY | O_DIRECTORY, RESOLVE_IN_ROOT);
	if (fd == -1 && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (fd == -1 || (d = fdopendir(fd)) == NULL) {
		warn_errno("%s%s cannot be listed", r->shown, path);
		if (fd != -1)
			close(fd);
		return -1;
	}
	while (errno = 0, (e = readdir(d)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (names_add(names, n, &cap, e->d_name)) {
			warn_msg("out of memory");
			goto err1;
		}
	}
	if (errno != 0) {
		warn_errno("%s%s cannot be listed", r->shown, path);
		goto err1;
	}
	closedir(d);
	if (*n > 1)
		qsort(*names, *n, sizeof(**names), by_name);
	return 1;

err1:
	closedir(d);
	root_names_free(*names, *n);
	*names = NULL;
	*n = 0;
	return -1;
}

void
root_names_free(char **names, size_t n)
{

	while (n > 0)
		free(names[--n]);
	free(names);
}
