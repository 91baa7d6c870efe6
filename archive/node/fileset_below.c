#include <string.h>
#include <unistd.h>

#include "archive/node/fileset_internal.h"
#include "archive/warn.h"

/* What a link of the set points to, when that is a file worth having. */
static int
target(struct fileset *fs, const char *path, const char *set, size_t order)
{
	struct buf real = BUF_EMPTY;
	size_t before = fs->found.n;
	struct stat st;
	int rc;

	rc = fileset_way(fs->r, path, &real, &fs->found);
	if (rc == 1 && fileset_of_system(real.data))
		rc = 0;
	if (rc == 1)
		rc = root_look(fs->r, -1, real.data, &st);
	if (rc == 1 && S_ISREG(st.st_mode))
		rc = fileset_note(&fs->found, real.data, set, order, &st);
	else /* Only the links lead there: they are no way to anything. */
		fileset_forget(&fs->found, before);
	buf_free(&real);
	return rc < 0 ? -1 : 0;
}

int
fileset_temp(const char *path)
{

	return strncmp(strrchr(path, '/') + 1, ROOT_TEMP, strlen(ROOT_TEMP)) ==
	       0;
}

int
fileset_one(struct fileset *fs, const char *path, const char *set, size_t order,
    const struct stat *st)
{

	if (fileset_note(&fs->found, path, set, order, st))
		return -1;
	return S_ISLNK(st->st_mode) ? target(fs, path, set, order) : 0;
}

static int below(struct fileset *fs, int folder, const char *path,
    const char *set, size_t order);

/* Everything in a folder. */
static int
in_folder(struct fileset *fs, int folder, const char *path, const char *set,
    size_t order)
{
	struct buf child = BUF_EMPTY;
	char **names;
	size_t n, i;
	int rc, fd;

	if (fs->skip != NULL && fs->skip(fs->cookie, path))
		return 0;
	fd = root_folder(fs->r, folder, path);
	if ((rc = root_list_in(fs->r, path, fd, &names, &n)) < 0)
		warn_msg("--not 'file:%s' leaves out all that is in it", path);
	if (rc <= 0) {
		if (fd != -1)
			close(fd);
		return rc;
	}
	for (i = 0, rc = 0; i < n && rc == 0; i++) {
		buf_clear(&child);
		if (fileset_child(&child, path, names[i]))
			rc = -1;
		else
			rc = below(fs, fd, child.data, set, order);
	}
	if (fd != -1)
		close(fd);
	buf_free(&child);
	root_names_free(names, n);
	return rc;
}

static int
below(struct fileset *fs, int folder, const char *path, const char *set,
    size_t order)
{
	struct stat st;
	int rc;

	if (fileset_temp(path))
		return 0;
	if ((rc = root_look(fs->r, folder, path, &st)) <= 0)
		return rc;
	if (fileset_one(fs, path, set, order, &st))
		return -1;
	return S_ISDIR(st.st_mode) ? in_folder(fs, folder, path, set, order)
				   : 0;
}

int
fileset_below(
    struct fileset *fs, const char *path, const char *set, size_t order)
{

	return below(fs, -1, path, set, order);
}
