#include "archive/snapshot/snapshot_kinds.h"

#include "archive/address/kind.h"

int
snapshot_kinds(struct snapshot *s)
{
	const struct snapshot_options *opt = s->opt;
	unsigned int groups = 0;

	if (opt->describe != NULL)
		return 0;
	if (!opt->no_files)
		groups |= 1u << KIND_OPTION | 1u << KIND_FILE;
	if (!opt->no_files || s->virt != NULL)
		groups |= 1u << KIND_LIBVIRT;
	if (s->db != NULL)
		groups |= 1u << KIND_COLUMN;
	return manifest_settle_kinds(bundle_new_manifest(s->bundle), groups);
}
