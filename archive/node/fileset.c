#include "archive/node/fileset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/node/fileset_expand.h"
#include "archive/node/fileset_internal.h"
#include "archive/node/fileset_table.h"
#include "archive/warn.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* The rows, with the folders that nova.conf names. */
struct goals {
	struct fileset_goal *all;
	char **globs; /* each the whole glob */
	size_t n;
};

static const char *
without_slashes(const char *path)
{

	return path + strspn(path, "/");
}

/* ${base} and ${rest} together are what a row wants: 0 or -1. */
static int
add(struct goals *g, const char *base, const char *rest, const char *set)
{
	struct fileset_goal *to = &g->all[g->n];

	if (*base != '\0' && *base != '/') {
		warn_info(
		    "%s is no whole path: %s is not looked for", base, rest);
		return 0;
	}
	if (asprintf(&g->globs[g->n], "%s/%s", base, rest) == -1) {
		g->globs[g->n] = NULL;
		warn_msg("out of memory");
		return -1;
	}
	to->rest = without_slashes(g->globs[g->n]);
	to->literal = strlen(without_slashes(base));
	to->set = set;
	to->order = g->n++;
	return 0;
}

static int
add_row(struct goals *g, const struct site *site, const struct fileset_row *row)
{
	static const char instances[] = "$instances_path/",
			  state[] = "$state_path/";

	if (strncmp(row->glob, instances, sizeof(instances) - 1) == 0)
		return add(g, site->instances_path,
		    row->glob + sizeof(instances) - 1, row->set);
	if (strncmp(row->glob, state, sizeof(state) - 1) == 0)
		return add(g, site->state_path, row->glob + sizeof(state) - 1,
		    row->set);
	return add(g, "", row->glob + 1, row->set);
}

static void
goals_free(struct goals *g)
{
	size_t i;

	for (i = 0; i < g->n; i++)
		free(g->globs[i]);
	free(g->globs);
	free(g->all);
}

static int
goals_of(const struct site *site, struct goals *g)
{
	size_t i, most = COUNT(fileset_rows) + site->nfiles;
	int rc = 0;

	g->n = 0;
	g->all = calloc(most, sizeof(*g->all));
	g->globs = calloc(most, sizeof(*g->globs));
	if (g->all == NULL || g->globs == NULL) {
		warn_msg("out of memory");
		return -1;
	}
	for (i = 0; i < COUNT(fileset_rows) && rc == 0; i++)
		rc = add_row(g, site, &fileset_rows[i]);
	for (i = 0; i < site->nfiles && rc == 0; i++)
		rc = add(g, site->files[i], "", FILESET_NAMED);
	return rc;
}

/* By path; the same path by its first row, and any row before the way. */
static int
by_row(const void *a, const void *b)
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

static int
by_path(const void *a, const void *b)
{
	const struct fileset_found *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* Sorted, each path once. */
static void
settle(struct fileset_list *list)
{
	struct fileset_found *all = list->all;
	size_t i, n = 0;

	if (list->n > 1)
		qsort(all, list->n, sizeof(*all), by_row);
	for (i = 0; i < list->n; i++) {
		if (n > 0 && by_path(&all[n - 1], &all[i]) == 0)
			free(all[i].path);
		else
			all[n++] = all[i];
	}
	list->n = n;
}

struct fileset *
fileset_find(struct root *r, const struct site *site,
    int (*skip)(void *cookie, const char *path), void *cookie, int ways)
{
	struct goals g;
	struct fileset *fs;
	int rc;

	if ((fs = calloc(1, sizeof(*fs))) == NULL) {
		warn_msg("out of memory");
		return NULL;
	}
	*fs = (struct fileset){
		.r = r, .skip = skip, .cookie = cookie, .ways = ways
	};
	rc = goals_of(site, &g);
	if (rc == 0)
		rc = fileset_expand(fs, g.all, g.n);
	goals_free(&g);
	if (rc != 0) {
		fileset_free(fs);
		return NULL;
	}
	settle(&fs->found);
	fileset_listings_sort(&fs->listings);
	return fs;
}

void
fileset_free(struct fileset *fs)
{

	if (fs == NULL)
		return;
	fileset_forget(&fs->found, 0);
	fileset_listings_free(&fs->listings);
	free(fs);
}

/* The folder that was told of last: those in it follow, mostly. */
struct folder {
	const char *path;
	size_t len;
	int fd; /* -1: there is none */
};

static void
leave(struct folder *in)
{

	if (in->fd != -1)
		close(in->fd);
	in->fd = -1;
}

/* On to that folder, which is open. */
static void
go_into(struct folder *in, const char *path, struct root_file *f)
{

	leave(in);
	*in = (struct folder){ path, strlen(path), f->fd };
	f->is_open = 0;
}

/* The descriptor of the folder that ${path} is in, or -1. */
static int
folder_of(const struct folder *in, const char *path)
{

	if (in->fd == -1 || strncmp(in->path, path, in->len) != 0 ||
	    path[in->len] != '/' || strchr(path + in->len + 1, '/') != NULL)
		return -1;
	return in->fd;
}

int
fileset_each(struct fileset *fs, fileset_fn *fn, void *cookie)
{
	struct folder in = { NULL, 0, -1 };
	struct fileset_entry e;
	struct root_file f;
	int rc = 0, is_folder;
	size_t i;

	for (i = 0; i < fs->found.n && rc == 0; i++) {
		e.path = fs->found.all[i].path;
		e.set = fs->found.all[i].set;
		e.file = &f;
		rc = root_stat_seen(fs->r, folder_of(&in, e.path), e.path,
		    &fs->found.all[i].st, &f);
		if (rc < 0)
			break;
		if (rc == 0)
			continue;
		is_folder = f.is_open && f.meta.type == FILE_DIRECTORY;
		rc = fn(cookie, &e);
		if (is_folder)
			go_into(&in, e.path, &f);
		root_file_free(&f);
	}
	leave(&in);
	return rc;
}

const struct stat *
fileset_seen(const struct fileset *fs, const char *path)
{
	struct fileset_found key = { .path = NULL }, *found;
	char *copy;

	if (fs->found.n == 0 || (copy = strdup(path)) == NULL)
		return NULL;
	key.path = copy;
	found = bsearch(&key, fs->found.all, fs->found.n, sizeof(key), by_path);
	free(copy);
	return found == NULL ? NULL : &found->st;
}
