#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/facts/chain.h"
#include "restore/facts/facts.h"

/* Deeper than any folder of instances; a circle of links ends here, too. */
#define DEEPEST 12

/* 1 when the path is told of already. */
static int
is_told(const struct facts *f, const char *path)
{
	size_t i;

	for (i = f->nfiles; i-- > 0;)
		if (strcmp(f->files[i].path, path) == 0)
			return 1;
	return 0;
}

/* Append what stands at a path: where in the list, or -1 said. */
static long
add(struct facts *f, const char *path)
{
	struct fact_file *more;

	/* Room doubles at each power of two. */
	if ((f->nfiles & (f->nfiles - 1)) == 0) {
		more = reallocarray(f->files,
		    f->nfiles == 0 ? 1 : f->nfiles * 2, sizeof(*more));
		if (more == NULL) {
			warn_msg("out of memory");
			return -1;
		}
		f->files = more;
	}
	if (facts_file(f, path, &f->files[f->nfiles]))
		return -1;
	return (long)f->nfiles++;
}

/* What the image at ${at} has behind it, and what that has. */
static int
add_behind(struct facts *f, size_t at)
{
	const char *names[2];
	struct buf path = BUF_EMPTY;
	int i, rc = 0;

	for (; rc == 0 && at < f->nfiles; at++) {
		names[0] = f->files[at].backing;
		names[1] = f->files[at].data;
		for (i = 0; rc == 0 && i < 2; i++) {
			if (names[i] == NULL)
				continue;
			buf_clear(&path);
			rc = chain_path(f->files[at].path, names[i], &path);
			if (rc == 0 && !is_told(f, path.data))
				rc = add(f, path.data) == -1 ? -1 : 0;
			else if (rc == 1)
				rc = 0;
		}
	}
	buf_free(&path);
	return rc;
}

/* A link is followed by libvirt, but what is behind it is told of only where
 * it stands: the folder behind it is not known by this name. */
static int
is_link(struct facts *f, const char *path)
{
	struct root_file file;
	int rc;

	if ((rc = root_stat(f->root, path, &file)) != 1)
		return rc;
	rc = file.meta.type == FILE_SYMLINK;
	root_file_free(&file);
	return rc;
}

static int walk(struct facts *f, const char *path, int depth);

static int
walk_folder(struct facts *f, const char *path, int depth)
{
	struct buf name = BUF_EMPTY;
	char **names;
	size_t i, n;
	int rc;

	if ((rc = root_list(f->root, path, &names, &n)) != 1)
		return rc;
	for (i = 0; rc != -1 && i < n; i++) {
		buf_clear(&name);
		rc = buf_addf(&name, "%s/%s", path, names[i])
			 ? -1
			 : walk(f, name.data, depth + 1);
	}
	buf_free(&name);
	root_names_free(names, n);
	return rc == -1 ? -1 : 0;
}

static int
walk(struct facts *f, const char *path, int depth)
{
	int link = 0;
	long at;

	if ((at = add(f, path)) == -1)
		return -1;
	if (f->files[at].type != FACT_FOLDER)
		return 0;
	if (depth > 0 && (link = is_link(f, path)) == -1)
		return -1;
	if (link || depth == DEEPEST) {
		f->files[at].type = FACT_UNKNOWN;
		return 0;
	}
	return walk_folder(f, path, depth);
}

int
facts_files_add(struct facts *f, const char *folder)
{
	size_t first = f->nfiles;

	if (is_told(f, folder))
		return 0;
	if (walk(f, folder, 0))
		return -1;
	return add_behind(f, first);
}
