#include "restore/restore_site.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"

/* A configuration file of the bundle, through the map. */
struct loaded {
	const char *path;   /* as on the node */
	const char *target; /* of a link, or NULL */
	struct buf bytes;
};

struct config {
	struct loaded *files; /* as many as the manifest has items */
	size_t n;
};

/* As many links in a row as this may lead from one file to another. */
#define LINKS 8

static const char *
item_path(const struct item *item)
{

	return item->name + strlen("file:");
}

static int
is_config(const struct item *item)
{

	if (item->kind != ITEM_FILE || item->file->type == FILE_DIRECTORY)
		return 0;
	return item->file->type == FILE_SYMLINK ||
	       item->file->format == PLACE_INI ||
	       item->file->format == PLACE_FLAGS;
}

static enum outcome
load_one(struct restore *r, struct bundle_part *part, const struct item *item,
    struct loaded *f)
{
	struct rewrite_options opt = { .map = r->map };
	struct buf raw = BUF_EMPTY;
	enum outcome rc = OUTCOME_DONE;

	f->path = item_path(item);
	if (item->file->type == FILE_SYMLINK) {
		f->target = item->file->target;
		return OUTCOME_DONE;
	}
	if (bundle_part_load(part, &raw) == -1)
		rc = OUTCOME_REFUSED;
	else if (rewrite(&opt, item->file->format, raw.data, raw.len, &f->bytes,
		     NULL, NULL) == -1)
		rc = OUTCOME_FAILED;
	buf_wipe(&raw);
	return rc;
}

static enum outcome
load_all(struct restore *r, struct config *c)
{
	struct bundle_part *part;
	const struct item *item;
	enum outcome rc;
	int more;

	if ((rc = bundle_part_open(r->bundle, PART_FILES, &part)) !=
	    OUTCOME_DONE)
		return rc;
	while (
	    rc == OUTCOME_DONE && (more = bundle_part_next(part, &item)) != 0) {
		if (more == -1)
			rc = OUTCOME_REFUSED;
		else if (is_config(item))
			rc = load_one(r, part, item, &c->files[c->n++]);
	}
	bundle_part_close(part);
	return rc;
}

static void
config_free(struct config *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		buf_wipe(&c->files[i].bytes);
	free(c->files);
}

static const struct loaded *
find(const struct config *c, const char *path)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		if (strcmp(c->files[i].path, path) == 0)
			return &c->files[i];
	}
	return NULL;
}

/* Where the link at ${path} leads, as a path of the node (malloced). */
static char *
follow(const char *path, const char *target)
{
	struct buf b = BUF_EMPTY;
	const char *slash = strrchr(path, '/');

	if (target[0] == '/' || slash == NULL)
		return strdup(target);
	if (buf_add(&b, path, (size_t)(slash + 1 - path)) == -1 ||
	    buf_adds(&b, target) == -1) {
		buf_free(&b);
		return NULL;
	}
	return buf_steal(&b);
}

static int
config_read(void *cookie, const char *path, struct buf *out)
{
	const struct config *c = cookie;
	const struct loaded *f = find(c, path);
	char *at = NULL, *next;
	int hops, rc;

	for (hops = 0; f != NULL && f->target != NULL && hops < LINKS; hops++) {
		next = follow(f->path, f->target);
		free(at);
		if ((at = next) == NULL)
			return -1;
		f = find(c, at);
	}
	if (f == NULL || f->target != NULL)
		rc = 0;
	else
		rc = buf_add(out, f->bytes.data, f->bytes.len) == 0 ? 1 : -1;
	free(at);
	return rc;
}

static int
by_name(const void *a, const void *b)
{
	char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* The name of ${f} in the folder ${path}, or NULL. */
static const char *
name_in(const struct loaded *f, const char *path)
{
	size_t len = strlen(path);

	if (strncmp(f->path, path, len) != 0 || f->path[len] != '/')
		return NULL;
	return strchr(f->path + len + 1, '/') == NULL ? f->path + len + 1
						      : NULL;
}

static int
config_list(void *cookie, const char *path, char ***names, size_t *n)
{
	const struct config *c = cookie;
	const char *name;
	size_t i;

	*n = 0;
	if ((*names = calloc(c->n + 1, sizeof(**names))) == NULL)
		goto err0;
	for (i = 0; i < c->n; i++) {
		if ((name = name_in(&c->files[i], path)) == NULL)
			continue;
		if (((*names)[*n] = strdup(name)) == NULL)
			goto err1;
		++*n;
	}
	qsort(*names, *n, sizeof(**names), by_name);
	if (*n > 0)
		return 1;
	free(*names);
	*names = NULL;
	return 0;

err1:
	root_names_free(*names, *n);
err0:
	warn_msg("out of memory");
	return -1;
}

static int
disk_read(void *cookie, const char *path, struct buf *out)
{

	return root_read(cookie, path, out);
}

static int
disk_list(void *cookie, const char *path, char ***names, size_t *n)
{

	return root_list(cookie, path, names, n);
}

enum outcome
restore_site(struct restore *r)
{
	struct oslo_source bundle = { config_read, config_list, NULL };
	struct oslo_source disk = { disk_read, disk_list, r->root };
	struct config c = { NULL, 0 };
	enum outcome rc;

	bundle.cookie = &c;
	c.files = calloc(r->manifest->nitems + 1, sizeof(*c.files));
	if (c.files == NULL) {
		warn_msg("out of memory");
		return OUTCOME_FAILED;
	}
	if ((rc = load_all(r, &c)) == OUTCOME_DONE &&
	    site_load(&bundle, &r->site) == -1)
		rc = OUTCOME_FAILED;
	config_free(&c);
	if (rc != OUTCOME_DONE || r->site->has_nova)
		return rc;
	site_free(r->site);
	r->site = NULL;
	return site_load(&disk, &r->site) == -1 ? OUTCOME_FAILED : OUTCOME_DONE;
}
