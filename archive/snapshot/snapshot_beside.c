#include "archive/snapshot/snapshot_beside.h"

#include <string.h>

#include "archive/libvirt/virt_xml.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Where a domain names a file that belongs to it alone: path of the element,
 * its attribute (NULL: its text), what the file is.  What the host has for all
 * (emulator, firmware) is asked for by a restore's preflight. */
static const struct {
	const char *path, *attr, *what;
} files[] = {
	{ "os/kernel", NULL, "its kernel" },
	{ "os/initrd", NULL, "its ramdisk" },
	{ "os/dtb", NULL, "its device tree" },
	{ "os/nvram", NULL, "its UEFI variables" },
	{ "os/nvram/source", "file", "its UEFI variables" },
};

/* Where libvirt keeps what it knows of a domain, in a folder of its name. */
static const char snapshots[] = "/var/lib/libvirt/qemu/snapshot/";
static const char checkpoints[] = "/var/lib/libvirt/qemu/checkpoint/";

struct beside {
	struct snapshot *s;
	const char *item, *what, *attr;
};

static int
on_file(void *cookie, xmlNodePtr node)
{
	const struct beside *b = cookie;
	struct manifest *m = bundle_new_manifest(b->s->bundle);
	struct buf name = BUF_EMPTY;
	xmlChar *path;
	int rc = 0;

	path = b->attr != NULL ? virt_xml_attr(node, b->attr)
			       : xmlNodeGetContent(node);
	if (path != NULL && path[0] == '/') {
		rc = buf_addf(&name, "file:%s", (const char *)path);
		if (rc == 0 && manifest_find(m, name.data) == NULL)
			rc = manifest_warn(m, b->item,
			    "%s, %s, is not in the bundle: carry it along",
			    b->what, (const char *)path);
	}
	buf_free(&name);
	xmlFree(path);
	return rc;
}

/* Is a file of that folder in the bundle? */
static int
has_file(const struct manifest *m, const char *folder, const char *name)
{
	struct buf path = BUF_EMPTY;
	size_t i;
	int rc = -1;

	if (buf_addf(&path, "file:%s%s/", folder, name))
		goto done;
	rc = 0;
	for (i = 0; i < m->nitems && rc == 0; i++)
		rc = strncmp(m->items[i]->name, path.data, path.len) == 0;
done:
	buf_free(&path);
	return rc;
}

/* What libvirt tells of it. */
static int
warn_known(struct snapshot *s, const char *item, const char *name,
    const struct virt_object *o)
{
	struct manifest *m = bundle_new_manifest(s->bundle);
	int has = 1;

	if (o->has_saved &&
	    manifest_warn(m, item,
		"it has a managed-save image, which is not in the bundle, and "
		"would start from that with the addresses of now: start it and "
		"shut it down before the move, or give its memory up (virsh "
		"managedsave-remove %s)",
		name))
		return -1;
	if (o->snapshots > 0 && (has = has_file(m, snapshots, name)) == 0 &&
	    manifest_warn(m, item,
		"what libvirt knows of its %d snapshot%s is not in the "
		"bundle (%s): virsh snapshot-dumpxml",
		o->snapshots, o->snapshots == 1 ? "" : "s", snapshots))
		return -1;
	if (has != -1 && o->checkpoints > 0 &&
	    (has = has_file(m, checkpoints, name)) == 0 &&
	    manifest_warn(m, item,
		"what libvirt knows of its %d checkpoint%s is not in the "
		"bundle (%s): virsh checkpoint-dumpxml",
		o->checkpoints, o->checkpoints == 1 ? "" : "s", checkpoints))
		return -1;
	return has == -1 ? -1 : 0;
}

static int
on_tpm(void *cookie, xmlNodePtr node)
{
	const struct beside *b = cookie;

	(void)node;
	return manifest_warn(bundle_new_manifest(b->s->bundle), b->item,
	    "the state of its TPM (/var/lib/libvirt/swtpm, in a folder of its "
	    "uuid) is not in the bundle: carry it along, copied while the "
	    "instance is off");
}

int
snapshot_beside(struct snapshot *s, const char *item, const char *name,
    const char *xml, const struct virt_object *o)
{
	struct beside b = { .s = s, .item = item };
	xmlDocPtr doc;
	xmlNodePtr top;
	size_t i;
	int rc = 0;

	/* A definition that is none is told of elsewhere. */
	if ((doc = virt_xml_parse(xml, strlen(xml))) == NULL)
		return 0;
	top = xmlDocGetRootElement(doc);
	for (i = 0; i < COUNT(files) && rc == 0; i++) {
		b.what = files[i].what;
		b.attr = files[i].attr;
		rc = virt_xml_each(top, files[i].path, on_file, &b);
	}
	if (rc == 0)
		rc = virt_xml_each(
		    top, "devices/tpm/backend@type=emulator", on_tpm, &b);
	if (rc == 0 && o != NULL)
		rc = warn_known(s, item, name, o);
	xmlFreeDoc(doc);
	return rc;
}
