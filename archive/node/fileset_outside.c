#include "archive/node/fileset_outside.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/limits.h"
#include "archive/node/fileset_internal.h"
#include "archive/node/fileset_outside_table.h"
#include "archive/node/path.h"
#include "archive/warn.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* One walk: what the file set has, and where it is. */
struct outside {
	struct root *r;
	int (*skip)(void *cookie, const char *path);
	fileset_fn *fn;
	void *cookie;
	const struct fileset *known;
	int instances; /* below that folder, else below /etc */
	dev_t dev;
};

static int
skip(void *cookie, const char *path)
{
	const struct outside *o = cookie;

	return o->skip != NULL && o->skip(o->cookie, path);
}

static int
fits_any(const char *const *globs, size_t n, const char *path)
{

	while (n > 0)
		if (path_glob(globs[--n], path))
			return 1;
	return 0;
}

static int
is_skipped(const struct outside *o, const char *path)
{

	if (o->instances)
		return fits_any(outside_instances_skip,
		    COUNT(outside_instances_skip), path);
	return fits_any(outside_etc_skip, COUNT(outside_etc_skip), path);
}

static int
visit_file(struct outside *o, const char *path, struct root_file *f)
{
	struct fileset_entry e = { path, FILESET_OUTSIDE, f };
	uint64_t most = LIMIT_OUTSIDE_FILE;

	if (o->instances &&
	    fits_any(outside_images, COUNT(outside_images), path)) {
		e.set = FILESET_IMAGE;
		most = LIMIT_OUTSIDE_IMAGE;
	}
	if (f->size > most && !o->instances)
		e.set = FILESET_LARGE;
	else if (f->size > most)
		return 0;
	if (f->size == 0)
		return 0;
	return o->fn(o->cookie, &e);
}

/* A folder on the way, opened when something in it is looked at. */
struct folder {
	struct folder *up;
	const char *path;
	int fd; /* -1: not open */
};

/* Its descriptor, or -1. */
static int
open_folder(struct outside *o, struct folder *in)
{

	if (in->fd == -1)
		in->fd = root_folder(o->r,
		    in->up == NULL ? -1 : open_folder(o, in->up), in->path);
	return in->fd;
}

static int visit_folder(struct outside *o, struct folder *up, const char *path);

/* Something in a folder. */
static int
visit(struct outside *o, struct folder *in, const char *path)
{
	const struct stat *seen = fileset_seen(o->known, path);
	struct root_file f;
	struct stat st;
	int rc;

	/* What the set has is not outside it. */
	if ((seen != NULL && !S_ISDIR(seen->st_mode)) || fileset_temp(path) ||
	    is_skipped(o, path))
		return 0;
	if (seen == NULL) {
		if ((rc = root_look(o->r, open_folder(o, in), path, &st)) <= 0)
			return rc;
		seen = &st;
	}
	if (S_ISDIR(seen->st_mode))
		return seen->st_dev == o->dev ? visit_folder(o, in, path) : 0;
	if (!S_ISREG(seen->st_mode))
		return 0;
	if ((rc = root_stat_seen(o->r, open_folder(o, in), path, seen, &f)) <=
	    0)
		return rc;
	if (!f.is_other && f.meta.type == FILE_REGULAR)
		rc = visit_file(o, path, &f);
	else
		rc = 0;
	root_file_free(&f);
	return rc;
}

/* All that has one of these names in a folder. */
static int
visit_names(struct outside *o, struct folder *in, char *const *names, size_t n)
{
	struct buf child = BUF_EMPTY;
	size_t i;
	int rc = 0;

	for (i = 0; i < n && rc == 0; i++) {
		buf_clear(&child);
		if (fileset_child(&child, in->path, names[i]))
			rc = -1;
		else
			rc = visit(o, in, child.data);
	}
	buf_free(&child);
	return rc;
}

static int
visit_folder(struct outside *o, struct folder *up, const char *path)
{
	struct folder in = { up, path, -1 };
	char *const *known;
	char **names;
	size_t n;
	int rc;

	if (skip(o, path))
		return 0;
	/* The walk for the set has listed most of them. */
	if ((known = fileset_listed(o->known, path, &n)) != NULL) {
		rc = visit_names(o, &in, known, n);
		goto done;
	}
	rc = root_list_in(o->r, path, open_folder(o, &in), &names, &n);
	if (rc < 0)
		warn_msg("--not 'file:%s' leaves out all that is in it, "
			 "--no-sweep all that is outside the file set",
		    path);
	if (rc <= 0)
		goto done;
	rc = visit_names(o, &in, names, n);
	root_names_free(names, n);
done:
	if (in.fd != -1)
		close(in.fd);
	return rc;
}

/* A folder where a walk begins; it may be behind a link. */
static int
begin(struct outside *o, const char *path, int instances)
{
	struct fileset_list ways = { NULL, 0, 0 };
	struct buf real = BUF_EMPTY;
	struct stat st;
	int rc;

	rc = fileset_way(o->r, path, &real, &ways);
	fileset_forget(&ways, 0);
	/* A whole machine below "/" is no folder of instances. */
	if (rc == 1 && real.len == 0)
		rc = 0;
	if (rc == 1 && (rc = root_look(o->r, -1, real.data, &st)) == 1) {
		o->instances = instances;
		o->dev = st.st_dev;
		rc = S_ISDIR(st.st_mode) ? visit_folder(o, NULL, real.data) : 0;
	}
	buf_free(&real);
	return rc;
}

int
outside_walk(struct root *r, const struct site *site, const struct fileset *fs,
    int (*skip_folder)(void *cookie, const char *path), fileset_fn *fn,
    void *cookie)
{
	struct outside o = { .r = r,
		.skip = skip_folder,
		.fn = fn,
		.cookie = cookie,
		.known = fs };
	int rc;

	rc = begin(&o, "/etc", 0);
	if (rc == 0 && site->instances_path[0] == '/' &&
	    strncmp(site->instances_path, "/etc/", 5) != 0)
		rc = begin(&o, site->instances_path, 1);
	return rc;
}
