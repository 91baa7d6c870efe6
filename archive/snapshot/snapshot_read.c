#include <string.h>

#include "archive/bundle/digest.h"
#include "archive/limits.h"
#include "archive/node/fileset.h"
#include "archive/snapshot/snapshot_file.h"
#include "archive/warn.h"

/* "file:/etc/nova/nova.conf" into b. */
static int
item_name(struct buf *b, const char *path)
{

	buf_clear(b);
	return buf_adds(b, "file:") || buf_adds(b, path) ? -1 : 0;
}

int
snapshot_skip_folder(void *cookie, const char *path)
{
	const struct snapshot *s = cookie;
	struct buf name = BUF_EMPTY;
	int rc = 0;

	if (item_name(&name, path) == 0)
		rc = snapshot_leaves_out(s, name.data);
	buf_free(&name);
	return rc;
}

/**
 * Read a file, once more if it changed meanwhile; ${*torn} when it did so
 * twice.  1, 0 when it is gone, -1 said.
 */
static int
read_steady(struct snapshot *s, const struct fileset_entry *e, struct buf *out,
    int *torn)
{
	struct root_file now;
	int rc;

	if (root_file_read(s->root, e->path, e->file, out, torn))
		return -1;
	if (!*torn)
		return 1;
	buf_clear(out);
	if ((rc = root_stat_open(s->root, e->path, &now)) <= 0)
		return rc;
	rc = now.is_other || now.meta.type != FILE_REGULAR ? 0 : 1;
	if (rc == 1 && root_file_read(s->root, e->path, &now, out, torn))
		rc = -1;
	root_file_free(&now);
	return rc;
}

/* An item with what stands there, taken over from ${e}; NULL said. */
static struct item *
make_item(const char *name, const struct fileset_entry *e)
{
	struct item *item;

	if ((item = item_new(ITEM_FILE)) == NULL)
		return NULL;
	*item->file = e->file->meta;
	memset(&e->file->meta, 0, sizeof(e->file->meta));
	if (manifest_set(&item->name, name) ||
	    manifest_set(&item->path, e->path + 1) ||
	    manifest_set(&item->file->set, e->set)) {
		item_free(item);
		return NULL;
	}
	return item;
}

/* A guest's own kernel may be of any size; a configuration file may not. */
static int
is_too_large(const struct item *item, const struct fileset_entry *e)
{

	return strcmp(e->set, FILESET_GUEST) == 0 &&
	       item->file->type == FILE_REGULAR && e->file->size > LIMIT_ITEM;
}

/* The bytes of a regular file: 0, or -1 said. */
static int
read_bytes(
    struct snapshot *s, const struct fileset_entry *e, struct snapshot_read *f)
{
	int rc;

	if ((rc = read_steady(s, e, &f->bytes, &f->torn)) < 0) {
		warn_msg("--not '%s' leaves it out", f->item->name);
		return -1;
	}
	if (rc == 0)
		f->left = SNAPSHOT_GONE;
	return 0;
}

/* The format, as long as the bytes really are of it: 0, or -1 said. */
static int
choose_format(struct snapshot_read *f)
{
	struct item_file *file = f->item->file;
	const char *data = f->bytes.len > 0 ? f->bytes.data : "";
	int fits;

	file->format = fileset_format(
	    f->item->name + strlen("file:"), file->set, data, f->bytes.len);
	if ((fits = place_fits(file->format, data, f->bytes.len)) == -1)
		return -1;
	file->fits = fits;
	if (!fits) {
		file->format = PLACE_TEXT;
		f->no_xml = 1;
	}
	return 0;
}

/* What is there, once it is there: 0, or -1 said. */
static int
examine(struct snapshot_read *f)
{
	struct item *item = f->item;

	if (f->left != SNAPSHOT_IN)
		return 0;
	item->size = f->bytes.len;
	if (item->file->type == FILE_REGULAR && choose_format(f))
		return -1;
	return digest_bytes(f->bytes.data, f->bytes.len, item->sha256);
}

/* What is wanted of it: 0, or -1 said. */
static int
read_wanted(struct snapshot *s, const char *name, const struct fileset_entry *e,
    struct snapshot_read *f)
{

	if (e->file->is_other) {
		f->left = SNAPSHOT_OTHER;
		return buf_adds(&f->path, e->path);
	}
	if ((f->item = make_item(name, e)) == NULL)
		return -1;
	if ((f->why = item_check(f->item)) != NULL)
		f->left = SNAPSHOT_REFUSED;
	else if (is_too_large(f->item, e))
		f->left = SNAPSHOT_LARGE;
	else if (f->item->file->type == FILE_REGULAR && read_bytes(s, e, f))
		return -1;
	return examine(f);
}

int
snapshot_read(
    struct snapshot *s, const struct fileset_entry *e, struct snapshot_read *f)
{
	struct buf name = BUF_EMPTY;
	int rc = -1;

	memset(f, 0, sizeof(*f));
	if (item_name(&name, e->path))
		goto done;
	rc = 0;
	if (strcmp(e->path, "/") == 0 || !snapshot_wants(s, name.data))
		goto done;
	snapshot_tick(s, ++s->files, name.data);
	rc = read_wanted(s, name.data, e, f) == 0 ? 1 : -1;
	if (rc == -1)
		snapshot_read_free(f);
done:
	buf_free(&name);
	return rc;
}

void
snapshot_read_free(struct snapshot_read *f)
{

	item_free(f->item);
	buf_free(&f->path);
	buf_wipe(&f->bytes);
	memset(f, 0, sizeof(*f));
}
