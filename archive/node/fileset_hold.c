#include <fnmatch.h>
#include <string.h>

#include "archive/node/fileset_internal.h"
#include "archive/node/fileset_table.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Does the glob of a row mean this path? */
static int
fits(const char *glob, const char *path)
{
	static const char below[] = "/**";
	size_t len = strlen(glob), tail = sizeof(below) - 1;

	if (len < tail || strcmp(glob + len - tail, below) != 0)
		return fnmatch(glob, path, FNM_PATHNAME) == 0;
	len -= tail;
	return strncmp(glob, path, len) == 0 &&
	       (path[len] == '\0' || path[len] == '/');
}

int
fileset_lists(const char *path)
{
	size_t i;

	for (i = 0; i < COUNT(fileset_rows); i++)
		if (fits(fileset_rows[i].glob, path))
			return 1;
	return 0;
}

const struct fileset_hold *
fileset_held(const char *path)
{
	size_t i, k;

	for (i = 0; i < COUNT(fileset_rows); i++) {
		for (k = 0; k < COUNT(fileset_holds); k++)
			if (strcmp(fileset_rows[i].set, fileset_holds[k].set) ==
				0 &&
			    fits(fileset_rows[i].glob, path))
				return &fileset_holds[k];
	}
	return NULL;
}

int
fileset_of_system(const char *path)
{
	size_t i;

	for (i = 0; i < COUNT(fileset_system); i++)
		if (strncmp(path, fileset_system[i],
			strlen(fileset_system[i])) == 0)
			return 1;
	return 0;
}
