#include <string.h>

#include "archive/node/fileset_outside.h"
#include "archive/snapshot/snapshot_file.h"
#include "archive/snapshot/sweep_own.h"

/* One sweep. */
struct outside {
	struct snapshot *s;
	struct manifest *m;
	struct find *own;
	struct buf name, bytes;
};

/* outside_fn: is it one of the node's own? */
static int
is_own(void *cookie, const struct address *a)
{
	const struct manifest *m = cookie;
	size_t i;

	for (i = 0; i < m->nown; i++)
		if (address_compare(&m->own[i].addr, a) == 0)
			return 1;
	return 0;
}

static int
look_image(struct outside *o, const struct fileset_entry *e)
{
	int rc;

	if ((rc = outside_image(o->s->root, e->path, is_own, o->m)) != 1)
		return rc;
	return manifest_warn(o->m, NULL,
	    "%s: an image that holds an address of this node: only reported, "
	    "neither captured nor changed",
	    e->path);
}

static int
look_text(struct outside *o, const struct fileset_entry *e)
{
	enum place_format format;
	int rc;

	rc = outside_text(o->s->root, e->path, &o->bytes, &format);
	if (rc == 1)
		rc = sweep_own_holds(
		    o->own, format, o->bytes.data, o->bytes.len);
	if (rc != 1)
		return rc;
	if (snapshot_file(o->s, e))
		return -1;
	/* One that was left out is told already. */
	if (manifest_find(o->m, o->name.data) == NULL)
		return 0;
	o->m->sweep.found_files++;
	return manifest_warn(o->m, o->name.data,
	    "outside the catalogue: it holds an address of this node; a "
	    "restore leaves it alone unless --also names it");
}

/* fileset_fn */
static int
look(void *cookie, const struct fileset_entry *e)
{
	struct outside *o = cookie;

	buf_clear(&o->name);
	if (buf_addf(&o->name, "file:%s", e->path))
		return -1;
	if (!snapshot_wants(o->s, o->name.data))
		return 0;
	if (strcmp(e->set, FILESET_LARGE) == 0)
		return manifest_warn(o->m, NULL,
		    "%s is larger than 4 MiB: not searched", e->path);
	o->m->sweep.files++;
	if (strcmp(e->set, FILESET_IMAGE) == 0)
		return look_image(o, e);
	return look_text(o, e);
}

/* outside_walk asks with the cookie of the walk. */
static int
skip(void *cookie, const char *path)
{
	const struct outside *o = cookie;

	return snapshot_skip_folder(o->s, path);
}

int
snapshot_outside(struct snapshot *s, const struct fileset *fs)
{
	struct outside o = { .s = s, .m = bundle_new_manifest(s->bundle) };
	int rc;

	if (!snapshot_sweeps(s))
		return 0;
	snapshot_tick(s, 0, "files outside the file set");
	if ((o.own = sweep_own(o.m)) == NULL)
		return -1;
	rc = outside_walk(s->root, s->site, fs, skip, look, &o);
	find_free(o.own);
	buf_free(&o.name);
	buf_wipe(&o.bytes);
	return rc ? -1 : 0;
}
