#include "restore/files/files_way.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/files/files.h"
#include "restore/plan/there.h"

int
files_way_made(struct files_way *w, const char *path)
{
	char **more;

	more = reallocarray(w->made, w->nmade + 1, sizeof(*more));
	if (more == NULL)
		goto err0;
	w->made = more;
	if ((more[w->nmade] = strdup(path)) == NULL)
		goto err0;
	w->nmade++;
	return 0;

err0:
	warn_msg("out of memory");
	return -1;
}

/* Will the plan have made this folder?  Usually one of the last. */
static int
made_has(const struct files_way *w, const char *path)
{
	size_t i;

	for (i = w->nmade; i-- > 0;)
		if (strcmp(w->made[i], path) == 0)
			return 1;
	return 0;
}

/* One folder on the way: 1 fine, 0 not (told), -1 said. */
static int
parent_fits(struct files_way *w, const struct item *item, const char *path)
{
	const char *why = NULL;
	struct root_file f;
	int found;

	if ((found = there(w->r)->stat(w->r, path, &f)) < 0)
		return -1;
	if (found == 0) {
		if (made_has(w, path))
			return 1;
		why = " is neither here nor made by this restore";
	} else {
		if (f.is_other || f.meta.type == FILE_REGULAR)
			why = " is no folder";
		else if (f.meta.type == FILE_SYMLINK)
			why = " is a symbolic link: nothing is written through "
			      "it";
		root_file_free(&f);
		if (why == NULL)
			return 1;
	}
	buf_clear(&w->bad);
	if (buf_addf(&w->bad, "%s/", path) ||
	    files_finding(w->r, item, "file-parent", path, why))
		return -1;
	return 0;
}

int
files_way_fits(struct files_way *w, const struct item *item, const char *path)
{
	size_t end = (size_t)(strrchr(path, '/') - path), i;
	struct buf part = BUF_EMPTY;
	int rc = 1;

	if (end == 0 || (w->fine.len == end && w->fine.data != NULL &&
			    memcmp(w->fine.data, path, end) == 0))
		return 1;
	if (w->bad.len > 0 && strncmp(path, w->bad.data, w->bad.len) == 0)
		return 0;
	for (i = 1; i <= end && rc == 1; i++) {
		if (i != end && path[i] != '/')
			continue;
		buf_clear(&part);
		rc = buf_add(&part, path, i) ? -1
					     : parent_fits(w, item, part.data);
	}
	buf_clear(&w->fine);
	if (rc == 1 && buf_add(&w->fine, path, end))
		rc = -1;
	buf_free(&part);
	return rc;
}

void
files_way_free(struct files_way *w)
{

	while (w->nmade > 0)
		free(w->made[--w->nmade]);
	free(w->made);
	w->made = NULL;
	buf_free(&w->fine);
	buf_free(&w->bad);
}
