#include "archive/node/fileset.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "archive/node/fileset_internal.h"
#include "archive/node/fileset_table.h"
#include "archive/warn.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static int
visit(struct fileset_walk *w, const char *path, const char *set, int below);

/* Does a file at this real path belong to the system? */
static int
of_system(const char *path)
{
	size_t i;

	for (i = 0; i < COUNT(fileset_system); i++)
		if (strncmp(path, fileset_system[i],
			strlen(fileset_system[i])) == 0)
			return 1;
	return 0;
}

/* What a link of the set points to, when that is a file worth having. */
static int
visit_target(struct fileset_walk *w, const char *path, const char *set)
{
	struct buf real = BUF_EMPTY;
	struct root_file f;
	size_t before = w->n;
	int rc, keep = 0;

	if ((rc = fileset_way(w, path, 1, &real)) == 1 &&
	    !of_system(real.data) &&
	    (rc = root_stat(w->r, real.data, &f)) == 1) {
		keep = !f.is_other && f.meta.type == FILE_REGULAR;
		root_file_free(&f);
	}
	if (keep)
		rc = fileset_found(w, real.data, set);
	/* Only the links lead there: they are no way to anything. */
	while (!keep && w->n > before)
		free(w->found[--w->n].path);
	buf_free(&real);
	return rc < 0 ? -1 : 0;
}

/* Everything in a folder. */
static int
visit_below(struct fileset_walk *w, const char *path, const char *set)
{
	struct buf child = BUF_EMPTY;
	char **names;
	size_t n, i;
	int rc;

	if (w->skip != NULL && w->skip(w->cookie, path))
		return 0;
	if ((rc = root_list(w->r, path, &names, &n)) < 0)
		warn_msg("--not 'file:%s' leaves out all that is in it", path);
	if (rc <= 0)
		return rc;
	for (i = 0, rc = 0; i < n && rc == 0; i++) {
		buf_clear(&child);
		if (buf_addf(&child, "%s/%s", path, names[i]))
			rc = -1;
		else
			rc = visit(w, child.data, set, 1);
	}
	buf_free(&child);
	root_names_free(names, n);
	return rc;
}

/* A real path that a row means: add it, and what is below or behind it. */
static int
visit(struct fileset_walk *w, const char *path, const char *set, int below)
{
	const char *name = strrchr(path, '/');
	struct root_file f;
	int rc, type;

	if (strncmp(name + 1, ROOT_TEMP, strlen(ROOT_TEMP)) == 0)
		return 0;
	if ((rc = root_stat(w->r, path, &f)) <= 0)
		return rc;
	type = f.is_other ? -1 : (int)f.meta.type;
	root_file_free(&f);
	if (type == FILE_DIRECTORY && !below)
		return 0;
	if (fileset_found(w, path, set))
		return -1;
	if (type == FILE_SYMLINK)
		return visit_target(w, path, set);
	if (type == FILE_DIRECTORY)
		return visit_below(w, path, set);
	return 0;
}

/* A path without patterns: walk to it, and visit what is there. */
static int
arrive(struct fileset_walk *w, const char *path, const char *set, int below)
{
	struct buf real = BUF_EMPTY;
	int rc;

	/* A row's own folder may be a link: what is behind it is meant. */
	if ((rc = fileset_way(w, path, below, &real)) == 1)
		rc = visit(w, real.len > 0 ? real.data : "/", set, below);
	buf_free(&real);
	return rc;
}

/* Is there anything at this path?  1, 0, -1 said. */
static int
stands(struct fileset_walk *w, const char *path)
{
	struct root_file f;
	int rc;

	if ((rc = root_stat(w->r, path, &f)) == 1)
		root_file_free(&f);
	return rc;
}

/* The folder at ${done} and all on the way to it, as far as they stand. */
static int
note_way(struct fileset_walk *w, const char *done)
{
	struct buf path = BUF_EMPTY, real = BUF_EMPTY;
	int rc = -1;

	if (buf_addf(&path, "%s/.", done) == 0)
		rc = fileset_way(w, path.data, 1, &real);
	buf_free(&path);
	buf_free(&real);
	return rc == -1 ? -1 : 0;
}

/**
 * ${done} is a path as it stands, ${rest} the part of a glob that is still to
 * be matched below it; what has none left is arrived at.
 */
static int
expand(
    struct fileset_walk *w, const char *done, const char *rest, const char *set)
{
	struct buf path = BUF_EMPTY, part = BUF_EMPTY;
	size_t len = strcspn(rest, "/"), tail, n = 0, i;
	char **names = NULL;
	int rc = -1;

	if (*rest == '\0' || strcmp(rest, "**") == 0) {
		rc = stands(w, done);
		return rc == 1 ? arrive(w, done, set, *rest != '\0') : rc;
	}
	if (w->ways && *done != '\0' && note_way(w, done))
		return -1;
	tail = len + strspn(rest + len, "/");
	if (buf_add(&part, rest, len))
		goto done;
	if (strpbrk(part.data, "*?[") == NULL) {
		if (buf_addf(&path, "%s/%s", done, part.data) == 0)
			rc = expand(w, path.data, rest + tail, set);
		goto done;
	}
	if ((rc = root_list(w->r, done, &names, &n)) <= 0)
		goto done;
	for (i = 0, rc = 0; i < n && rc == 0; i++) {
		if (fnmatch(part.data, names[i], FNM_PERIOD) != 0)
			continue;
		buf_clear(&path);
		rc = buf_addf(&path, "%s/%s", done, names[i]);
		if (rc == 0)
			rc = expand(w, path.data, rest + tail, set);
	}
done:
	root_names_free(names, n);
	buf_free(&part);
	buf_free(&path);
	return rc;
}

/* One row of the table, with the folders that nova.conf names. */
static int
row(struct fileset_walk *w, const struct site *site,
    const struct fileset_row *row)
{
	static const char instances[] = "$instances_path/",
			  state[] = "$state_path/";
	const char *base = "", *rest = row->glob + 1;

	if (strncmp(row->glob, instances, sizeof(instances) - 1) == 0) {
		base = site->instances_path;
		rest = row->glob + sizeof(instances) - 1;
	} else if (strncmp(row->glob, state, sizeof(state) - 1) == 0) {
		base = site->state_path;
		rest = row->glob + sizeof(state) - 1;
	}
	if (*base != '\0' && *base != '/') {
		warn_info("%s is no whole path: %s is not looked for", base,
		    row->glob);
		return 0;
	}
	return expand(w, base, rest, row->set);
}

/* By path; the same path by its first row, and any row before the way. */
static int
by_path(const void *a, const void *b)
{
	const struct fileset_found *x = a, *y = b;
	int c, xway, yway;

	if ((c = strcmp(x->path, y->path)) != 0)
		return c;
	xway = strcmp(x->set, FILESET_WAY) == 0;
	yway = strcmp(y->set, FILESET_WAY) == 0;
	if (xway != yway)
		return xway - yway;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Tell what was found, each path once, as it stands now. */
static int
report(struct fileset_walk *w, fileset_fn *fn, void *cookie)
{
	struct fileset_entry e;
	struct root_file f;
	size_t i;
	int rc = 0;

	if (w->n > 1)
		qsort(w->found, w->n, sizeof(*w->found), by_path);
	for (i = 0; i < w->n && rc == 0; i++) {
		if (i > 0 &&
		    strcmp(w->found[i].path, w->found[i - 1].path) == 0)
			continue;
		if ((rc = root_stat(w->r, w->found[i].path, &f)) < 0)
			break;
		if (rc == 0)
			continue;
		e.path = w->found[i].path;
		e.set = w->found[i].set;
		e.file = &f;
		rc = fn(cookie, &e);
		root_file_free(&f);
	}
	return rc;
}

/* Find, then report. */
static int
walk(struct fileset_walk *w, const struct site *site, fileset_fn *fn)
{
	int rc = 0;
	size_t i;

	for (i = 0; i < COUNT(fileset_rows) && rc == 0; i++)
		rc = row(w, site, &fileset_rows[i]);
	for (i = 0; i < site->nfiles && rc == 0; i++)
		rc = expand(w, site->files[i], "", FILESET_NAMED);
	if (rc == 0)
		rc = report(w, fn, w->cookie);
	for (i = 0; i < w->n; i++)
		free(w->found[i].path);
	free(w->found);
	return rc;
}

int
fileset_walk(struct root *r, const struct site *site,
    int (*skip)(void *cookie, const char *path), fileset_fn *fn, void *cookie)
{
	struct fileset_walk w = { .r = r, .skip = skip, .cookie = cookie };

	return walk(&w, site, fn);
}

int
fileset_walk_ways(struct root *r, const struct site *site,
    int (*skip)(void *cookie, const char *path), fileset_fn *fn, void *cookie)
{
	struct fileset_walk w = {
		.r = r, .skip = skip, .cookie = cookie, .ways = 1
	};

	return walk(&w, site, fn);
}
