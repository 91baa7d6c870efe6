#ifndef RESTORE_PATHS_INNER_H
#define RESTORE_PATHS_INNER_H

#include "archive/look/tally.h"
#include "restore/preflight/paths.h"

/**
 * The paths as their own files see them: paths collects, paths_tell looks.
 */
enum path_needs {
	PATH_FILE,   /* anything stands there */
	PATH_PARENT, /* the folder that the file is made in */
	PATH_DISK    /* an image, or a device */
};

struct paths_row {
	const char *path, *attr;
	enum path_needs needs;
	const char *finding, *what;
};

struct path_want {
	const struct paths_row *row;
	char *path, *item, *place;
	char *format; /* of a disk whose images are to be followed, or NULL */
	int optional; /* the domain starts without it */
};

struct paths {
	struct path_want *w;
	size_t n, cap;
	struct tally *wanted; /* how many want it */
};

#endif
