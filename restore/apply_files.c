#include <string.h>

#include "archive/warn.h"
#include "restore/files.h"

/* The cell of that name, or NULL. */
static const struct plan_cell *
cell_of(const struct plan_record *rec, const char *name)
{
	size_t i;

	for (i = 0; i < rec->ncells; i++)
		if (strcmp(rec->cells[i].name, name) == 0)
			return &rec->cells[i];
	return NULL;
}

static int
moved(const struct restore *r, const char *path)
{
	const char *dir = root_dir(r->root);

	warn_msg("%s%s changed since the plan: run the restore again",
	    strcmp(dir, "/") == 0 ? "" : dir, path);
	return -1;
}

/* Does what stands here still read as the plan saw it?  1, 0, -1 said. */
static int
still(struct restore *r, const char *path, const struct root_file *f,
    const struct plan_cell *cell)
{
	struct buf now = BUF_EMPTY;
	int rc = 0;

	if (f->is_other)
		return 0;
	if (f->meta.type == FILE_SYMLINK)
		rc = buf_adds(&now, f->meta.target) ? -1 : 1;
	else if (f->meta.type == FILE_REGULAR)
		rc = root_read_nofollow(r->root, path, &now);
	if (rc == 1)
		rc = now.len == cell->before_len &&
		     (now.len == 0 ||
			 memcmp(now.data, cell->before, now.len) == 0);
	buf_wipe(&now);
	return rc;
}

/* Make what is absent, as the bundle says it was. */
static int
create(struct restore *r, const char *path, const struct item *item,
    const struct plan_cell *cell)
{
	struct item_file meta = *item->file;
	struct buf target = BUF_EMPTY;
	struct root_file f;
	int rc;

	if ((rc = root_stat(r->root, path, &f)) < 0)
		return -1;
	if (rc == 1) {
		rc = !f.is_other && f.meta.type == FILE_DIRECTORY &&
		     meta.type == FILE_DIRECTORY;
		root_file_free(&f);
		return rc ? 0 : moved(r, path);
	}
	if (meta.type == FILE_SYMLINK) {
		if (cell == NULL ||
		    buf_add(&target, cell->after, cell->after_len))
			return -1;
		meta.target = target.data;
	}
	rc = root_write(r->root, path, &meta,
	    meta.type == FILE_REGULAR && cell != NULL ? cell->after : NULL,
	    meta.type == FILE_REGULAR && cell != NULL ? cell->after_len : 0);
	buf_free(&target);
	return rc;
}

/* Change what is here; its owner stays, and who may read it (files_mode). */
static int
change(struct restore *r, const char *path, const struct item *item,
    const struct plan_cell *cell)
{
	struct buf target = BUF_EMPTY;
	struct item_file meta;
	struct root_file f;
	int rc;

	if ((rc = root_stat(r->root, path, &f)) < 0)
		return -1;
	if (rc == 0)
		return moved(r, path);
	if ((rc = still(r, path, &f, cell)) != 1) {
		rc = rc == 0 ? moved(r, path) : -1;
		goto done;
	}
	rc = -1;
	meta = f.meta;
	meta.mode = files_mode(item->file, &f.meta);
	if (meta.type == FILE_SYMLINK) {
		if (buf_add(&target, cell->after, cell->after_len))
			goto done;
		meta.target = target.data;
	}
	rc = root_write(r->root, path, &meta, cell->after, cell->after_len);
done:
	buf_free(&target);
	root_file_free(&f);
	return rc;
}

int
apply_file(struct restore *r, const struct plan_record *rec)
{
	const struct item *item = manifest_find(r->manifest, rec->source);
	const char *path = files_path(rec->item);
	const struct plan_cell *cell;

	if (item == NULL || item->file == NULL) {
		warn_msg("%s: the bundle has no such file", rec->source);
		return -1;
	}
	cell = cell_of(
	    rec, item->file->type == FILE_SYMLINK ? "target" : "content");
	if (rec->type == PLAN_CREATE)
		return create(r, path, item, cell);
	if (cell == NULL) {
		warn_msg("%s: the plan has nothing to write", rec->item);
		return -1;
	}
	return change(r, path, item, cell);
}
