#include <stdlib.h>
#include <string.h>

#include "archive/libvirt/instances.h"
#include "archive/node/path.h"
#include "archive/snapshot/snapshot.h"
#include "archive/snapshot/snapshot_beside.h"
#include "archive/warn.h"

/* The order in the part: what a definition needs stands before it. */
static const struct row {
	enum item_kind kind;
	const char *folder, *plural;
} rows[] = {
	{ ITEM_SECRET, "secrets", "secrets" },
	{ ITEM_NWFILTER, "nwfilters", "nwfilters" },
	{ ITEM_NETWORK, "networks", "networks" },
	{ ITEM_POOL, "pools", "storage pools" },
	{ ITEM_DOMAIN, "domains", "domains" },
};
#define NROWS (sizeof(rows) / sizeof(rows[0]))

/* "domain:NAME" */
static char *
item_name(enum item_kind kind, const char *name)
{
	struct buf b = BUF_EMPTY;
	char *s;

	if (buf_addf(&b, "%s:%s", item_kind_name(kind), name) ||
	    (s = buf_steal(&b)) == NULL) {
		buf_free(&b);
		return NULL;
	}
	return s;
}

/* Where the item stands in its part: what a name must not hold there is
 * written as %XX. */
static char *
item_path(const char *folder, const char *name)
{
	struct buf b = BUF_EMPTY;
	const char *p;
	char *s;

	if (buf_addf(&b, "%s/", folder))
		goto err0;
	for (p = name; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f ||
		    strchr("/%\\", *p) != NULL) {
			if (buf_addf(&b, "%%%02X", (unsigned)(unsigned char)*p))
				goto err0;
		} else if (buf_addc(&b, *p))
			goto err0;
	if (buf_adds(&b, ".xml") || (s = buf_steal(&b)) == NULL)
		goto err0;
	if (path_check(s)) {
		warn_msg("%s: a name that cannot stand in a bundle", s);
		free(s);
		return NULL;
	}
	return s;
err0:
	buf_free(&b);
	return NULL;
}

/* A new item with name and path, or NULL. */
static struct item *
item_make(const struct row *row, const char *name)
{
	struct item *item;

	if ((item = item_new(row->kind)) == NULL)
		return NULL;
	if ((item->name = item_name(row->kind, name)) == NULL ||
	    (item->path = item_path(row->folder, name)) == NULL) {
		item_free(item);
		return NULL;
	}
	return item;
}

/* What the operator must know of an object before the move. */
static int
object_warn(struct snapshot *s, const char *name, const struct virt_object *o)
{
	struct manifest *m = bundle_new_manifest(s->bundle);

	if (s->opt->describe != NULL)
		return 0;
	if (o->is_private)
		return manifest_warn(m, name,
		    "the secret is private, libvirt does not give its value: "
		    "set it by hand after the restore (virsh "
		    "secret-set-value)");
	if (!o->persistent)
		return manifest_warn(m, name,
		    "runs without a definition of its own (transient): a "
		    "restore will define it");
	return 0;
}

static int
put_object(struct snapshot *s, const struct row *row,
    const struct virt_object *o, const struct instance_file *file)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	struct item *item;
	int rc;

	if ((item = item_make(row, o->name)) == NULL)
		return -1;
	item->virt->persistent = o->persistent;
	item->virt->autostart = o->autostart;
	item->virt->active = o->active;
	item->virt->is_private = o->is_private;
	if (manifest_set(&item->virt->uuid, o->uuid) ||
	    object_warn(s, item->name, o))
		goto err0;
	if (row->kind == ITEM_DOMAIN && s->opt->describe == NULL &&
	    snapshot_beside(s, item->name, o->name, o->xml, o))
		goto err0;
	/* Beside it only when it is in the bundle. */
	if (file != NULL && manifest_find(m, file->item) != NULL &&
	    manifest_set(&item->virt->file, file->item))
		goto err0;
	if (o->value != NULL)
		rc = bundle_put_secret(s->bundle, item, o->xml, strlen(o->xml),
		    o->value, strlen(o->value));
	else
		rc = bundle_put(s->bundle, item, o->xml, strlen(o->xml));
	if (rc)
		goto err0;
	return 0;
err0:
	item_free(item);
	return -1;
}

/* A domain that libvirt has lost, from the libvirt.xml that nova left. */
static int
put_lost(
    struct snapshot *s, const struct row *row, const struct instance_file *f)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	struct buf xml = BUF_EMPTY;
	struct item *item;

	if ((item = item_make(row, f->name)) == NULL)
		return -1;
	item->virt->persistent = 1;
	if (manifest_set(&item->virt->uuid, f->uuid) ||
	    manifest_set(&item->virt->source, f->path))
		goto err0;
	if (manifest_find(m, f->item) != NULL &&
	    manifest_set(&item->virt->file, f->item))
		goto err0;
	switch (root_read(s->root, f->path, &xml)) {
	case 1:
		break;
	case 0:
		warn_msg("%s: went away while it was read", f->path);
		goto err1;
	default:
		goto err1;
	}
	if (snapshot_beside(s, item->name, f->name, xml.data, NULL))
		goto err1;
	if (manifest_warn(m, item->name,
		"libvirt has lost domain %s: taken from %s", f->name,
		f->path) ||
	    bundle_put(s->bundle, item, xml.data, xml.len))
		goto err1;
	buf_wipe(&xml);
	return 0;
err1:
	buf_wipe(&xml);
err0:
	item_free(item);
	return -1;
}

static int
wants(void *cookie, enum item_kind kind, const char *name)
{
	const struct snapshot *s = cookie;
	char *item;
	int rc;

	/* Without memory for the name: wanted, and the next step fails. */
	if ((item = item_name(kind, name)) == NULL)
		return 1;
	rc = snapshot_wants(s, item);
	free(item);
	return rc;
}

/* Leaves first, which only nwfilters have. */
static int
snapshot_filters(struct snapshot *s, const struct row *row)
{
	struct virt_object *o;
	size_t i, n;
	int rc = -1;

	if (virt_list(s->virt, row->kind, wants, s, &o, &n))
		return -1;
	for (i = 0; i < n; i++)
		if (put_object(s, row, &o[i], NULL))
			goto done;
	rc = 0;
done:
	virt_objects_free(o, n);
	return rc;
}

static int
snapshot_kind(struct snapshot *s, const struct row *row)
{
	struct virt_listing *l;
	struct virt_object *o;
	int rc = 0, more = 0;

	if ((l = virt_listing_open(s->virt, row->kind, wants, s)) == NULL)
		return -1;
	while (rc == 0 && (more = virt_listing_next(l, &o)) == 1)
		if (o->xml != NULL)
			rc = put_object(s, row, o, NULL);
	virt_listing_close(l);
	return more == -1 ? -1 : rc;
}

/* A domain, or what its file says when libvirt lost it meanwhile. */
static int
put_domain(struct snapshot *s, const struct row *row,
    const struct virt_object *o, const struct instance_file *file)
{

	if (o->xml != NULL)
		return put_object(s, row, o, file);
	return file != NULL ? put_lost(s, row, file) : 0;
}

/* Those that only their libvirt.xml remembers, from ${*j} on, that come before
 * the domain ${name} (NULL: all the rest). */
static int
put_lost_before(struct snapshot *s, const struct row *row,
    const struct instances *list, size_t *j, const char *name)
{
	const struct instance_file *f;

	for (; *j < list->n; (*j)++) {
		f = &list->f[*j];
		if (name != NULL && strcmp(name, f->name) < 0)
			break;
		if (f->lost && wants(s, row->kind, f->name) &&
		    put_lost(s, row, f))
			return -1;
	}
	return 0;
}

/* Both as one sorted run. */
static int
put_domains(struct snapshot *s, const struct row *row, struct virt_listing *l,
    const struct instances *list)
{
	struct virt_object *o;
	size_t j = 0;
	int more;

	while ((more = virt_listing_next(l, &o)) == 1)
		if (put_lost_before(s, row, list, &j, o->name) ||
		    put_domain(s, row, o, instances_find(list, o->name)))
			return -1;
	return more == 0 ? put_lost_before(s, row, list, &j, NULL) : -1;
}

static int
snapshot_domains(struct snapshot *s, const struct row *row)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	struct instances list = INSTANCES_EMPTY;
	const struct virt_object *names;
	struct virt_listing *l;
	size_t n;
	int rc = -1;

	/* A description tells of what libvirt really has. */
	if (s->opt->describe != NULL)
		return snapshot_kind(s, row);
	if ((l = virt_listing_open(s->virt, row->kind, wants, s)) == NULL)
		return -1;
	if ((names = virt_listing_names(l, &n)) != NULL &&
	    instances_read(&list, s->root, s->site->instances_path, m) == 0 &&
	    instances_match(&list, names, n, m) == 0)
		rc = put_domains(s, row, l, &list);
	instances_free(&list);
	virt_listing_close(l);
	return rc;
}

/* "libvirt 9.0.0, QEMU 7.2.0 (it has no secrets, nwfilters)" */
static int
versions(struct snapshot *s)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	struct buf b = BUF_EMPTY;
	const char *between = " (it has no ";
	size_t i;
	int rc = -1;

	if (buf_adds(&b, virt_version(s->virt)))
		goto done;
	for (i = 0; i < NROWS; i++) {
		if (virt_supports(s->virt, rows[i].kind))
			continue;
		if (buf_adds(&b, between) || buf_adds(&b, rows[i].plural))
			goto done;
		between = ", ";
	}
	if (between[0] == ',' && buf_addc(&b, ')'))
		goto done;
	rc = manifest_set(&m->hypervisor, b.data);
done:
	buf_free(&b);
	return rc;
}

/* Can anything of that kind be wanted?  One that is left out as a whole is not
 * even asked for: libvirt may not be able to tell. */
static int
may_want(const struct snapshot *s, const struct row *row)
{
	const char *const *glob = s->opt->except;
	char *prefix;
	size_t len;
	int rc;

	if ((prefix = item_name(row->kind, "")) == NULL)
		return 1;
	rc = snapshot_may_want(s, prefix);
	for (len = strlen(prefix); glob != NULL && *glob != NULL; glob++)
		if (strncmp(*glob, prefix, len) == 0 &&
		    strcmp(*glob + len, "*") == 0)
			rc = 0;
	free(prefix);
	return rc;
}

int
snapshot_virt(struct snapshot *s)
{
	size_t i;

	if (versions(s))
		return -1;
	for (i = 0; i < NROWS; i++) {
		if (!may_want(s, &rows[i]))
			continue;
		snapshot_tick(s, 0, rows[i].plural);
		if (rows[i].kind == ITEM_DOMAIN ? snapshot_domains(s, &rows[i])
		    : rows[i].kind == ITEM_NWFILTER
			? snapshot_filters(s, &rows[i])
			: snapshot_kind(s, &rows[i]))
			return -1;
	}
	return 0;
}
