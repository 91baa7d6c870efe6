#include "archive/node/fileset_outside.h"

#include <stdlib.h>
#include <string.h>

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
	struct fileset_walk known; /* what the set has, sorted by path */
	int instances;             /* below that folder, else below /etc */
	uint64_t dev;
};

/* fileset_fn: the walk's order is by path. */
static int
note(void *cookie, const struct fileset_entry *e)
{
	struct outside *o = cookie;

	return fileset_found(&o->known, e->path, e->set);
}

static int
skip(void *cookie, const char *path)
{
	const struct outside *o = cookie;

	return o->skip != NULL && o->skip(o->cookie, path);
}

static int
by_path(const void *a, const void *b)
{
	const struct fileset_found *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static int
is_known(const struct outside *o, char *path)
{
	struct fileset_found key = { path, NULL, 0 };

	return o->known.n > 0 && bsearch(&key, o->known.found, o->known.n,
				     sizeof(key), by_path) != NULL;
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
visit_file(struct outside *o, char *path, struct root_file *f)
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
	if (f->size == 0 || is_known(o, path))
		return 0;
	return o->fn(o->cookie, &e);
}

static int visit_folder(struct outside *o, const char *path);

static int
visit(struct outside *o, char *path)
{
	struct root_file f;
	int rc;

	if (strncmp(strrchr(path, '/') + 1, ROOT_TEMP, strlen(ROOT_TEMP)) ==
		0 ||
	    is_skipped(o, path))
		return 0;
	if ((rc = root_stat(o->r, path, &f)) <= 0)
		return rc;
	if (f.is_other || f.meta.type == FILE_SYMLINK)
		rc = 0;
	else if (f.meta.type == FILE_DIRECTORY)
		rc = f.dev == o->dev ? visit_folder(o, path) : 0;
	else
		rc = visit_file(o, path, &f);
	root_file_free(&f);
	return rc;
}

static int
visit_folder(struct outside *o, const char *path)
{
	struct buf child = BUF_EMPTY;
	char **names;
	size_t n, i;
	int rc;

	if (skip(o, path))
		return 0;
	if ((rc = root_list(o->r, path, &names, &n)) < 0)
		warn_msg("--not 'file:%s' leaves out all that is in it, "
			 "--no-sweep all that is outside the file set",
		    path);
	if (rc <= 0)
		return rc;
	for (i = 0, rc = 0; i < n && rc == 0; i++) {
		buf_clear(&child);
		if (buf_addf(&child, "%s/%s", path, names[i]))
			rc = -1;
		else
			rc = visit(o, child.data);
	}
	buf_free(&child);
	root_names_free(names, n);
	return rc;
}

/* A folder where a walk begins; it may be behind a link. */
static int
begin(struct outside *o, const char *path, int instances)
{
	struct fileset_walk w = { .r = o->r };
	struct buf real = BUF_EMPTY;
	struct root_file f;
	int rc;

	rc = fileset_way(&w, path, 1, &real);
	while (w.n > 0)
		free(w.found[--w.n].path);
	free(w.found);
	/* A whole machine below "/" is no folder of instances. */
	if (rc == 1 && real.len > 0 &&
	    (rc = root_stat(o->r, real.data, &f)) == 1) {
		o->instances = instances;
		o->dev = f.dev;
		rc = f.is_other || f.meta.type != FILE_DIRECTORY
			 ? 0
			 : visit_folder(o, real.data);
		root_file_free(&f);
	}
	buf_free(&real);
	return rc;
}

int
outside_walk(struct root *r, const struct site *site,
    int (*skip_folder)(void *cookie, const char *path), fileset_fn *fn,
    void *cookie)
{
	struct outside o = {
		.r = r, .skip = skip_folder, .fn = fn, .cookie = cookie
	};
	int rc;

	rc = fileset_walk(r, site, skip, note, &o);
	if (rc == 0)
		rc = begin(&o, "/etc", 0);
	if (rc == 0 && site->instances_path[0] == '/' &&
	    strncmp(site->instances_path, "/etc/", 5) != 0)
		rc = begin(&o, site->instances_path, 1);
	while (o.known.n > 0)
		free(o.known.found[--o.known.n].path);
	free(o.known.found);
	return rc;
}
