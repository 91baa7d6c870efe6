#include "restore/facts/describe.h"

#include "archive/warn.h"
#include "restore/facts/facts.h"

/* The kinds of definitions that this libvirt knows. */
static json_t *
kinds(struct virt *v)
{
	json_t *a;
	int k;

	if ((a = json_array()) == NULL)
		return NULL;
	for (k = ITEM_SECRET; k <= ITEM_DOMAIN; k++)
		if (virt_supports(v, (enum item_kind)k) &&
		    json_array_append_new(
			a, json_string(item_kind_name((enum item_kind)k)))) {
			json_decref(a);
			return NULL;
		}
	return a;
}

/* Where disks, kernels and firmware of domains stand, beside nova's own folder
 * of instances. */
static const char *const folders[] = {
	"/var/lib/libvirt/images",
	"/var/lib/libvirt/qemu/nvram",
	"/usr/share/OVMF",
	"/usr/share/AAVMF",
	"/usr/share/edk2",
	"/usr/share/qemu",
	"/usr/share/seabios",
};

/* What preflight asks of a host. */
static json_t *
facts(struct snapshot *s)
{
	struct facts *f;
	json_t *o = NULL;
	size_t i;

	if ((f = facts_here(s->root, s->virt)) == NULL)
		return NULL;
	if (s->virt != NULL && facts_virt_all(f))
		goto out;
	snapshot_tick(s, 0, s->site->instances_path);
	if (facts_files_add(f, s->site->instances_path))
		goto out;
	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (facts_files_add(f, folders[i]))
			goto out;
	o = facts_json(f);
out:
	facts_free(f);
	return o;
}

json_t *
describe_host(struct snapshot *s)
{
	json_t *o;

	if ((o = facts(s)) == NULL)
		return NULL;
	if ((o = json_pack("{s:o}", "facts", o)) == NULL ||
	    (s->virt != NULL &&
		json_object_set_new(o, "libvirt", kinds(s->virt)))) {
		warn_msg("out of memory");
		json_decref(o);
		return NULL;
	}
	return o;
}
