#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "archive/node/interfaces.h"
#include "archive/snapshot/snapshot.h"
#include "archive/warn.h"

static int
own_interface(
    void *m, const char *interface, const struct address *a, int prefix)
{
	char where[sizeof("interface ") + IF_NAMESIZE];

	snprintf(where, sizeof(where), "interface %s", interface);
	return manifest_add_own(m, a, prefix, where);
}

/* What the configuration says, each address once. */
static int
configured(struct manifest *m, const struct site *site)
{
	size_t i, j, first = m->nown;
	struct address a;

	for (i = 0; i < site->naddresses; i++) {
		if (address_parse(site->addresses[i].text, &a))
			continue;
		for (j = first; j < m->nown; j++)
			if (address_compare(&m->own[j].addr, &a) == 0)
				break;
		if (j == m->nown && !interfaces_foreign(&a) &&
		    manifest_add_own(m, &a, -1, site->addresses[i].where))
			return -1;
	}
	return 0;
}

/* What the operator adds, unless it is there. */
static int
given(struct manifest *m, const char *const *texts)
{
	struct address a;
	size_t i;

	for (; texts != NULL && *texts != NULL; texts++) {
		if (address_parse(*texts, &a)) {
			warn_msg("%s is no address", *texts);
			return -1;
		}
		for (i = 0; i < m->nown; i++)
			if (address_compare(&m->own[i].addr, &a) == 0)
				break;
		if (i == m->nown && !interfaces_foreign(&a) &&
		    manifest_add_own(m, &a, -1, "--address"))
			return -1;
	}
	return 0;
}

int
snapshot_own(struct snapshot *s)
{
	struct manifest *m = bundle_new_manifest(s->bundle);

	/* Files below another root are those of another machine. */
	if (strcmp(root_dir(s->root), "/") == 0 &&
	    interfaces_each(own_interface, m))
		return -1;
	return configured(m, s->site) || given(m, s->opt->addresses) ? -1 : 0;
}
