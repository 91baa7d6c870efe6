#include <string.h>

#include "archive/bundle/digest.h"
#include "archive/limits.h"
#include "archive/node/fileset.h"
#include "archive/snapshot/snapshot_certificates.h"
#include "archive/snapshot/snapshot_file.h"
#include "archive/warn.h"

/* "file:/etc/nova/nova.conf" into b. */
static int
item_name(struct buf *b, const char *path)
{

	buf_clear(b);
	return buf_addf(b, "file:%s", path);
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

/* The format, as long as the bytes really are of it. */
static int
choose_format(struct manifest *m, struct item *item, const struct buf *bytes)
{
	struct item_file *f = item->file;
	const char *data = bytes->len > 0 ? bytes->data : "";
	int fits;

	f->format = fileset_format(
	    item->name + strlen("file:"), f->set, data, bytes->len);
	if ((fits = place_fits(f->format, data, bytes->len)) != 0) {
		f->fits = fits == 1;
		return fits == 1 ? 0 : -1;
	}
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

	if ((rc = read_steady(s, e, bytes, &torn)) < 0) {
		warn_msg("--not '%s' leaves it out", item->name);
		return -1;
	}
	if (rc == 0)
		return manifest_warn(
		    m, item->name, "gone while the snapshot ran: left out");
	if (torn && manifest_warn(m, item->name, "changed while it was read"))
		return -1;
	if (choose_format(m, item, bytes))
		return -1;
	if (s->opt->describe != NULL)
		return 1;
	return snapshot_certificates_note(s, item, bytes) ? -1 : 1;
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

/* Into a description: its digest only. */
static int
list(struct snapshot *s, struct item *item, const struct buf *bytes)
{

	item->size = bytes->len;
	if (digest_bytes(
		bytes->len > 0 ? bytes->data : "", bytes->len, item->sha256))
		return -1;
	return bundle_list(s->bundle, item);
}

/* A guest's own kernel may be of any size; a configuration file may not. */
static int
is_too_large(const struct item *item, const struct fileset_entry *e)
{

	return strcmp(e->set, FILESET_GUEST) == 0 &&
	       item->file->type == FILE_REGULAR && e->file->size > LIMIT_ITEM;
}

/* Add one item, or tell why it is left out. */
static int
take(struct snapshot *s, const char *name, const struct fileset_entry *e)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	struct buf bytes = BUF_EMPTY;
	struct item *item;
	const char *why;
	int rc = -1;

	if ((item = make_item(name, e)) == NULL)
		return -1;
	if ((why = item_check(item)) != NULL) {
		rc = manifest_warn(m, NULL, "%s is left out: %s", e->path, why);
		goto done;
	}
	if (is_too_large(item, e)) {
		rc = manifest_warn(m, NULL,
		    "%s is left out, for it is larger than %u MiB: carry it "
		    "along",
		    e->path, LIMIT_ITEM >> 20);
		goto done;
	}
	if (item->file->type == FILE_REGULAR &&
	    (rc = take_bytes(s, item, e, &bytes)) <= 0)
		goto done;
	if (s->opt->describe != NULL)
		rc = list(s, item, &bytes);
	else
		rc = bundle_put(s->bundle, item, bytes.data, bytes.len);
	if (rc == 0)
		item = NULL;
done:
	buf_wipe(&bytes);
	item_free(item);
	return rc;
}

int
snapshot_file(void *cookie, const struct fileset_entry *e)
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
	if (e->file->is_other)
		rc = manifest_warn(m, NULL,
		    "%s is left out: neither file, folder nor link", e->path);
	else
		rc = take(s, name.data, e);
done:
	buf_free(&name);
	return rc;
}

/* All of the set, and what is outside it. */
static int
take_all(struct snapshot *s, struct fileset *fs)
{
	int rc;

	rc = fileset_each(fs, snapshot_file, s);
	if (rc == 0 && s->opt->describe == NULL) {
		rc = snapshot_outside(s, fs);
		if (rc == 0)
			rc = snapshot_certificates_end(s);
	}
	snapshot_certificates_free(s);
	return rc ? -1 : 0;
}

int
snapshot_files(struct snapshot *s)
{
	struct fileset *fs;
	int rc;

	if (!snapshot_may_want(s, "file:"))
		return 0;
	fs = fileset_find(s->root, s->site, snapshot_skip_folder, s,
	    s->opt->describe != NULL);
	if (fs == NULL)
		return -1;
	rc = take_all(s, fs);
	fileset_free(fs);
	return rc;
}
