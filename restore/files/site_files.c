#include "restore/files/site_files.h"

#include <stdlib.h>
#include <string.h>

#include "archive/warn.h"
#include "restore/files/links.h"

struct one {
	const char *path;   /* as on the node */
	const char *target; /* of a link, or NULL */
	struct buf bytes;
};

struct site_files {
	struct one *one; /* room for as many as the bundle has items */
	size_t n;
};

static int
is_wanted(const struct item *item)
{

	if (item->kind != ITEM_FILE || item->file->type == FILE_DIRECTORY)
		return 0;
	return item->file->type == FILE_SYMLINK ||
	       item->file->format == PLACE_INI ||
	       item->file->format == PLACE_FLAGS;
}

static enum outcome
load_one(struct restore *r, struct bundle_part *part, const struct item *item,
    struct one *f)
{
	struct rewrite_options opt = { .map = r->map };
	struct buf raw = BUF_EMPTY;
	enum outcome rc = OUTCOME_DONE;

	f->path = item->name + strlen("file:");
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
load_all(struct restore *r, struct site_files *f)
{
	struct bundle_part *part;
	const struct item *item;
	enum outcome rc;
	int more;

	rc = bundle_part_open(r->bundle, PART_FILES, &part);
	if (rc != OUTCOME_DONE)
		return rc;
	while (rc == OUTCOME_DONE && (more = bundle_part_next(part, &item))) {
		if (more == -1)
			rc = OUTCOME_REFUSED;
		else if (is_wanted(item))
			rc = load_one(r, part, item, &f->one[f->n++]);
	}
	bundle_part_close(part);
	return rc;
}

enum outcome
site_files_load(struct restore *r, struct site_files **out)
{
	struct site_files *f;
	enum outcome rc;

	if ((f = calloc(1, sizeof(*f))) == NULL ||
	    (f->one = calloc(r->manifest->nitems + 1, sizeof(*f->one))) ==
		NULL) {
		warn_msg("out of memory");
		site_files_free(f);
		return OUTCOME_FAILED;
	}
	if ((rc = load_all(r, f)) != OUTCOME_DONE) {
		site_files_free(f);
		return rc;
	}
	*out = f;
	return OUTCOME_DONE;
}

void
site_files_free(struct site_files *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->n; i++)
		buf_wipe(&f->one[i].bytes);
	free(f->one);
	free(f);
}

static const struct one *
find(const struct site_files *f, const char *path)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		if (strcmp(f->one[i].path, path) == 0)
			return &f->one[i];
	}
	return NULL;
}

static const char *
target_of(void *cookie, const char *path)
{
	const struct one *one = find(cookie, path);

	return one == NULL ? NULL : one->target;
}

static int
source_read(void *cookie, const char *path, struct buf *out)
{
	const struct one *one;
	char *real;

	if ((real = links_resolve(path, target_of, cookie)) == NULL)
		return -1;
	one = find(cookie, real);
	free(real);
	if (one == NULL)
		return 0;
	return buf_add(out, one->bytes.data, one->bytes.len) == 0 ? 1 : -1;
}

static int
by_name(const void *a, const void *b)
{
	char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* The name of a file in the folder ${path}, or NULL: it is elsewhere. */
static const char *
name_in(const struct one *one, const char *path)
{
	size_t len = strcmp(path, "/") == 0 ? 0 : strlen(path);

	if (strncmp(one->path, path, len) != 0 || one->path[len] != '/')
		return NULL;
	return strchr(one->path + len + 1, '/') == NULL ? one->path + len + 1
							: NULL;
}

static int
source_list(void *cookie, const char *path, char ***names, size_t *n)
{
	const struct site_files *f = cookie;
	const char *name;
	char *real;
	size_t i;

	*n = 0;
	if ((real = links_resolve(path, target_of, cookie)) == NULL)
		return -1;
	if ((*names = calloc(f->n + 1, sizeof(**names))) == NULL)
		goto err1;
	for (i = 0; i < f->n; i++) {
		if ((name = name_in(&f->one[i], real)) == NULL)
			continue;
		if (((*names)[*n] = strdup(name)) == NULL)
			goto err2;
		++*n;
	}
	free(real);
	qsort(*names, *n, sizeof(**names), by_name);
	if (*n > 0)
		return 1;
	free(*names);
	*names = NULL;
	return 0;

err2:
	root_names_free(*names, *n);
err1:
	free(real);
	warn_msg("out of memory");
	return -1;
}

struct oslo_source
site_files_source(struct site_files *f)
{
	struct oslo_source source = { source_read, source_list, f };

	return source;
}
