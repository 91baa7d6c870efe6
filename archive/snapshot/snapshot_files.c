#include <string.h>

#include "archive/limits.h"
#include "archive/node/fileset.h"
#include "archive/snapshot/snapshot_batch.h"
#include "archive/snapshot/snapshot_certificates.h"
#include "archive/snapshot/snapshot_file.h"

/* Into the bundle, which owns the item then: 0, or -1 said. */
static int
put(struct snapshot *s, struct snapshot_read *f)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	struct item *item = f->item;
	int rc;

	if (f->torn &&
	    manifest_warn(m, item->name, "changed while it was read"))
		return -1;
	if (f->no_xml && manifest_warn(m, item->name,
			     "this is no XML: captured as lines of text"))
		return -1;
	if (item->file->type == FILE_REGULAR && s->opt->describe == NULL &&
	    snapshot_certificates_note(s, item, &f->bytes))
		return -1;
	if (s->opt->describe != NULL)
		rc = bundle_list(s->bundle, item);
	else
		rc = bundle_put_digested(
		    s->bundle, item, f->bytes.data, f->bytes.len);
	if (rc == 0)
		f->item = NULL;
	return rc;
}

int
snapshot_put(struct snapshot *s, struct snapshot_read *f)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	const char *path;

	path = f->item != NULL ? f->item->name + strlen("file:") : f->path.data;
	switch (f->left) {
	case SNAPSHOT_IN:
		break;
	case SNAPSHOT_OTHER:
		return manifest_warn(m, NULL,
		    "%s is left out: neither file, folder nor link", path);
	case SNAPSHOT_REFUSED:
		return manifest_warn(
		    m, NULL, "%s is left out: %s", path, f->why);
	case SNAPSHOT_LARGE:
		return manifest_warn(m, NULL,
		    "%s is left out, for it is larger than %u MiB: carry it "
		    "along",
		    path, LIMIT_ITEM >> 20);
	case SNAPSHOT_GONE:
		return manifest_warn(
		    m, f->item->name, "gone while the snapshot ran: left out");
	}
	return put(s, f);
}

int
snapshot_file(void *cookie, const struct fileset_entry *e)
{
	struct snapshot *s = cookie;
	struct snapshot_read f;
	int rc;

	if ((rc = snapshot_read(s, e, &f)) <= 0)
		return rc;
	rc = snapshot_put(s, &f);
	snapshot_read_free(&f);
	return rc;
}

/* All files of the set, those that were read put by another thread. */
static int
take_set(struct snapshot *s, struct fileset *fs)
{
	struct snapshot_batch *b;
	int rc;

	if ((b = snapshot_batch_new(s)) == NULL)
		return -1;
	rc = fileset_each(fs, snapshot_batch_file, b);
	if (rc == 0)
		rc = snapshot_batch_end(b);
	snapshot_batch_free(b);
	return rc;
}

/* All of the set, and what is outside it. */
static int
take_all(struct snapshot *s, struct fileset *fs)
{
	int rc;

	rc = take_set(s, fs);
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
