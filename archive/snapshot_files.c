#include <string.h>

#include "archive/fileset.h"
#include "archive/limits.h"
#include "archive/path.h"
#include "archive/snapshot.h"
#include "archive/warn.h"

/* "file:/etc/nova/nova.conf" into b. */
static int
item_name(struct buf *b, const char *path)
{

	buf_clear(b);
	return buf_addf(b, "file:%s", path);
}

/* --not names the folder: what is below it is left out with it. */
static int
skip_folder(void *cookie, const char *path)
{
	const struct snapshot *s = cookie;
	struct buf name = BUF_EMPTY;
	int rc = 0;

	if (item_name(&name, path) == 0)
		rc = snapshot_leaves_out(s, name.data);
	buf_free(&name);
	return rc;
}

/* Is this the file that was looked at, and as long as then? */
static int
same_file(const struct root_file *a, const struct root_file *b)
{

	return a->dev == b->dev && a->ino == b->ino && a->size == b->size &&
	       a->meta.mtime == b->meta.mtime;
}

/**
 * Read a file, once more if it changed meanwhile; ${*torn} when it did so
 * twice.  1, 0 when it is gone, -1 said.
 */
static int
read_steady(struct snapshot *s, const char *path, const struct root_file *f,
    struct buf *out, int *torn)
{
	struct root_file before = { .size = f->size }, after;
	int tries, rc;

	before.dev = f->dev;
	before.ino = f->ino;
	before.meta.mtime = f->meta.mtime;
	for (tries = 0; tries < 2; tries++) {
		buf_clear(out);
		if ((rc = root_read_nofollow(s->root, path, out)) <= 0 ||
		    (rc = root_stat(s->root, path, &after)) <= 0)
			return rc;
		*torn = !same_file(&before, &after) || out->len != after.size;
		before.size = after.size;
		before.dev = after.dev;
		before.ino = after.ino;
		before.meta.mtime = after.meta.mtime;
		root_file_free(&after);
		if (!*torn)
			return 1;
	}
	return 1;
}

/* The format, as long as the bytes really are of it. */
static int
choose_format(struct manifest *m, struct item *item, const struct buf *bytes)
{
	struct item_file *f = item->file;
	const char *data = bytes->len > 0 ? bytes->data : "";

	f->format = fileset_format(
	    item->name + strlen("file:"), f->set, data, bytes->len);
	if (place_fits(f->format, data, bytes->len))
		return 0;
	f->format = PLACE_TEXT;
	return manifest_warn(
	    m, item->name, "this is no XML: captured as lines of text");
}

/* The bytes of a regular file: 1, 0 when it is left out (told), -1 said. */
static int
take_bytes(struct snapshot *s, struct item *item, const struct fileset_entry *e,
    struct buf *bytes)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	int rc, torn = 0;

	if ((rc = read_steady(s, e->path, e->file, bytes, &torn)) < 0) {
		warn_msg("--not '%s' leaves it out", item->name);
		return -1;
	}
	if (rc == 0)
		return manifest_warn(
		    m, item->name, "gone while the snapshot ran: left out");
	if (torn && manifest_warn(m, item->name, "changed while it was read"))
		return -1;
	return choose_format(m, item, bytes) ? -1 : 1;
}

/* Fill in and add one item. */
static int
take(struct snapshot *s, const char *name, const struct fileset_entry *e)
{
	struct buf bytes = BUF_EMPTY;
	struct item *item;
	int rc = -1, regular = e->file->meta.type == FILE_REGULAR;

	if ((item = item_new(ITEM_FILE)) == NULL)
		return -1;
	if (manifest_set(&item->name, name) ||
	    manifest_set(&item->path, e->path + 1) ||
	    manifest_set(&item->file->set, e->set))
		goto done;
	if (regular && (rc = take_bytes(s, item, e, &bytes)) <= 0)
		goto done;
	/* What stands there, without a copy: set and format are ours. */
	e->file->meta.set = item->file->set;
	e->file->meta.format = item->file->format;
	*item->file = e->file->meta;
	memset(&e->file->meta, 0, sizeof(e->file->meta));
	rc =
	    bundle_put(s->bundle, item, regular ? bytes.data : NULL, bytes.len);
	if (rc == 0)
		item = NULL;
done:
	buf_wipe(&bytes);
	item_free(item);
	return rc;
}

static int
capture(void *cookie, const struct fileset_entry *e)
{
	struct snapshot *s = cookie;
	struct manifest *m = bundle_new_manifest(s->bundle);
	struct buf name = BUF_EMPTY;
	int rc = -1;

	if (item_name(&name, e->path))
		goto done;
	rc = 0;
	if (strcmp(e->path, "/") == 0 || !snapshot_wants(s, name.data))
		goto done;
	if (s->opt->tick != NULL)
		s->opt->tick(s->opt->cookie, name.data);
	if (path_check(e->path + 1))
		rc = manifest_warn(m, NULL,
		    "%s is left out: a bundle holds no such name", e->path);
	else if (e->file->is_other)
		rc = manifest_warn(m, NULL,
		    "%s is left out: neither file, folder nor link", e->path);
	else
		rc = take(s, name.data, e);
done:
	buf_free(&name);
	return rc;
}

int
snapshot_files(struct snapshot *s)
{

	if (!snapshot_may_want(s, "file:"))
		return 0;
	return fileset_walk(s->root, s->site, skip_folder, capture, s) ? -1 : 0;
}
