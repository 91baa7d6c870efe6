#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>

#include "archive/address/address.h"
#include "archive/manifest/manifest.h"
#include "archive/manifest/manifest_parsing.h"
#include "archive/manifest/manifest_take.h"

static int
parse_own(const struct parsing *p, json_t *json)
{
	struct take t = { p->what, "an address of the node", json, 0, 0 };
	char *text = NULL, *where = NULL;
	struct address a;
	int prefix, rc;

	take_text(&t, "address", 1, &text);
	prefix = json_object_get(json, "prefix") == NULL
		     ? -1
		     : (int)take_int(&t, "prefix", 1, 0, 128);
	take_text(&t, "where", 1, &where);
	rc = take_end(&t);
	if (rc == 0 && (manifest_address(text, &a) == -1 ||
			   (a.family == 4 && prefix > 32)))
		rc = manifest_refuse(p, "an address of the node is none");
	if (rc == 0)
		rc = manifest_add_own(p->m, &a, prefix, where);
	free(text);
	free(where);
	return rc;
}

int
manifest_parse_node(const struct parsing *p, json_t *json)
{
	struct take t = { p->what, "node", json, 0, 0 };
	struct manifest *m = p->m;
	json_t *own;
	size_t i;

	take_text(&t, "instances_path", 0, &m->instances_path);
	take_text(&t, "libvirt_uri", 0, &m->libvirt_uri);
	take_text(&t, "hypervisor", 0, &m->hypervisor);
	take_text(&t, "hypervisor_name", 0, &m->hypervisor_name);
	own = take_any(&t, "addresses", 1, JSON_ARRAY);
	if (take_end(&t) == -1)
		return -1;
	for (i = 0; i < json_array_size(own); i++)
		if (parse_own(p, json_array_get(own, i)) == -1)
			return -1;
	return 0;
}

int
manifest_parse_sweep(const struct parsing *p, json_t *json)
{
	struct take t = { p->what, "sweep", json, 0, 0 };
	struct manifest_sweep *s = &p->m->sweep;

	s->done = 1;
	s->tables = (uint64_t)take_int(&t, "tables", 1, 0, INT64_MAX);
	s->columns = (uint64_t)take_int(&t, "columns", 1, 0, INT64_MAX);
	s->files = (uint64_t)take_int(&t, "files", 1, 0, INT64_MAX);
	s->found_rows = (uint64_t)take_int(&t, "found_rows", 1, 0, INT64_MAX);
	s->found_files = (uint64_t)take_int(&t, "found_files", 1, 0, INT64_MAX);
	return take_end(&t);
}
