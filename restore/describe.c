#include "restore/describe.h"

#include "archive/warn.h"

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

json_t *
describe_host(struct snapshot *s)
{
	json_t *o;

	if ((o = json_object()) == NULL)
		goto err0;
	if (s->virt != NULL &&
	    json_object_set_new(o, "libvirt", kinds(s->virt)))
		goto err1;
	return o;

err1:
	json_decref(o);
err0:
	warn_msg("out of memory");
	return NULL;
}
